"""Where a comment stands: the address of the page of its discussion, and its anchor."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select

from portal.comments.models import Comment
from portal.comments.queries.answers import cursor_to, find_owner_that_answered
from portal.comments.queries.finding import DiscussionRow
from portal.comments.queries.threads import FOR_AUTHORS, PER_PAGE, THREAD_PARAMETER, beginning
from portal.core.db import read_row
from portal.core.paging import write_cursor

_BEYOND_FIRST_PAGE = (
    beginning(FOR_AUTHORS).with_only_columns(Comment.thread_id, Comment.id).offset(PER_PAGE)
)

_REPLIES = select(Comment.placed_reply_count).where(Comment.id == bindparam("thread_id"))


class Posted(NamedTuple):
    """A comment that was just posted, with what is needed to lead to it."""

    id: int
    thread_id: int
    author_id: int | None
    discussion: DiscussionRow
    # Whether all that is placed stands above it.
    is_last: bool


def address_of(comment: Comment | Posted) -> str:
    """Return the path of a comment, without language: the page of its discussion, and its anchor.

    Beyond the first page the address begins at the top of its thread, or at a reply far below it.
    """
    cursor = _cursor_to(comment)
    query = "" if cursor is None else f"?{THREAD_PARAMETER}={cursor}"
    return f"{comment.discussion.address}{query}#reactie-{comment.id}"


def _cursor_to(comment: Comment | Posted) -> str | None:
    discussion_id, thread_id = comment.discussion.id, comment.thread_id
    owner_id = find_owner_that_answered(discussion_id)
    if owner_id is not None:
        values = {
            "discussion_id": discussion_id,
            "viewer_id": comment.author_id,
            "owner_id": owner_id,
        }
        is_long = comment.id != thread_id and _is_long(thread_id)
        return cursor_to(comment.id, FOR_AUTHORS, values, size=PER_PAGE, is_long=is_long)
    if not _is_beyond_first_page(comment):
        return None
    before = (thread_id, comment.id - 1)
    if comment.id != thread_id and not _is_long(thread_id):
        before = (thread_id, thread_id - 1)
    return write_cursor(before, True)


def _is_beyond_first_page(comment: Comment | Posted) -> bool:
    discussion = comment.discussion
    if isinstance(comment, Posted) and comment.is_last and discussion.placed_count >= PER_PAGE:
        return True
    beyond = read_row(_BEYOND_FIRST_PAGE, discussion_id=discussion.id, viewer_id=comment.author_id)
    return beyond is not None and (comment.thread_id, comment.id) >= tuple(beyond)


def _is_long(thread_id: int) -> bool:
    top = read_row(_REPLIES, thread_id=thread_id)
    return top is not None and top.placed_reply_count >= PER_PAGE - 1
