"""Whom a comment of a discussion concerns."""

from __future__ import annotations

from typing import NamedTuple

from portal.comments.queries.threads import CommentRow, Thread


class CommentStake(NamedTuple):
    """Whom a comment concerns, for the rules about which moderator decides on it."""

    author_id: int
    concerned_organisation_ids: tuple[int, ...]
    concerned_emails: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: CommentRow, thread: Thread) -> CommentStake:
        """Return whom a comment of this discussion concerns."""
        numbers = (row.organisation_id, thread.organisation_id)
        return cls(row.author_id, tuple(each for each in numbers if each is not None))
