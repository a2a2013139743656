"""Taking a placed comment out of sight, and bringing it back."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.comments.actions.counters import count_reply
from portal.comments.models import Comment, CommentVersion
from portal.comments.queries.places import address_of
from portal.core.addresses import path_to
from portal.core.db import db, lock_row
from portal.lifecycle import CommentState
from portal.policy import Person
from portal.services import hiding
from portal.services.hiding import Notice


def hide(comment: Comment, *, ground: str, reason: str, by: Person) -> None:
    """Show a placed comment to nobody but its writer and the moderators; replies to it stay."""
    lock_row(comment.discussion)
    notice = _notice(comment, path_to("my-comments"))
    hiding.hide(comment, notice, ground=ground, reason=reason, by=by)
    _count(comment, -1)


def restore(comment: Comment, *, reason: str = "", by: Person) -> None:
    """Bring a hidden comment back; one that was withdrawn meanwhile stays withdrawn."""
    lock_row(comment.discussion)
    is_back = comment.state == CommentState.PLACED
    notice = _notice(comment, address_of(comment)) if is_back else None
    hiding.restore(comment, notice, reason=reason, by=by)
    if is_back:
        _count(comment, +1)


def _notice(comment: Comment, path: str) -> Notice:
    writer = db.session.get_one(Account, comment.author_id)
    version = db.session.get(CommentVersion, comment.placed_version_id or 0)
    text = version.body if version is not None else ""
    return Notice([writer], comment.discussion.title, path, text)


def _count(comment: Comment, change: int) -> None:
    comment.discussion.placed_count += change
    count_reply(comment, change)
