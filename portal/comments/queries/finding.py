"""One discussion, one comment, one text of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, exists, func, or_, select
from werkzeug.exceptions import NotFound

from portal.comments.models import Comment, CommentVersion, Discussion
from portal.core.db import db, in_write_section, read_as, read_row
from portal.lifecycle import CommentState, TextState
from portal.organisations.models import Organisation
from portal.services.models import HistoryRow

# The organisation for which a comment speaks is public: the vereniging admitted it, now or before.
# One that somebody made and nobody checked is never shown without saying so. The vereniging itself
# is nobody's to admit.
IS_ADMITTED = or_(
    Comment.is_of_vereniging,
    exists().where(
        Organisation.id == Comment.organisation_id, Organisation.published_at.is_not(None)
    ),
)

# What readers may look back at: the text that stands there, and those that stood there.
_PLACED = (
    # A text that was placed, taken back by a moderator and placed again counts from the last time.
    select(
        CommentVersion.number,
        CommentVersion.html,
        CommentVersion.language,
        func.max(HistoryRow.at).label("at"),
    )
    .join(
        HistoryRow,
        (HistoryRow.subject == CommentVersion.thing)
        & (HistoryRow.subject_id == CommentVersion.id)
        & (HistoryRow.step == "place"),
    )
    .where(
        CommentVersion.comment_id == bindparam("comment_id"),
        CommentVersion.state.in_((TextState.PLACED, TextState.SUPERSEDED)),
    )
    .group_by(CommentVersion.number, CommentVersion.html, CommentVersion.language)
    .order_by(CommentVersion.number.desc())
)

_DISCUSSION = select(
    Discussion.id,
    Discussion.address,
    Discussion.title,
    Discussion.language,
    Discussion.organisation_id,
    Discussion.is_open,
    Discussion.is_public,
    Discussion.placed_count,
).where(Discussion.id == bindparam("discussion_id"))
_LOCKED_DISCUSSION = _DISCUSSION.with_for_update()


class DiscussionRow(NamedTuple):
    """A discussion with the columns that the door and the action of a new comment need."""

    id: int
    address: str
    title: str
    # Of the title.
    language: str
    organisation_id: int | None
    is_open: bool
    is_public: bool
    placed_count: int
    # It was read in a write section: nobody else changes it until that ends.
    is_locked: bool


class PlacedText(NamedTuple):
    """A text of a comment that stands there or stood there, and when it was placed."""

    number: int
    html: str
    language: str
    at: datetime


def get_discussion(discussion_id: int) -> DiscussionRow:
    """Return the discussion, or 404; in a write section it is locked until the section ends."""
    is_locked = in_write_section()
    row = read_row(_LOCKED_DISCUSSION if is_locked else _DISCUSSION, discussion_id=discussion_id)
    if row is None:
        raise NotFound
    return DiscussionRow._make((*row, is_locked))


def get_comment(comment_id: int) -> Comment:
    """Return the comment, or 404."""
    comment = db.session.get(Comment, comment_id)
    if comment is None:
        raise NotFound
    return comment


def latest_version(comment_id: int) -> CommentVersion:
    """Return the newest text of a comment, whatever its state; 404 without such a comment."""
    query = select(CommentVersion).where(CommentVersion.comment_id == comment_id)
    newest = db.session.scalars(query.order_by(CommentVersion.number.desc()).limit(1)).first()
    if newest is None:
        raise NotFound
    return newest


def texts_of(comment_id: int) -> list[CommentVersion]:
    """Return every text of a comment, oldest first."""
    query = select(CommentVersion).where(CommentVersion.comment_id == comment_id)
    return list(db.session.scalars(query.order_by(CommentVersion.number)))


def first_placed_number(comment_id: int) -> int | None:
    """Return the number of the first text of a comment that was placed, None without one."""
    return db.session.scalar(
        select(func.min(CommentVersion.number)).where(
            CommentVersion.comment_id == comment_id,
            CommentVersion.state.in_((TextState.PLACED, TextState.SUPERSEDED)),
        )
    )


def waiting_in_name_of(account_id: int, organisation_id: int | None = None) -> list[Comment]:
    """Return the comments of a writer in the name of an organisation of which a text is undecided.

    None stands for the vereniging. By discussion: whoever locks them all takes them in this order.
    """
    undecided = (
        select(CommentVersion.comment_id)
        .where(CommentVersion.state.in_((TextState.PENDING, TextState.CHANGE_ASKED)))
        .where(CommentVersion.comment_id == Comment.id)
        .exists()
    )
    in_its_name = (
        Comment.is_of_vereniging
        if organisation_id is None
        else Comment.organisation_id == organisation_id
    )
    query = select(Comment).where(Comment.author_id == account_id, in_its_name, undecided)
    return list(db.session.scalars(query.order_by(Comment.discussion_id, Comment.id)))


def placed_versions(comment: Comment) -> Sequence[PlacedText]:
    """Return every text of a comment that was placed, newest first.

    404 unless the comment stands there now: what was withdrawn is not read in another way.
    """
    if comment.state != CommentState.PLACED or comment.is_hidden:
        raise NotFound
    return read_as(PlacedText, _PLACED, comment_id=comment.id)
