"""The forms with which a moderator decides: made from what each decision asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, cast

from wtforms import BooleanField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice

from portal.core.db import row_id
from portal.core.i18n import lazy_gettext as _l
from portal.lifecycle import Recorded
from portal.moderation.kinds import KINDS
from portal.moderation.waiting import Decision, Kind, Question
from portal.policy import Role
from portal.services.grounds import FREEZE_GROUNDS, TEXT_GROUNDS
from portal.services.history import last_row
from portal.web.forms import AtMost, Filled, PortalForm, stripped

MOST_CHARACTERS = 2000


class DecisionForm(PortalForm):
    """A decision on something that waits: what it asks, or only the button that takes it."""

    # The last word of its address: one page holds several of these forms, so their ids differ.
    suffix: ClassVar[str] = ""
    asks: ClassVar[tuple[Question, ...]] = ()

    def prepare(self, subject: Any) -> None:
        """Give fields of one name different ids, and fill in what stands on the page."""
        for question in (Question.GROUND, Question.REASON, Question.PROOF, Question.MANDATE):
            if question in self:
                field = self[question]
                field.id = field.label.field_id = f"{field.short_name}-{self.suffix}"
        if Question.SEEN in self and self[Question.SEEN].raw_data is None:
            self[Question.SEEN].data = subject.seen_as

    def answers(self) -> dict[str, object]:
        """Return what was filled in, as keyword arguments of the decision's `act`."""
        return {str(question): self[question].data for question in self.asks}


def _ground(kind: Kind) -> SelectField:
    choices = [SelectChoice("", _l("Kies een reden"))]
    choices += [SelectChoice(code, label) for code, label in kind.grounds.items()]
    return SelectField(_l("Reden"), choices=choices, validators=[Filled(_l("Kies een reden."))])


def _reason(kind: Kind) -> TextAreaField:
    return TextAreaField(
        kind.reason_label,
        validators=[Filled(kind.reason_missing), AtMost(MOST_CHARACTERS)],
        filters=[stripped],
    )


def _role(_kind: Kind) -> RadioField:
    """Return the choice of a role; the first person of an organisation becomes its eigenaar."""
    return RadioField(
        _l("Rol"),
        default=str(Role.OWNER),
        choices=[
            SelectChoice(str(Role.OWNER), _l("eigenaar")),
            SelectChoice(str(Role.EDITOR), _l("redacteur")),
            SelectChoice(str(Role.READER), _l("lezer")),
        ],
        validators=[Filled(_l("Kies een rol."))],
    )


def _proof(_kind: Kind) -> TextAreaField:
    return TextAreaField(
        _l("Hoe hebt u dit nagegaan?"),
        description=_l(
            "Bijvoorbeeld: wie u belde of schreef, op welk nummer of adres, wanneer. De eigenaren "
            "en wie ondertekende kunnen dit lezen."
        ),
        validators=[Filled(_l("Schrijf op hoe u dit hebt nagegaan.")), AtMost(MOST_CHARACTERS)],
        filters=[stripped],
    )


def _seen(_kind: Kind) -> HiddenField:
    # "" when the request leaves it out: the action takes None for a page that was never shown.
    return HiddenField(default="")


def _mandate(_kind: Kind) -> BooleanField:
    missing = _l("Kijk eerst of de tekenbevoegde mag tekenen. Zet daarna dit vinkje.")
    return BooleanField(_l("Mandaat gezien: de tekenbevoegde mag tekenen"), [Filled(missing)])


def _history_id(word: object) -> int:
    """Return a history id, or one that no row has."""
    return int(word) if isinstance(word, str) and word.isdecimal() and len(word) < 16 else 0


class UndoForm(PortalForm):
    """Let a thing wait again, with words for those who heard of the decision if there are any."""

    # The history id of the decision that stood on the page.
    decision = HiddenField(filters=[_history_id])
    reason = TextAreaField(
        _l("Toelichting"),
        [AtMost(MOST_CHARACTERS)],
        description=_l("Wie al een mail kreeg over het besluit, krijgt dit ook te lezen."),
        filters=[stripped],
    )

    def prepare(self, subject: Recorded) -> None:
        """Fill in the last decision."""
        if self.decision.raw_data is None:
            last = last_row(subject.thing, row_id(subject))
            self.decision.data = last.id if last is not None else 0


class SetBackForm(PortalForm):
    """Let an organisation be again who it was, and say why."""

    reason = TextAreaField(
        _l("Toelichting voor de organisatie"),
        [Filled(_l("Schrijf op waarom.")), AtMost(MOST_CHARACTERS)],
        filters=[stripped],
    )


FIELDS: dict[Question, Callable[[Kind], object]] = {
    Question.GROUND: _ground,
    Question.REASON: _reason,
    Question.ROLE: _role,
    Question.SEEN: _seen,
    Question.PROOF: _proof,
    Question.MANDATE: _mandate,
}


def _form_of(kind: Kind, decision: Decision) -> type[DecisionForm]:
    fields = {str(question): FIELDS[question](kind) for question in decision.asks}
    own = {"suffix": decision.path, "asks": decision.asks, "__module__": __name__}
    return cast(type[DecisionForm], type("DecisionForm", (DecisionForm,), {**fields, **own}))


# Thing and step -> its form.
FORMS = {
    (kind.thing, decision.step): _form_of(kind, decision)
    for kind in KINDS
    for decision in kind.decisions
}


def _ground_of(grounds: Mapping[str, object]) -> SelectField:
    """Return the field in which one of some grounds is chosen."""
    choices = [SelectChoice(code, label) for code, label in grounds.items()]
    return SelectField(
        _l("Reden"),
        choices=[SelectChoice("", _l("Kies een reden")), *choices],
        validators=[Filled(_l("Kies een reden."))],
    )


def _words_for_people() -> TextAreaField:
    """Return the field with the words that go with a ground."""
    return TextAreaField(
        _l("Toelichting"),
        validators=[Filled(_l("Schrijf op waarom.")), AtMost(MOST_CHARACTERS)],
        filters=[stripped],
    )


class FreezeForm(PortalForm):
    """Why an organisation is frozen: a ground and words for its people, which no reader sees."""

    ground = _ground_of(FREEZE_GROUNDS)
    reason = _words_for_people()


class HideForm(PortalForm):
    """Why something public is hidden: the ground that readers see, and words for its people."""

    ground = _ground_of(TEXT_GROUNDS)
    reason = _words_for_people()


class RestoreForm(PortalForm):
    """That something is brought back, with words for its people if there are any."""

    reason = TextAreaField(
        _l("Toelichting"), validators=[AtMost(MOST_CHARACTERS)], filters=[stripped]
    )
