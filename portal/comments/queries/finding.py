"""One discussion, one comment, one text of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, bindparam, select
from werkzeug.exceptions import NotFound

from portal.comments.models import Comment, CommentVersion, Discussion
from portal.core.db import db
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
        CommentVersion.state.in_(("placed", "superseded")),
    )
    .order_by(CommentVersion.number.desc())
)


def get_discussion(discussion_id: int) -> Discussion:
    """Return the discussion, or 404."""
    found = db.session.get(Discussion, discussion_id)
    if found is None:
        raise NotFound
    return found


def get_comment(comment_id: int) -> Comment:
    """Return the comment, or 404."""
    found = db.session.get(Comment, comment_id)
    if found is None:
        raise NotFound
    return found


def get_version(version_id: int) -> CommentVersion:
    """Return one text of a comment, or 404."""
    found = db.session.get(CommentVersion, version_id)
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
    if comment.state != "placed":
        raise NotFound
    return list(db.session.execute(_PLACED, {"comment_id": comment.id}))
