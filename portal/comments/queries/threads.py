"""A discussion as one viewer sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, case, or_, select
from werkzeug.exceptions import NotFound

from portal.comments.models import Comment, CommentVersion, Discussion
from portal.comments.queries.answers import ORDER, PLACE, ranked
from portal.comments.queries.finding import IS_ADMITTED
from portal.core.db import Columnar, db, read_as, read_row, read_rows
from portal.core.paging import Page, page_of, start_of, write_cursor
from portal.lifecycle import CommentState, TextState
from portal.policy import Person

PER_PAGE = 50
# States of a text on which its writer waits, or which waits for its writer.
WAITING = (TextState.PENDING, TextState.CHANGE_ASKED)
THREAD_PARAMETER = "reacties"

_HAS_REPLIES = Comment.placed_reply_count > 0
_IS_PLACED = Comment.state == CommentState.PLACED
_IS_PUBLIC = and_(
    Comment.hidden_at.is_(None),
    or_(_IS_PLACED, and_(Comment.state == CommentState.WITHDRAWN, _HAS_REPLIES)),
)
# With what leaves a placeholder above its replies: withdrawn, or hidden.
_IS_SHOWN = or_(
    and_(_IS_PLACED, Comment.hidden_at.is_(None)),
    and_(Comment.state.in_((CommentState.PLACED, CommentState.WITHDRAWN)), _HAS_REPLIES),
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

# In the order of `CommentRow`.
_COMMENTS: Columnar = select(
    Comment.id,
    Comment.author_id,
    Comment.author_name,
    Comment.job_title,
    Comment.organisation_id,
    Comment.organisation_name,
    Comment.state,
    # Of a hidden comment nothing of the text is read.
    case((Comment.hidden_at.is_(None), Comment.html)).label("html"),
    Comment.language,
    Comment.created_at,
    Comment.edited_at,
    Comment.thread_id,
    Comment.hidden_ground,
    IS_ADMITTED.label("is_admitted"),
    Comment.is_of_vereniging,
    Comment.parent_id,
    # Where it stands, which no template shows.
    Comment.thread_rank,
    Comment.reply_rank,
).where(Comment.discussion_id == bindparam("discussion_id"))
FOR_VISITORS: Columnar = _COMMENTS.where(_IS_SHOWN)
FOR_AUTHORS: Columnar = _COMMENTS.where(or_(_IS_SHOWN, _IS_OWN_AND_WAITS))


def beginning(query: Columnar) -> Columnar:
    return query.order_by(*PLACE).limit(PER_PAGE + 1)


# Nearly every reader asks for the first page: its statements are built once.
_FIRST_FOR_VISITORS = beginning(FOR_VISITORS)
_FIRST_FOR_AUTHORS = beginning(FOR_AUTHORS)

_OWN_WAITING = (
    select(
        CommentVersion.comment_id,
        CommentVersion.state,
        CommentVersion.html,
        CommentVersion.language,
        Comment.state.label("comment_state"),
    )
    .join(Comment, Comment.id == CommentVersion.comment_id)
    .where(
        CommentVersion.comment_id.in_(bindparam("own_ids", expanding=True)),
        CommentVersion.state.in_(WAITING),
    )
)


class CommentRow(NamedTuple):
    """A comment of a discussion, as `comments/_list.html` takes it apart."""

    id: int
    author_id: int
    author_name: str
    job_title: str
    organisation_id: int | None
    organisation_name: str | None
    state: CommentState
    # None while its first text waits, and while it is hidden.
    html: str | None
    language: str
    created_at: datetime
    edited_at: datetime | None
    thread_id: int
    # Why it is hidden; None for one that is not.
    hidden_ground: str | None
    # The vereniging admitted the organisation: it is who it says.
    is_admitted: bool
    # Said in the name of the vereniging.
    is_of_vereniging: bool
    # What it answers; None for what answers nothing.
    parent_id: int | None


class WaitingText(NamedTuple):
    """A text of the viewer's own that is not placed yet."""

    comment_id: int
    state: TextState
    html: str
    language: str
    comment_state: CommentState


class _Discussed(NamedTuple):
    id: int
    address: str
    title: str
    organisation_id: int | None
    is_open: bool
    is_public: bool
    placed_count: int


# A comment and the replies below it, as (are these replies, rows); a page may begin with replies.
Branch = list[tuple[bool, list[CommentRow]]]


@dataclass(frozen=True, slots=True)
class Thread:
    """One page of a discussion as one viewer may see it."""

    discussion_id: int
    address: str
    title: str
    organisation_id: int | None
    is_open: bool
    is_public: bool
    # Placed comments only, for every viewer.
    count: int
    # Comments and replies in the order in which they stand below each other.
    rows: Sequence[CommentRow]
    next: str | None
    previous: str | None
    # Which row of the whole discussion the first of this page is.
    start: int
    # Comment id -> the text of the viewer's own that waits.
    waiting: Mapping[int, WaitingText]

    @property
    def names(self) -> Mapping[int, str]:
        """Comment id -> name of its writer, for those of this page that can be read."""
        return {
            row.id: row.author_name
            for row in self.rows
            if row.state != CommentState.WITHDRAWN and row.hidden_ground is None
        }

    @property
    def names_unchecked(self) -> bool:
        """Whether one is said in a name of which the vereniging did not see whose it is."""
        return any(row.organisation_name and not row.is_admitted for row in self.rows)

    @property
    def branches(self) -> Sequence[Branch]:
        """The rows, every comment with the replies below it."""
        return _branches(self.rows)


def _is_author_of(viewer: Person) -> ColumnElement[bool]:
    return Comment.author_id == (viewer.id if viewer.is_confirmed else -1)


def visible_to(viewer: Person) -> Select[int]:
    """Return the ids of all comments that `viewer` may read: the same as `can(COMMENT_READ)`."""
    query = select(Comment.id).join(Discussion, Discussion.id == Comment.discussion_id)
    if viewer.is_confirmed and viewer.is_moderator:
        return query
    return query.where(or_(and_(_IS_PUBLIC, Discussion.is_public), _is_author_of(viewer)))


def thread_for(discussion_id: int, viewer: Person, cursor: str | None = None) -> Thread:
    """Return the page of a discussion that begins at `cursor`, as `viewer` may see it; or 404.

    It holds what is placed, and the viewer's own comments that wait; moderators read those of
    others at the desk. Two queries, a third where the viewer wrote any of the page, and beyond the
    first page one more that counts what comes before.
    """
    row = read_row(_DISCUSSION, discussion_id=discussion_id)
    if row is None:
        raise NotFound
    discussion = _Discussed(*row)
    page: Page[CommentRow] = Page((), None, None)
    start = 1
    waiting: dict[int, WaitingText] = {}
    if discussion.is_public:
        values = {"discussion_id": discussion_id, "viewer_id": viewer.id}
        is_author = viewer.is_authenticated and viewer.is_confirmed
        page, start = _page(values, is_author, cursor)
        own_ids = [row.id for row in page.rows if is_author and row.author_id == viewer.id]
        if own_ids:
            texts = read_as(WaitingText, _OWN_WAITING, own_ids=own_ids)
            waiting = {text.comment_id: text for text in texts}
    return _thread(discussion, page, start, waiting)


def _thread(
    discussion: _Discussed,
    page: Page[CommentRow],
    start: int,
    waiting: Mapping[int, WaitingText],
) -> Thread:
    return Thread(
        discussion_id=discussion.id,
        address=discussion.address,
        title=discussion.title,
        organisation_id=discussion.organisation_id,
        is_open=discussion.is_open,
        is_public=discussion.is_public,
        count=discussion.placed_count,
        rows=page.rows,
        next=page.next,
        previous=page.previous,
        start=start,
        waiting=waiting,
    )


def _page(
    values: Mapping[str, object], is_author: bool, cursor: str | None
) -> tuple[Page[CommentRow], int]:
    query = FOR_AUTHORS if is_author else FOR_VISITORS
    if cursor:
        begin = ranked(cursor)
        page = page_of(db.session, query, ORDER, size=PER_PAGE, cursor=begin, values=values)
        start = start_of(db.session, query, ORDER, page, values)
        return Page(_shown(page.rows), page.next, page.previous), start
    rows = read_rows(_FIRST_FOR_AUTHORS if is_author else _FIRST_FOR_VISITORS, **values)
    if len(rows) <= PER_PAGE:
        return Page(_shown(rows), None, None), 1
    last = rows[PER_PAGE - 1]
    following = write_cursor([getattr(last, key.name) for key in ORDER], True)
    return Page(_shown(rows[:PER_PAGE]), following, None), 1


def _shown(rows: Sequence[Row[*tuple[Any, ...]]]) -> list[CommentRow]:
    return [CommentRow._make(row[: len(CommentRow._fields)]) for row in rows]


def _branches(rows: Sequence[CommentRow]) -> list[Branch]:
    branches: list[Branch] = []
    thread_id = None
    for row in rows:
        if row.thread_id != thread_id:
            thread_id = row.thread_id
            branches.append([(row.id != thread_id, [row])])
        elif branches[-1][-1][0]:
            branches[-1][-1][1].append(row)
        else:
            branches[-1].append((True, [row]))
    return branches
