"""What the writer of comments sees: their own, the decisions on them, and the names to speak in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, select

from portal.comments.models import Comment, CommentVersion, Discussion
from portal.comments.queries.finding import IS_ADMITTED
from portal.comments.queries.voices import Spoken
from portal.core import clock
from portal.core.db import Columnar, db, read_as, read_row
from portal.core.paging import Key, Listing, listing_of
from portal.lifecycle import CommentState, TextState
from portal.services.models import HistoryReason, HistoryRow

MINE_PER_PAGE = 20
# How far a text that is sent twice is looked for among the last that its writer sent.
SENT_AGAIN_WITHIN = timedelta(hours=1)
LOOKED_BACK = 50


# A subquery with a limit of its own: without it, databases read every comment that answers none,
# while the writer holds the lock.
_RECENT = (
    select(
        Comment.id,
        Comment.thread_id,
        Comment.created_at,
        Comment.discussion_id,
        Comment.parent_id,
        Comment.organisation_id,
        Comment.is_of_vereniging,
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
        _RECENT.c.is_of_vereniging == bindparam("is_of_vereniging"),
        _RECENT.c.state == CommentState.PENDING,
        CommentVersion.state == TextState.PENDING,
        CommentVersion.body == bindparam("body"),
    )
    .limit(1)
)

_PLACED_THREAD = select(Comment.thread_id, Comment.thread_rank).where(
    Comment.id == bindparam("comment_id"),
    Comment.discussion_id == bindparam("discussion_id"),
    Comment.state == CommentState.PLACED,
    Comment.hidden_at.is_(None),
)

_MINE: Columnar = (
    select(
        Comment.id,
        Comment.state,
        Comment.html,
        Comment.language,
        Comment.organisation_name,
        IS_ADMITTED.label("is_admitted"),
        Comment.created_at,
        Comment.edited_at,
        Comment.hidden_at,
        Discussion.title,
        Discussion.language.label("title_language"),
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
        CommentVersion.language,
        CommentVersion.created_at,
    )
    .where(CommentVersion.comment_id.in_(bindparam("comment_ids", expanding=True)))
    .order_by(CommentVersion.comment_id, CommentVersion.number)
)


def _decided(thing: str, *steps: str) -> Columnar:
    """Return the select of these steps of the things with the bound `ids`, oldest first."""
    columns = (HistoryRow.subject_id, HistoryRow.step, HistoryRow.ground)
    return (
        select(*columns, HistoryReason.reason, HistoryReason.language, HistoryRow.at)
        .outerjoin(HistoryReason, HistoryReason.history_id == HistoryRow.id)
        .where(
            HistoryRow.subject == thing,
            HistoryRow.subject_id.in_(bindparam("ids", expanding=True)),
            HistoryRow.step.in_(steps),
        )
        .order_by(HistoryRow.id)
    )


_DECISIONS = _decided(CommentVersion.thing, "ask_change", "refuse", "undo")
_HIDINGS = _decided(Comment.thing, "hide")


class Answered(NamedTuple):
    """The comment that a reply answers."""

    id: int
    author_name: str


class WaitingDouble(NamedTuple):
    """A comment that still waits, with the words that are sent once more."""

    id: int
    thread_id: int


class OwnRow(NamedTuple):
    """A comment of one's own and the discussion that it stands in."""

    id: int
    state: CommentState
    html: str | None
    language: str
    organisation_name: str | None
    is_admitted: bool
    created_at: datetime
    edited_at: datetime | None
    hidden_at: datetime | None
    title: str
    title_language: str
    address: str
    is_public: bool


class TextRow(NamedTuple):
    """One text of a comment."""

    comment_id: int
    id: int
    number: int
    state: TextState
    html: str
    language: str
    created_at: datetime


class DecisionRow(NamedTuple):
    """That a change was asked for, or that a text was refused or a comment hidden, and why."""

    subject_id: int
    step: str
    ground: str | None
    # None once it was emptied for the law.
    reason: str | None
    language: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class OwnComment:
    """A comment of one's own, its newest text, and the decision on that text if there is one.

    `hiding` is why the comment is hidden; None for one that is not.
    """

    row: OwnRow
    latest: TextRow
    decision: DecisionRow | None
    hiding: DecisionRow | None


def find_answered(discussion_id: int, comment_id: int | None) -> Answered | None:
    """Return the placed comment that is answered in this discussion; None without one."""
    if comment_id is None:
        return None
    query = select(Comment.id, Comment.author_name).where(
        Comment.id == comment_id,
        Comment.discussion_id == discussion_id,
        Comment.state == CommentState.PLACED,
        Comment.hidden_at.is_(None),
    )
    row = read_row(query)
    return Answered(*row) if row is not None else None


def find_waiting_double(
    discussion_id: int,
    parent_id: int | None,
    voice: Spoken,
    body: str,
    by: int | None,
) -> WaitingDouble | None:
    """Return the comment in which the account `by` wrote the same here, at most an hour ago.

    None without such a comment, and when it waits no longer.
    """
    row = read_row(
        _DOUBLE,
        discussion_id=discussion_id,
        parent_id=parent_id,
        organisation_id=voice.organisation_id,
        is_of_vereniging=voice.is_of_vereniging,
        body=body,
        account_id=by,
        since=clock.now() - SENT_AGAIN_WITHIN,
    )
    return WaitingDouble(*row) if row is not None else None


def find_placed_thread(discussion_id: int, comment_id: int) -> tuple[int, int] | None:
    """Return thread and rank of a comment that is placed in this discussion; None for another."""
    row = read_row(_PLACED_THREAD, discussion_id=discussion_id, comment_id=comment_id)
    return None if row is None else (row.thread_id, row.thread_rank)


def comments_by(account_id: int, cursor: str | None) -> Listing[OwnComment]:
    """Return the page of an account's own comments at `cursor`, newest first.

    In three queries, a fourth where one of them is hidden, and two more to count many.
    """
    keys = [Key(Comment.id, "id", descending=True)]
    values = {"account_id": account_id}
    page = listing_of(db.session, _MINE, keys, size=MINE_PER_PAGE, cursor=cursor, values=values)
    latest = {row.comment_id: row for row in _texts([row.id for row in page.rows])}
    decisions = decisions_on([row.id for row in latest.values()])
    rows = [OwnRow(*row) for row in page.rows]
    hidings = _hidings_of([row.id for row in rows if row.hidden_at is not None])
    items = [
        OwnComment(row, latest[row.id], decisions.get(latest[row.id].id), hidings.get(row.id))
        for row in rows
    ]
    return Listing(items, page.next, page.previous, page.start, page.count)


def _texts(comment_ids: Sequence[int]) -> Sequence[TextRow]:
    return read_as(TextRow, _TEXTS, comment_ids=comment_ids)


def decisions_on(version_ids: Sequence[int]) -> dict[int, DecisionRow]:
    """Return text id -> the last decision not to place it; texts without one are left out.

    One that was undone counts as none.
    """
    rows = read_as(DecisionRow, _DECISIONS, ids=version_ids)
    latest = {row.subject_id: row for row in rows}
    return {number: row for number, row in latest.items() if row.step != "undo"}


def _hidings_of(comment_ids: Sequence[int]) -> dict[int, DecisionRow]:
    """Return comment id -> why it was hidden, for comments that are hidden now."""
    if not comment_ids:
        return {}
    rows = read_as(DecisionRow, _HIDINGS, ids=comment_ids)
    return {row.subject_id: row for row in rows}
