"""Where a comment stands: the address of the page of its discussion, and its anchor."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select

from portal.comments.models import Comment
from portal.comments.queries.answers import BEFORE, OTHER, PLACE, cursor_to_place, find_place
from portal.comments.queries.finding import DiscussionRow
from portal.comments.queries.threads import FOR_AUTHORS, PER_PAGE, THREAD_PARAMETER, beginning
from portal.core.db import read_row
from portal.core.paging import write_cursor

# Names the comment that its writer has just sent.
SENT_PARAMETER = "verstuurd"

_BEYOND_FIRST_PAGE = beginning(FOR_AUTHORS).with_only_columns(*PLACE).offset(PER_PAGE)

_REPLIES = select(Comment.placed_reply_count).where(Comment.id == bindparam("thread_id"))


class Posted(NamedTuple):
    """A comment that was just sent, with what is needed to lead to it."""

    id: int
    thread_id: int
    author_id: int | None
    discussion: DiscussionRow
    # Whether all that is placed stands above it.
    is_last: bool


def address_of(comment: Comment | Posted) -> str:
    """Return the path of a comment, without language: the page of its discussion, and its anchor.

    Beyond the first page the address begins at the top of its thread, or at a reply far below it.
    That of a comment that was just sent lets the page say so, without a cookie for it.
    """
    cursor = _cursor_to(comment)
    named = [] if cursor is None else [f"{THREAD_PARAMETER}={cursor}"]
    if isinstance(comment, Posted):
        named.append(f"{SENT_PARAMETER}={comment.id}")
    query = f"?{'&'.join(named)}" if named else ""
    return f"{comment.discussion.address}{query}#reactie-{comment.id}"


def _cursor_to(comment: Comment | Posted) -> str | None:
    discussion, thread_id = comment.discussion, comment.thread_id
    if isinstance(comment, Posted) and comment.is_last and discussion.placed_count >= PER_PAGE:
        return write_cursor((OTHER, thread_id, BEFORE, 0), True)
    place = find_place(comment.id)
    values = {"discussion_id": discussion.id, "viewer_id": comment.author_id}
    beyond = read_row(_BEYOND_FIRST_PAGE, **values)
    if place is None or beyond is None:
        return None
    is_long = comment.id != thread_id and _is_long(thread_id)
    return cursor_to_place(place, tuple(beyond), is_long=is_long)


def _is_long(thread_id: int) -> bool:
    top = read_row(_REPLIES, thread_id=thread_id)
    return top is not None and top.placed_reply_count >= PER_PAGE - 1
