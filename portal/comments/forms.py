"""The forms with which somebody comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Protocol, Self

from flask import request
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from portal.accounts.sessions import signed_in_viewer
from portal.comments.models import Comment
from portal.comments.queries.finding import latest_version
from portal.comments.queries.own import Answered, find_answered
from portal.comments.queries.voices import FROZEN_VOICE, Voice, find_voice, voices_of
from portal.core.folding import shows_nothing
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.markdown import render_typed
from portal.core.settings import settings
from portal.lifecycle import CommentState
from portal.policy import Permission, can
from portal.web import typed
from portal.web.forms import (
    AtMost,
    CreatingForm,
    Filled,
    Look,
    Part,
    Previewed,
    Previewing,
    ShownVoice,
    stripped,
)
from portal.web.person import viewer
from portal.web.templating import vereniging

PERSONAL = 0
UNKNOWN = -1
VERENIGING = -2
SPOT = "#plaats-reactie"
_TAG = re.compile(r"<[^>]*>")


def _number(value: object) -> int | None:
    text = "" if value is None else str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _voice_id(value: object) -> int:
    if str(value) == str(VERENIGING):
        return VERENIGING
    number = _number(value)
    return UNKNOWN if number is None else number


def _shows_nothing(html: str) -> bool:
    """Return whether a text shows no letter, sign or emoji: only spaces and invisible marks."""
    return shows_nothing(_TAG.sub("", html).replace("&nbsp;", " "))


class Discussed(Protocol):
    """A discussion or a page of one."""

    @property
    def address(self) -> str: ...
    @property
    def organisation_id(self) -> int | None:
        """The organisation whose page it is; None: the vereniging's own."""


class TextForm(Previewing, CreatingForm):
    """The text of a comment, and in whose name it is said."""

    # Above the text who says it, as both will stand.
    previews = (Previewed("body", Look.VOICE), Previewed("body", render=render_typed))

    body = TextAreaField(_l("Uw reactie"), filters=[stripped])
    speaks_for = RadioField(
        _l("U reageert"), coerce=_voice_id, default=PERSONAL, validate_choice=False
    )

    html: str | None = None
    # The name whose page this is, as the writer may speak in it; "" when they may not.
    own_voice = ""
    # The organisation whose page it is; None: the vereniging's own.
    owner_id: int | None = None

    def prepare(self, subject: Any) -> None:
        """Offer the names in which the viewer may speak, and set how long the text may be."""
        self.owner_id = subject.organisation_id if subject is not None else None
        most = settings().max_comment_characters
        self.body.validators = [Filled(_l("Vul uw reactie in.")), AtMost(most)]
        self.body.flags.required = True
        self.body.flags.most = most
        self.speaks_for.flags.required = True
        self.speaks_for.choices = [
            SelectChoice(PERSONAL, _("op persoonlijke titel")),
            *(SelectChoice(number, label) for number, label in _voices().items()),
        ]

    def shown(self, part: Previewed) -> Part | None:
        """Return the text, and above it the name that it will bear."""
        if part.look is not Look.VOICE:
            return super().shown(part)
        return _said_by(signed_in_viewer().name, self.said_as(), self.owner_id)

    def said_as(self) -> Voice | None:
        """Return in whose name the writer chose to speak; None for their own."""
        if self.speaks_for.data == VERENIGING:
            return Voice(VERENIGING, vereniging().name, "", None, True)
        person = viewer()
        voices = voices_of(person.id) if person.id is not None else ()
        return next((voice for voice in voices if voice.id == self.speaks_for.data), None)

    def validate_speaks_for(self, field: Field) -> None:
        """Refuse an organisation in which the viewer has no role."""
        if field.data not in [choice.value for choice in field.choices]:
            is_frozen = field.data in viewer().frozen_organisation_ids
            is_of_vereniging = field.data == VERENIGING
            field.data = PERSONAL
            if is_frozen:
                raise ValidationError(str(FROZEN_VOICE))
            if is_of_vereniging:
                raise ValidationError(_("U hebt geen rol meer in de vereniging. Kies opnieuw."))
            raise ValidationError(_("U hebt geen rol meer bij die organisatie. Kies opnieuw."))

    def work_before_writing(self, subject: object) -> None:
        """Render the text; refuse one that shows nothing."""
        super().work_before_writing(subject)
        self.html = render_typed(self.body.data)
        if _shows_nothing(self.html):
            self.refuse("body", _("Vul uw reactie in."))

    @property
    def organisation_id(self) -> int | None:
        """The organisation that the writer speaks for; None for nobody but themselves."""
        number: int = self.speaks_for.data
        return number if number > 0 else None

    @property
    def is_of_vereniging(self) -> bool:
        """Whether the writer speaks for the vereniging."""
        return bool(self.speaks_for.data == VERENIGING)


def _said_by(name: str, voice: Voice | None, owner_id: int | None) -> ShownVoice:
    if voice is None:
        return ShownVoice(name, "", None, True, False, False)
    is_of_vereniging = voice.id == VERENIGING
    is_official = is_of_vereniging or voice.id == owner_id
    return ShownVoice(
        name, voice.job_title, voice.name, voice.is_admitted, is_official, is_of_vereniging
    )


def _voices() -> dict[int, str]:
    """Return the number and label of each name that the viewer may speak in besides their own."""
    person = viewer()
    voices = voices_of(person.id) if person.id is not None else ()
    labels = {voice.id: _voice_label(voice) for voice in voices}
    if can(person, Permission.COMMENT_SPEAK_FOR_VERENIGING):
        labels[VERENIGING] = _("namens %(name)s", name=vereniging().name)
    return labels


def _voice_label(voice: Voice) -> str:
    if voice.job_title:
        return str(_("namens %(name)s, als %(job)s", name=voice.name, job=voice.job_title))
    return str(_("namens %(name)s", name=voice.name))


def _owner_of(subject: Discussed) -> int:
    return VERENIGING if subject.organisation_id is None else subject.organisation_id


class CommentForm(TextForm):
    """A new comment, or a reply to one."""

    is_below_subject = True

    parent_id = HiddenField(filters=[_number])

    def __iter__(self) -> Iterator[Field]:
        """Yield the fields as they stand: a name that stands on top is chosen first."""
        return iter(sorted(super().__iter__(), key=lambda field: self._is_below(field)))

    def _is_below(self, field: Field) -> bool:
        return bool(self.own_voice) and field.short_name != "speaks_for"

    def prepare(self, subject: Discussed) -> None:
        """Put the name whose page this is on top: an answer there is seldom the writer's own."""
        super().prepare(subject)
        owner, choices = _owner_of(subject), list(self.speaks_for.choices)
        self.own_voice = next((str(each.label) for each in choices if each.value == owner), "")
        self.speaks_for.choices = sorted(choices, key=lambda choice: choice.value != owner)

    @classmethod
    def open(cls, subject: Any = None) -> Self:
        """Return the form with what was typed before signing in; `?antwoord=` makes it a reply."""
        form = super().open(subject)
        if form.own_voice:
            form.speaks_for.data = _owner_of(subject)
        typed.put_back(form, form.draft_address(subject))
        if "antwoord" in request.args:
            form.parent_id.data = _number(request.args["antwoord"])
        return form

    def draft_address(self, subject: Discussed | None) -> str:
        """Return the address of the form below the discussion; its own page without one."""
        if subject is None:
            return super().draft_address(subject)
        return f"{request.script_root}{subject.address}{SPOT}"

    def refuse(self, field: str, message: str) -> None:
        """Add an error; without the comment that it answers the text becomes one of its own."""
        if field == "parent_id":
            self.parent_id.data = None
            field = "body"
        super().refuse(field, message)

    def answered(self, discussion_id: int) -> Answered | None:
        """Return the comment that is answered, None for a comment of its own."""
        return find_answered(discussion_id, self.parent_id.data)


class EditCommentForm(TextForm):
    """Another text for a comment; until its first placing also another name to speak in."""

    @classmethod
    def open(cls, subject: Any = None) -> Self:
        """Return the form with the newest text in it."""
        form = super().open(subject)
        form.body.data = latest_version(subject.id).body
        if "speaks_for" in form:
            spoken = VERENIGING if subject.is_of_vereniging else subject.organisation_id
            form.speaks_for.data = spoken or PERSONAL
        return form

    _comment: Comment

    def prepare(self, subject: Comment) -> None:
        """Leave out the name to speak in once a text was placed: it is fixed then."""
        super().prepare(subject)
        self._comment, self.owner_id = subject, subject.discussion.organisation_id
        if subject.state != CommentState.PENDING:
            del self.speaks_for

    def said_as(self) -> Voice | None:
        """Return the name that was chosen, or the one that is fixed."""
        comment = self._comment
        if "speaks_for" in self:
            return super().said_as()
        if comment.organisation_name is None:
            return None
        number = VERENIGING if comment.is_of_vereniging else comment.organisation_id or UNKNOWN
        known = find_voice(comment.author_id, number)
        is_admitted = known is None or known.is_admitted
        return Voice(number, comment.organisation_name, comment.job_title, None, is_admitted)

    @property
    def organisation_id(self) -> int | None:
        """The organisation that the writer speaks for; None as well where that is fixed."""
        return super().organisation_id if "speaks_for" in self else None

    @property
    def is_of_vereniging(self) -> bool:
        """Whether the writer speaks for the vereniging; False as well where that is fixed."""
        return super().is_of_vereniging if "speaks_for" in self else False
