"""Taking a placed comment out of sight, and bringing it back."""

from __future__ import annotations

from portal.comments.actions.counters import count_reply
from portal.comments.models import Comment
from portal.core.db import lock_row
from portal.lifecycle import CommentState
from portal.policy import Person
from portal.services import review


def hide(comment: Comment, *, ground: str, reason: str, by: Person) -> None:
    """Show a placed comment to nobody but its writer and the moderators; replies to it stay."""
    lock_row(comment.discussion)
    review.hide(comment, ground=ground, reason=reason, by=by)
    _count(comment, -1)


def restore(comment: Comment, *, reason: str = "", by: Person) -> None:
    """Bring a hidden comment back; one that was withdrawn meanwhile stays withdrawn."""
    lock_row(comment.discussion)
    review.restore(comment, reason=reason, by=by)
    if comment.state == CommentState.PLACED:
        _count(comment, +1)


def _count(comment: Comment, change: int) -> None:
    comment.discussion.placed_count += change
    count_reply(comment, change)
