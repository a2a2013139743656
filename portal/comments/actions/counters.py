"""The counters that comments keep in the rows above them."""

from __future__ import annotations

from sqlalchemy import update

from portal.comments.models import Comment
from portal.core.db import db


def count_reply(comment: Comment, change: int) -> None:
    """Add `change` to the placed replies of the comments above: its parent, the top of its thread.

    Once withdrawn, those stay as a placeholder for as long as this count is above 0.
    """
    above = {comment.parent_id, comment.thread_id} - {None, comment.id}
    db.session.execute(
        update(Comment)
        .where(Comment.id.in_(above))
        .values(placed_reply_count=Comment.placed_reply_count + change)
    )
