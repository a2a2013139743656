"""What the writer of a comment does with it."""

from __future__ import annotations

from portal.comments.actions.counters import count_decision, count_reply, rank
from portal.comments.actions.posting import voice_for
from portal.comments.models import Comment, CommentVersion
from portal.comments.queries.finding import texts_of
from portal.comments.queries.voices import FROZEN_VOICE, Spoken, find_voice
from portal.core import clock
from portal.core.db import lock_row
from portal.core.errors import FieldRefused
from portal.core.i18n import gettext as _
from portal.core.markdown import render_typed
from portal.lifecycle import CommentState, TextState, is_open, step_of
from portal.policy import Permission, Person, can
from portal.services.history import advance, create, hold, record

# States of a text that must not be sent a second time.
# A text in one of these states is not sent once more; one of which a change was asked neither.
STANDING = (TextState.PENDING, TextState.PLACED, TextState.CHANGE_ASKED)


def _speak(comment: Comment, voice: Spoken) -> None:
    for column, value in voice._asdict().items():
        setattr(comment, column, value)
    rank(comment)


def _is_other_voice(comment: Comment, organisation_id: int | None, is_of_vereniging: bool) -> bool:
    """Return whether a comment is to speak in another name, as long as that is not fixed."""
    now = comment.organisation_id, comment.is_of_vereniging
    return comment.state == CommentState.PENDING and now != (organisation_id, is_of_vereniging)


def _refuse_lost_voice(comment: Comment, by: Person) -> None:
    if comment.is_of_vereniging and not can(by, Permission.COMMENT_SPEAK_FOR_VERENIGING):
        raise FieldRefused(
            "body",
            _("U hebt geen rol meer in de vereniging. U kunt deze reactie wel intrekken."),
        )
    if comment.organisation_id is None:
        return
    voice = find_voice(by.id, comment.organisation_id)
    if voice is not None and voice.frozen_at is not None:
        raise FieldRefused("body", str(FROZEN_VOICE))
    if voice is None:
        raise FieldRefused(
            "body",
            _("U hebt geen rol meer bij deze organisatie. U kunt deze reactie nog wel intrekken."),
        )


def _submit(comment: Comment, number: int, body: str, html: str | None, by: Person) -> None:
    version = CommentVersion(
        comment=comment,
        comment_id=comment.id,
        number=number,
        body=body,
        html=html if html is not None else render_typed(body),
        created_at=clock.now(),
    )
    create(version, "submit", by=by)
    comment.discussion.pending_count += 1


def edit(
    comment: Comment,
    *,
    body: str,
    by: Person,
    html: str | None = None,
    organisation_id: int | None = None,
    is_of_vereniging: bool = False,
) -> None:
    """Send a new text to the queue, instead of one that waits; a placed one stays meanwhile.

    The name to speak in counts until a text is placed: after that it is fixed. StepNotOpen for a
    comment that was withdrawn or refused; FieldRefused for the text that it has, and for a name in
    which `by` has no role.
    """
    lock_row(comment.discussion)
    hold(comment, "edited")
    versions = texts_of(comment.id)
    newest = versions[-1]
    is_new_voice = _is_other_voice(comment, organisation_id, is_of_vereniging)
    if newest.body == body and newest.state in STANDING and not is_new_voice:
        raise FieldRefused("body", _("Dit is dezelfde tekst. Verander iets of ga terug."))
    if comment.state == CommentState.PLACED:
        _refuse_lost_voice(comment, by)
    else:
        _speak(comment, voice_for(organisation_id, by, is_of_vereniging=is_of_vereniging))
    _take_from_queue(comment, versions, "replace", by)
    _submit(comment, newest.number + 1, body, html, by)
    record(comment, "edited", by=by)


def withdraw(comment: Comment, *, by: Person) -> None:
    """Take the comment back: it disappears, or leaves a placeholder above its placed replies."""
    lock_row(comment.discussion)
    lock_row(comment)
    was_counted = comment.state == CommentState.PLACED and not comment.is_hidden
    advance(comment, "withdraw", by=by)
    _take_from_queue(comment, texts_of(comment.id), "withdraw", by)
    comment.html = None
    comment.placed_version_id = None
    if was_counted:
        comment.discussion.placed_count -= 1
        count_reply(comment, -1)


def _take_from_queue(
    comment: Comment, versions: list[CommentVersion], step_name: str, by: Person
) -> None:
    """Take the step with every text that it is open for; the count of what waits follows."""
    for version in versions:
        if is_open(step_of(version.thing, step_name), version.state):
            if version.state == TextState.PENDING:
                comment.discussion.pending_count -= 1
            former = version.state
            advance(version, step_name, by=by)
            count_decision(version, former)
