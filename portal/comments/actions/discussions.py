"""What the subject of a discussion does with it."""

from __future__ import annotations

from portal.comments.models import Discussion
from portal.core import clock
from portal.core.db import db


def open_discussion(
    *,
    address: str,
    title: str,
    language: str = "nl",
    organisation_id: int | None = None,
    is_public: bool = False,
) -> Discussion:
    """Return a new discussion with an id, for the thing at `address`; `language` is its title's.

    `organisation_id` is the organisation whose page that is: what its people write there is
    official.
    """
    discussion = Discussion(
        address=address,
        title=title,
        language=language,
        organisation_id=organisation_id,
        is_open=True,
        is_public=is_public,
        placed_count=0,
        pending_count=0,
        created_at=clock.now(),
    )
    db.session.add(discussion)
    db.session.flush()
    return discussion


def show_discussion(
    discussion: Discussion,
    *,
    address: str,
    title: str,
    language: str = "nl",
    is_public: bool = True,
) -> None:
    """Let the discussion follow its subject: published, moved to another address, or renamed."""
    discussion.address = address
    discussion.title, discussion.language = title, language
    discussion.is_public = is_public


def hide_discussion(discussion: Discussion) -> None:
    """Take the discussion and everything in it out of sight, with its subject."""
    discussion.is_public = False


def close_discussion(discussion: Discussion) -> None:
    """Take no more comments; placed ones stay to be read, waiting ones can still be placed."""
    discussion.is_open = False
