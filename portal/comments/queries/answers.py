"""The order of a discussion in which the organisation whose page it is has answered.

Its own comments stand above all others, and its replies above the other replies of a thread.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Integer, bindparam, case, exists, select
from sqlalchemy.orm import aliased

from portal.comments.models import Comment, Discussion
from portal.core.db import Columnar, db, read_row
from portal.core.paging import (
    LARGEST,
    Key,
    Page,
    page_of,
    read_cursor,
    start_of,
    write_cursor,
)

_OWNER = bindparam("owner_id", type_=Integer)
_Top = aliased(Comment)

# Whether anything in a discussion was said for the organisation whose page it is.
IS_ANSWERED = exists().where(
    Comment.discussion_id == Discussion.id,
    Comment.organisation_id == Discussion.organisation_id,
)

_IN_ANSWER = exists().where(_Top.id == Comment.thread_id, _Top.organisation_id == _OWNER)
_IS_TOP = Comment.id == Comment.thread_id
ANSWER, OTHER = 0, 1
_THREAD_RANK = case((_IN_ANSWER, ANSWER), else_=OTHER)
BEFORE, TOP, OWN_REPLY, REPLY = -1, 0, 1, 2
_REPLY_RANK = case((_IS_TOP, TOP), (Comment.organisation_id == _OWNER, OWN_REPLY), else_=REPLY)

# Where a comment stands: in which group of threads, in which thread, and how far down in it.
_PLACE = (
    _THREAD_RANK.label("thread_rank"),
    Comment.thread_id.label("place_thread"),
    _REPLY_RANK.label("reply_rank"),
    Comment.id.label("place_id"),
)
_KEYS = (
    Key(_THREAD_RANK, "thread_rank"),
    Key(Comment.thread_id, "place_thread"),
    Key(_REPLY_RANK, "reply_rank"),
    Key(Comment.id, "place_id"),
)
_PLACE_OF: Columnar = select(*_PLACE).where(Comment.id == bindparam("comment_id"))
_OWNER_THAT_ANSWERED = select(Discussion.organisation_id).where(
    Discussion.id == bindparam("discussion_id"), IS_ANSWERED
)


def find_owner_that_answered(discussion_id: int) -> int | None:
    """Return the organisation that answered on its own page; None where none did."""
    row = read_row(_OWNER_THAT_ANSWERED, discussion_id=discussion_id)
    return None if row is None else row.organisation_id


def answered_page(
    query: Columnar, values: Mapping[str, object], *, size: int, cursor: str | None
) -> tuple[Page[tuple[object, ...]], int]:
    """Return the page of `query`, a select of comments, that begins at `cursor`, and its start.

    `values` hold `owner_id` besides the parameters of the query.
    """
    ranked = query.add_columns(*_PLACE)
    begin = _ranked(cursor, values)
    page = page_of(db.session, ranked, _KEYS, size=size, cursor=begin, values=values)
    start = start_of(db.session, ranked, _KEYS, page, values)
    rows = [tuple(row)[: -len(_PLACE)] for row in page.rows]
    return Page(rows, page.next, page.previous), start


def cursor_to(
    comment_id: int, query: Columnar, values: Mapping[str, object], *, size: int, is_long: bool
) -> str | None:
    """Return the cursor of the page with this comment; None when it stands on the first page.

    The page begins at the top of its thread, or in a long one at the comment itself.
    """
    ordered = query.with_only_columns(*_PLACE).order_by(*(key.column for key in _KEYS))
    beyond = read_row(ordered.limit(1).offset(size), **values)
    place = read_row(_PLACE_OF, comment_id=comment_id, owner_id=values["owner_id"])
    if beyond is None or place is None or tuple(place) < tuple(beyond):
        return None
    thread_rank, thread_id, reply_rank, number = place
    if is_long and reply_rank != TOP:
        return write_cursor((thread_rank, thread_id, reply_rank, number - 1), True)
    return write_cursor((thread_rank, thread_id, BEFORE, 0), True)


def _ranked(cursor: str | None, values: Mapping[str, object]) -> str | None:
    """Return the cursor of this order for one that was written before there was an answer."""
    parts = read_cursor(cursor, 2)
    if parts is None or not all(type(key) is int and abs(key) <= LARGEST for key in parts[1]):
        return cursor
    forward, (thread_id, number) = parts
    top = read_row(_PLACE_OF, comment_id=thread_id, owner_id=values["owner_id"])
    thread_rank = OTHER if top is None else top.thread_rank
    if number < thread_id:
        return write_cursor((thread_rank, thread_id, BEFORE, 0), forward)
    reply_rank = TOP if number == thread_id else REPLY
    return write_cursor((thread_rank, thread_id, reply_rank, number), forward)
