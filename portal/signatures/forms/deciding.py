"""The forms with which the vereniging decides on an application."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice

from portal.core.i18n import lazy_gettext as _l
from portal.services.grounds import SIGNATURE_GROUNDS
from portal.web.forms import AtMost, ButtonForm, Filled, PortalForm, stripped

REASON = 2000


class AdmitForm(ButtonForm):
    """Admit what was seen: one press."""

    seen = HiddenField()

    def prepare(self, subject: Any) -> None:
        """Bind a first page to what stands on it."""
        if self.seen.raw_data is None:
            self.seen.data = subject.seen_as


class DecisionForm(PortalForm):
    """A ground, and words for the organisation."""

    suffix = ""

    ground = SelectField(_l("Reden"), validators=[Filled(_l("Kies een reden."))])
    reason = TextAreaField(
        _l("Toelichting voor de organisatie"),
        [Filled(_l("Schrijf op wat er nodig is, of waarom u afwijst.")), AtMost(REASON)],
        filters=[stripped],
    )

    def prepare(self, subject: Any) -> None:
        """Offer the grounds; one page holds two of these forms, so their ids differ."""
        grounds = [SelectChoice(code, words) for code, words in SIGNATURE_GROUNDS.items()]
        self.ground.choices = [SelectChoice("", _l("Kies een reden")), *grounds]
        for field in (self.ground, self.reason):
            field.id = field.label.field_id = f"{field.short_name}-{self.suffix}"


class AskMoreForm(DecisionForm):
    """Ask for what is missing."""

    suffix = "aanvullen"


class DeclineForm(DecisionForm):
    """Do not admit."""

    suffix = "afwijzen"
