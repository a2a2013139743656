"""A discussion as one viewer sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select
from werkzeug.exceptions import NotFound

from portal.comments.models import Comment, CommentVersion, Discussion
from portal.comments.queries.finding import DiscussionRow
from portal.core.db import db, read_row, read_rows
from portal.core.paging import Key, Page, page_of, write_cursor
from portal.lifecycle import CommentState, TextState
from portal.policy import Person

Rows = Select[*tuple[Any, ...]]

PER_PAGE = 50
# States of a text that its writer still hears about.
WAITING = (TextState.PENDING, TextState.CHANGE_ASKED)
THREAD_PARAMETER = "reacties"

_IS_SHOWN = and_(
    Comment.hidden_at.is_(None),
    or_(
        Comment.state == CommentState.PLACED,
        and_(Comment.state == CommentState.WITHDRAWN, Comment.placed_reply_count > 0),
    ),
)
_IS_OWN_AND_WAITS = and_(
    Comment.author_id == bindparam("viewer_id"), Comment.state == CommentState.PENDING
)

_DISCUSSION = select(
    Discussion.id,
    Discussion.address,
    Discussion.title,
    Discussion.organisation_id,
    Discussion.is_open,
    Discussion.is_public,
    Discussion.placed_count,
).where(Discussion.id == bindparam("discussion_id"))

# In the order in which the template takes them.
_COMMENTS = select(
    Comment.id,
    Comment.author_id,
    Comment.author_name,
    Comment.job_title,
    Comment.organisation_id,
    Comment.organisation_name,
    Comment.state,
    Comment.html,
    Comment.created_at,
    Comment.edited_at,
    Comment.thread_id,
).where(Comment.discussion_id == bindparam("discussion_id"))

_ORDER = (Key(Comment.thread_id, "thread_id"), Key(Comment.id, "id"))
_FOR_VISITORS = _COMMENTS.where(_IS_SHOWN)
_FOR_AUTHORS = _COMMENTS.where(or_(_IS_SHOWN, _IS_OWN_AND_WAITS))


def _beginning(query: Rows) -> Rows:
    return query.order_by(Comment.thread_id, Comment.id).limit(PER_PAGE + 1)


# Nearly every reader asks for the first page: its statements are built once.
_FIRST_FOR_VISITORS = _beginning(_FOR_VISITORS)
_FIRST_FOR_AUTHORS = _beginning(_FOR_AUTHORS)

_BEYOND_FIRST_PAGE = (
    _beginning(_FOR_AUTHORS).with_only_columns(Comment.thread_id, Comment.id).offset(PER_PAGE)
)

_OWN_WAITING = (
    select(
        CommentVersion.comment_id,
        CommentVersion.state,
        CommentVersion.html,
        Comment.state.label("comment_state"),
    )
    .join(Comment, Comment.id == CommentVersion.comment_id)
    .where(
        Comment.discussion_id == bindparam("discussion_id"),
        Comment.author_id == bindparam("viewer_id"),
        CommentVersion.state.in_(WAITING),
    )
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


# A comment and the replies below it, as (are these replies, rows); a page may begin with replies.
Branch = list[tuple[bool, list[Any]]]


@dataclass(frozen=True, slots=True)
class Thread:
    """One page of a discussion as one viewer may see it."""

    discussion_id: int
    address: str
    title: str
    organisation_id: int | None
    is_open: bool
    is_public: bool
    # Placed comments only, whoever looks.
    count: int
    # Comments and replies in the order in which they stand below each other.
    rows: Sequence[Any]
    next: str | None
    previous: str | None
    # Comment id -> the text of the viewer's own that waits.
    waiting: Mapping[int, Any]

    @property
    def branches(self) -> Sequence[Branch]:
        """The rows, every comment with the replies below it."""
        return _branches(self.rows)


def _is_author_of(viewer: Person) -> ColumnElement[bool]:
    return Comment.author_id == (viewer.id if viewer.is_confirmed else -1)


def visible_to(viewer: Person) -> Select[int]:
    """Return the ids of all comments that `viewer` may read: the same as `can(COMMENT_READ)`."""
    found = select(Comment.id).join(Discussion, Discussion.id == Comment.discussion_id)
    if viewer.is_confirmed and viewer.is_moderator:
        return found
    return found.where(or_(and_(_IS_SHOWN, Discussion.is_public), _is_author_of(viewer)))


def thread_for(discussion_id: int, viewer: Person, cursor: str | None = None) -> Thread:
    """Return what `viewer` sees of a discussion from `cursor` on: placed, and own that waits.

    Moderators see what waits of others at the desk only. Two queries for a visitor, three for
    somebody signed in, however many comments there are. 404 without such a discussion.
    """
    found = read_row(_DISCUSSION, discussion_id=discussion_id)
    if found is None:
        raise NotFound
    page: Page[Any] = Page((), None, None)
    waiting: dict[int, Any] = {}
    if found.is_public:
        values = {"discussion_id": discussion_id, "viewer_id": viewer.id}
        is_author = viewer.is_authenticated and viewer.is_confirmed
        page = _page(values, is_author, cursor)
        if is_author:
            waiting = {row.comment_id: row for row in read_rows(_OWN_WAITING, **values)}
    return _thread(found, page, waiting)


def _thread(found: Any, page: Page[Any], waiting: Mapping[int, Any]) -> Thread:
    return Thread(
        discussion_id=found.id,
        address=found.address,
        title=found.title,
        organisation_id=found.organisation_id,
        is_open=found.is_open,
        is_public=found.is_public,
        count=found.placed_count,
        rows=page.rows,
        next=page.next,
        previous=page.previous,
        waiting=waiting,
    )


def _page(values: dict[str, Any], is_author: bool, cursor: str | None) -> Page[Any]:
    if cursor:
        query = _FOR_AUTHORS if is_author else _FOR_VISITORS
        return page_of(db.session, query, _ORDER, size=PER_PAGE, cursor=cursor, values=values)
    query = _FIRST_FOR_AUTHORS if is_author else _FIRST_FOR_VISITORS
    rows = read_rows(query, **values)
    if len(rows) <= PER_PAGE:
        return Page(rows, None, None)
    last = rows[PER_PAGE - 1]
    return Page(rows[:PER_PAGE], write_cursor((last.thread_id, last.id), True), None)


def _branches(rows: Sequence[Any]) -> list[Branch]:
    found: list[Branch] = []
    thread_id = None
    for row in rows:
        if row.thread_id != thread_id:
            thread_id = row.thread_id
            found.append([(row.id != thread_id, [row])])
        elif found[-1][-1][0]:
            found[-1][-1][1].append(row)
        else:
            found[-1].append((True, [row]))
    return found


def address_of(comment: Comment | Posted) -> str:
    """Return the path of a comment, without language: the page of its discussion, and its anchor.

    Beyond the first page the address begins at the top of its thread, or at a reply far below it.
    """
    address = f"{comment.discussion.address}"
    if _is_beyond_first_page(comment):
        before = (comment.thread_id, comment.id - 1)
        if comment.id != comment.thread_id and not _is_long(comment.thread_id):
            before = (comment.thread_id, comment.thread_id - 1)
        address += f"?{THREAD_PARAMETER}={write_cursor(before, True)}"
    return f"{address}#reactie-{comment.id}"


def _is_beyond_first_page(comment: Comment | Posted) -> bool:
    discussion = comment.discussion
    if isinstance(comment, Posted) and comment.is_last and discussion.placed_count >= PER_PAGE:
        return True
    beyond = read_row(_BEYOND_FIRST_PAGE, discussion_id=discussion.id, viewer_id=comment.author_id)
    return beyond is not None and (comment.thread_id, comment.id) >= tuple(beyond)


def _is_long(thread_id: int) -> bool:
    top = read_row(_REPLIES, thread_id=thread_id)
    return top is not None and top.placed_reply_count >= PER_PAGE - 1
