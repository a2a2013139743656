"""The forms with which a moderator decides."""

from __future__ import annotations

from typing import Any

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice

from portal.core.i18n import lazy_gettext as _l
from portal.policy import Role
from portal.services.grounds import TEXT_GROUNDS
from portal.web.forms import AtMost, ButtonForm, Filled, PortalForm, stripped

MOST_WORDS = 2000


def _tell_apart(field: Field, suffix: str) -> None:
    """Give a field an id of its own: one page holds several of these forms."""
    field.id = f"{field.short_name}-{suffix}"
    field.label.field_id = field.id


class PlaceForm(ButtonForm):
    """Place a text: one press, no reason needed."""


class DecisionForm(PortalForm):
    """A ground, and words for who wrote the text."""

    suffix = ""

    ground = SelectField(_l("Reden"), validators=[Filled(_l("Kies een reden."))])
    reason = TextAreaField(
        _l("Toelichting voor de schrijver"),
        validators=[Filled(_l("Schrijf op waarom.")), AtMost(MOST_WORDS)],
        filters=[stripped],
    )

    def prepare(self, subject: Any) -> None:
        choices = [SelectChoice("", _l("Kies een reden"))]
        choices += [SelectChoice(code, words) for code, words in TEXT_GROUNDS.items()]
        self.ground.choices = choices
        for field in (self.ground, self.reason):
            _tell_apart(field, self.suffix)


class AskChangeForm(DecisionForm):
    """Ask the writer for another text."""

    suffix = "aanpassen"


class RefuseForm(DecisionForm):
    """Do not place the text."""

    suffix = "weigeren"


class GrantForm(PortalForm):
    """Let somebody into an organisation; who comes first becomes its eigenaar."""

    role = RadioField(
        _l("Rol"),
        default=str(Role.OWNER),
        validators=[Filled(_l("Kies een rol."))],
    )

    def prepare(self, subject: Any) -> None:
        self.role.choices = [
            SelectChoice(str(Role.OWNER), _l("eigenaar")),
            SelectChoice(str(Role.EDITOR), _l("redacteur")),
            SelectChoice(str(Role.READER), _l("lezer")),
        ]


class DenyForm(PortalForm):
    """Do not let somebody into an organisation."""

    reason = TextAreaField(
        _l("Toelichting voor de vrager"),
        validators=[Filled(_l("Schrijf op waarom.")), AtMost(MOST_WORDS)],
        filters=[stripped],
    )

    def prepare(self, subject: Any) -> None:
        _tell_apart(self.reason, "weigeren")
