"""What a writer sees of their own: comments with what was decided, and names to speak in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, bindparam, select

from portal.comments.models import Comment, CommentVersion, Discussion
from portal.core import clock
from portal.core.db import db, read_row, read_rows
from portal.core.paging import Key, page_of
from portal.lifecycle import CommentState, TextState
from portal.organisations.models import Membership, Organisation
from portal.services.models import HistoryReason, HistoryRow

MINE_PER_PAGE = 20
# What somebody sends again in a hurry is among the last that they sent.
SENT_AGAIN_WITHIN = timedelta(hours=1)
LOOKED_BACK = 50

_VOICES = (
    select(Organisation.id, Organisation.name, Membership.job_title)
    .join(Membership, Membership.organisation_id == Organisation.id)
    .where(Membership.account_id == bindparam("account_id"))
    .order_by(Organisation.sort_name, Organisation.id)
)
_VOICE = _VOICES.where(Organisation.id == bindparam("organisation_id"))

# Set apart with its limit: left to themselves, databases look through every comment that answers
# none, and a writer waits for that with the lock in hand.
_RECENT = (
    select(
        Comment.id,
        Comment.thread_id,
        Comment.created_at,
        Comment.discussion_id,
        Comment.parent_id,
        Comment.organisation_id,
        Comment.state,
    )
    .where(Comment.author_id == bindparam("account_id"))
    .order_by(Comment.id.desc())
    .limit(LOOKED_BACK)
    .subquery("recent")
)
_DOUBLE = (
    select(_RECENT.c.id, _RECENT.c.thread_id)
    .join(CommentVersion, CommentVersion.comment_id == _RECENT.c.id)
    .where(
        _RECENT.c.created_at > bindparam("since"),
        _RECENT.c.discussion_id == bindparam("discussion_id"),
        _RECENT.c.parent_id.is_not_distinct_from(bindparam("parent_id")),
        _RECENT.c.organisation_id.is_not_distinct_from(bindparam("organisation_id")),
        _RECENT.c.state == CommentState.PENDING,
        CommentVersion.state == TextState.PENDING,
        CommentVersion.body == bindparam("body"),
    )
    .limit(1)
)

_PLACED_THREAD = select(Comment.thread_id).where(
    Comment.id == bindparam("comment_id"),
    Comment.discussion_id == bindparam("discussion_id"),
    Comment.state == CommentState.PLACED,
    Comment.hidden_at.is_(None),
)

_MINE = (
    select(
        Comment.id,
        Comment.state,
        Comment.html,
        Comment.organisation_name,
        Comment.created_at,
        Comment.edited_at,
        Discussion.title,
        Discussion.address,
        Discussion.is_public,
    )
    .join(Discussion, Discussion.id == Comment.discussion_id)
    .where(Comment.author_id == bindparam("account_id"))
)
_TEXTS = (
    select(
        CommentVersion.comment_id,
        CommentVersion.id,
        CommentVersion.number,
        CommentVersion.state,
        CommentVersion.html,
        CommentVersion.created_at,
    )
    .where(CommentVersion.comment_id.in_(bindparam("comment_ids", expanding=True)))
    .order_by(CommentVersion.comment_id, CommentVersion.number)
)
_DECISIONS = (
    select(
        HistoryRow.subject_id,
        HistoryRow.step,
        HistoryRow.ground,
        HistoryReason.reason,
        HistoryRow.at,
    )
    .outerjoin(HistoryReason, HistoryReason.history_id == HistoryRow.id)
    .where(
        HistoryRow.subject == CommentVersion.thing,
        HistoryRow.subject_id.in_(bindparam("version_ids", expanding=True)),
        HistoryRow.step.in_(("ask_change", "refuse")),
    )
    .order_by(HistoryRow.id)
)


@dataclass(frozen=True, slots=True)
class OwnComment:
    """A comment of one's own: its row, its newest text, and what a moderator said of that text."""

    row: Any
    latest: Any
    decision: Any


@dataclass(frozen=True, slots=True)
class OwnComments:
    """A page of one's own comments."""

    rows: Sequence[OwnComment]
    next: str | None
    previous: str | None


def voices_of(account_id: int) -> Sequence[Row[int, str, str]]:
    """Return id, name and job title for every organisation that this account may speak for."""
    return read_rows(_VOICES, account_id=account_id)


def find_voice(account_id: int | None, organisation_id: int) -> Row[int, str, str] | None:
    """Return name and job title in this organisation; None without a role in it."""
    found: Row[int, str, str] | None = read_row(
        _VOICE, account_id=account_id, organisation_id=organisation_id
    )
    return found


def find_answered(discussion_id: int, comment_id: int | None) -> Row[int, str] | None:
    """Return id and writer's name of the placed comment that is answered, None without one."""
    if comment_id is None:
        return None
    found = select(Comment.id, Comment.author_name).where(
        Comment.id == comment_id,
        Comment.discussion_id == discussion_id,
        Comment.state == CommentState.PLACED,
        Comment.hidden_at.is_(None),
    )
    return db.session.execute(found).first()


def find_waiting_double(
    discussion_id: int,
    parent_id: int | None,
    organisation_id: int | None,
    body: str,
    by: int | None,
) -> Row[int, int] | None:
    """Return id and thread of the comment in which this writer said the same here a moment ago.

    None when there is none that still waits.
    """
    found: Row[int, int] | None = read_row(
        _DOUBLE,
        discussion_id=discussion_id,
        parent_id=parent_id,
        organisation_id=organisation_id,
        body=body,
        account_id=by,
        since=clock.now() - SENT_AGAIN_WITHIN,
    )
    return found


def find_placed_thread(discussion_id: int, comment_id: int) -> int | None:
    """Return the thread of a comment that is placed in this discussion; None when it is not."""
    row = read_row(_PLACED_THREAD, discussion_id=discussion_id, comment_id=comment_id)
    return None if row is None else int(row.thread_id)


def comments_by(account_id: int, cursor: str | None) -> OwnComments:
    """Return the page of an account's own comments at `cursor`, newest first, in three queries."""
    keys = [Key(Comment.id, "id", descending=True)]
    values = {"account_id": account_id}
    page = page_of(db.session, _MINE, keys, size=MINE_PER_PAGE, cursor=cursor, values=values)
    latest = {row.comment_id: row for row in _texts([row.id for row in page.rows])}
    decisions = decisions_on([row.id for row in latest.values()])
    items = [OwnComment(row, latest[row.id], decisions.get(latest[row.id].id)) for row in page.rows]
    return OwnComments(items, page.next, page.previous)


def _texts(comment_ids: list[int]) -> Sequence[Any]:
    return read_rows(_TEXTS, comment_ids=comment_ids)


def decisions_on(version_ids: Sequence[int]) -> dict[int, Any]:
    """Return for each text what was asked or refused: step, ground, reason, moment."""
    rows = read_rows(_DECISIONS, version_ids=version_ids)
    return {row.subject_id: row for row in rows}
