"""The order of a discussion, in which what the organisation whose page it is says comes first.

Its own comments stand above all others, and its replies above the other replies of a thread.
"""

from __future__ import annotations

from sqlalchemy import bindparam, select

from portal.comments.models import Comment
from portal.core.db import Columnar, read_row
from portal.core.paging import LARGEST, Key, read_cursor, write_cursor

# Of a thread: begun by the organisation whose page it is, or by somebody else.
ANSWER, OTHER = 0, 1
# In a thread; BEFORE is no comment's own, it stands for the beginning of a thread.
BEFORE, TOP, OWN_REPLY, REPLY = -1, 0, 1, 2

# Where a comment stands: in which group of threads, in which thread, and how far down in it.
PLACE = (Comment.thread_rank, Comment.thread_id, Comment.reply_rank, Comment.id)
ORDER = tuple(Key(column, column.key) for column in PLACE)
_PLACE_OF: Columnar = select(*PLACE).where(Comment.id == bindparam("comment_id"))


def thread_rank_of(organisation_id: int | None, owner_id: int | None) -> int:
    """Return the rank of a thread that begins in the name of an organisation, or of nobody's."""
    return ANSWER if organisation_id is not None and organisation_id == owner_id else OTHER


def reply_rank_of(organisation_id: int | None, owner_id: int | None, *, is_top: bool) -> int:
    """Return the rank in its thread of a comment in the name of an organisation, or of nobody's."""
    if is_top:
        return TOP
    return OWN_REPLY if thread_rank_of(organisation_id, owner_id) == ANSWER else REPLY


def cursor_to_place(
    place: tuple[int, ...], beyond: tuple[int, ...] | None, *, is_long: bool
) -> str | None:
    """Return the cursor of the page with a comment; None when it stands before `beyond`.

    The page begins at the top of its thread, or in a long one at the comment itself.
    """
    if beyond is None or place < beyond:
        return None
    thread_rank, thread_id, reply_rank, number = place
    if is_long and reply_rank != TOP:
        return write_cursor((thread_rank, thread_id, reply_rank, number - 1), True)
    return write_cursor((thread_rank, thread_id, BEFORE, 0), True)


def find_place(comment_id: int) -> tuple[int, ...] | None:
    """Return where a comment stands; None without such a comment."""
    row = read_row(_PLACE_OF, comment_id=comment_id)
    return None if row is None else tuple(row)


def ranked(cursor: str | None) -> str | None:
    """Return the cursor of this order for one of thread and number alone, as mails still hold."""
    parts = read_cursor(cursor, 2)
    if parts is None or not all(type(key) is int and abs(key) <= LARGEST for key in parts[1]):
        return cursor
    forward, (thread_id, number) = parts
    top = find_place(thread_id)
    thread_rank = OTHER if top is None else top[0]
    if number < thread_id:
        return write_cursor((thread_rank, thread_id, BEFORE, 0), forward)
    reply_rank = TOP if number == thread_id else REPLY
    return write_cursor((thread_rank, thread_id, reply_rank, number), forward)
