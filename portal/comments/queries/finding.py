"""One discussion, one comment, one text of it."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, select
from werkzeug.exceptions import NotFound

from portal.comments.models import Comment, CommentVersion, Discussion
from portal.core.db import db, in_write_section, read_row
from portal.lifecycle import CommentState, TextState
from portal.services.models import HistoryRow

# What readers may look back at: the text that stands there, and those that stood there.
_PLACED = (
    select(CommentVersion.number, CommentVersion.html, HistoryRow.at)
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
    .order_by(CommentVersion.number.desc())
)

_PLACE = select(
    Discussion.id,
    Discussion.address,
    Discussion.title,
    Discussion.is_open,
    Discussion.is_public,
    Discussion.placed_count,
).where(Discussion.id == bindparam("discussion_id"))
_LOCKED = _PLACE.with_for_update()


class DiscussionRow(NamedTuple):
    """A discussion as a door and an action ask for it."""

    id: int
    address: str
    title: str
    is_open: bool
    is_public: bool
    placed_count: int
    # It was read in a write section: nobody else changes it until that ends.
    is_held: bool


def get_discussion(discussion_id: int) -> DiscussionRow:
    """Return where somebody comments, or 404; in a write section nobody else changes it then."""
    is_held = in_write_section()
    found = read_row(_LOCKED if is_held else _PLACE, discussion_id=discussion_id)
    if found is None:
        raise NotFound
    return DiscussionRow._make((*found, is_held))


def get_comment(comment_id: int) -> Comment:
    """Return the comment, or 404."""
    found = db.session.get(Comment, comment_id)
    if found is None:
        raise NotFound
    return found


def latest_version(comment_id: int) -> CommentVersion:
    """Return the newest text of a comment, whatever its state."""
    found = select(CommentVersion).where(CommentVersion.comment_id == comment_id)
    newest = db.session.scalars(found.order_by(CommentVersion.number.desc()).limit(1)).first()
    if newest is None:
        raise NotFound
    return newest


def placed_versions(comment: Comment) -> list[Row[int, str, Any]]:
    """Return number, html and moment of every text that was placed, newest first.

    404 unless the comment stands there now: what was withdrawn is not read in another way.
    """
    if comment.state != CommentState.PLACED or comment.is_hidden:
        raise NotFound
    return list(db.session.execute(_PLACED, {"comment_id": comment.id}))
