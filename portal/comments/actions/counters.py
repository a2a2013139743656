"""The counters that comments keep in the rows above them."""

from __future__ import annotations

from sqlalchemy import update

from portal.comments.models import Comment
from portal.core.db import db


def count_reply(comment: Comment, change: int) -> None:
    """Tell what stands above a reply, its parent and the top of its thread, that one came or went.

    They keep their place as a placeholder for as long as a placed reply stands below them.
    """
    above = {comment.parent_id, comment.thread_id} - {None, comment.id}
    db.session.execute(
        update(Comment)
        .where(Comment.id.in_(above))
        .values(placed_reply_count=Comment.placed_reply_count + change)
    )
