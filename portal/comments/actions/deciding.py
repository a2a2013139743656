"""What a moderator does with the text of a comment."""

from __future__ import annotations

from typing import Any

from portal.accounts.models import Account
from portal.comments.actions.counters import count_reply
from portal.comments.models import Comment, CommentVersion
from portal.comments.queries import address_of
from portal.core import clock
from portal.core.db import db, lock_row
from portal.core.errors import FieldRefused
from portal.core.i18n import gettext as _
from portal.core.i18n import speak
from portal.policy import Person
from portal.services import mail
from portal.services.grounds import TEXT_GROUNDS
from portal.services.history import advance


def place(version: CommentVersion, *, by: Person) -> None:
    """Put the text before everybody, in place of an earlier one; its writer gets a mail."""
    comment = version.comment
    lock_row(comment.discussion)
    lock_row(comment)
    advance(version, "place", by=by)
    if comment.placed_version_id is None:
        advance(comment, "place", by=by)
        comment.placed_at = clock.now()
        comment.discussion.placed_count += 1
        count_reply(comment, +1)
    else:
        advance(db.session.get_one(CommentVersion, comment.placed_version_id), "supersede", by=by)
        comment.edited_at = clock.now()
    comment.html = version.html
    comment.placed_version_id = version.id
    comment.discussion.pending_count -= 1
    _tell_writer("comment_placed", version)


def ask_change(version: CommentVersion, *, ground: str, reason: str, by: Person) -> None:
    """Ask the writer for another text; refused without a ground and without words."""
    _take_from_queue(version, "ask_change", ground, reason, by)
    _tell_writer("comment_change_asked", version, ground=ground, reason=reason)


def refuse(version: CommentVersion, *, ground: str, reason: str, by: Person) -> None:
    """Do not place the text; refused without a ground and without words.

    A comment that was placed before keeps its placed text.
    """
    comment = version.comment
    _take_from_queue(version, "refuse", ground, reason, by)
    if comment.state == "pending":
        advance(comment, "refuse", by=by, ground=ground, reason=reason)
    _tell_writer("comment_refused", version, ground=ground, reason=reason)


def _take_from_queue(
    version: CommentVersion, step: str, ground: str, reason: str, by: Person
) -> None:
    if ground not in TEXT_GROUNDS:
        raise FieldRefused("ground", _("Kies een reden."))
    discussion = version.comment.discussion
    lock_row(discussion)
    advance(version, step, by=by, ground=ground, reason=reason)
    discussion.pending_count -= 1


def _tell_writer(
    template: str, version: CommentVersion, *, ground: str = "", reason: str = ""
) -> None:
    comment = version.comment
    writer = db.session.get_one(Account, comment.author_id)
    with speak(writer.locale):
        ground_words = str(TEXT_GROUNDS[ground]) if ground else ""
    mail.send(
        template,
        to=writer.email,
        locale=writer.locale,
        key=f"{template}-{version.id}",
        name=writer.name,
        title=comment.discussion.title,
        ground=ground_words,
        reason=reason.strip(),
        text=version.body,
        **_facts(comment, writer.locale),
    )


def _facts(comment: Comment, locale: str) -> dict[str, Any]:
    prefix = "/en" if locale == "en" else ""
    return {
        "comment_id": comment.id,
        "path": prefix + address_of(comment),
        "has_placed_text": comment.state == "placed",
    }
