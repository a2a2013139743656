"""The forms about accessibility: what the vereniging states, and what somebody could not use."""

from __future__ import annotations

from functools import partial
from typing import Any, TypedDict

from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, ValidationError
from wtforms.widgets import TextInput

from portal.core import clock
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.markdown import render
from portal.vereniging.statement import (
    PLANNED_WITHIN,
    REGISTERED,
    RESTS_ON_RESEARCH,
    Compliance,
    Duty,
    has_lapsed,
)
from portal.web.address import came_from
from portal.web.forms import (
    AtMost,
    CreatingForm,
    DayField,
    EditingForm,
    Filled,
    MailAddressField,
    NotInFuture,
    Previewed,
    Previewing,
    WebAddressField,
    one_line,
    stripped,
)

STATUSES = {
    Compliance.UNKNOWN: _l("Nog niet onderzocht: wij noemen geen status"),
    Compliance.FULL: _l("A: voldoet volledig"),
    Compliance.PARTIAL: _l("B: voldoet gedeeltelijk"),
    Compliance.FIRST_STEPS: _l("C: eerste maatregelen genomen"),
    Compliance.FAILING: _l("D: voldoet niet"),
    Compliance.NO_STATEMENT: _l("E: geen verklaring"),
}
DUTIES = {
    Duty.UNKNOWN: _l("Dat is nog niet vastgesteld"),
    Duty.BOUND: _l("Ja"),
    Duty.FREE: _l("Nee, wij volgen het uit eigen keuze"),
}


class StatementForm(Previewing, EditingForm):
    """What the vereniging states about accessibility: no status without what it must rest on."""

    previews = (
        Previewed("failings_nl", render=partial(render, first_heading=4), language="nl"),
        Previewed("failings_en", render=partial(render, first_heading=4), language="en"),
    )

    duty = RadioField(
        _l("Geldt het Besluit digitale toegankelijkheid overheid voor dit portaal?"),
        [Filled(_l("Kies of het besluit geldt."))],
        choices=[SelectChoice(str(duty), words) for duty, words in DUTIES.items()],
    )
    status = RadioField(
        _l("Status van dit portaal"),
        [Filled(_l("Kies een status."))],
        choices=[SelectChoice(str(status), words) for status, words in STATUSES.items()],
    )
    researched_on = DayField(_l("Datum van het onderzoek"), [NotInFuture()])
    report_url = WebAddressField(
        _l("Webadres van het onderzoeksrapport"), [AtMost(300)], filters=[stripped], most=300
    )
    planned_on = DayField(_l("Datum van het geplande onderzoek"))
    register_url = WebAddressField(
        _l("Webadres van de verklaring in het register"),
        [AtMost(300)],
        filters=[stripped],
        most=300,
    )
    failings_nl = TextAreaField(
        _l("Wat nog niet toegankelijk is, in het Nederlands"), [AtMost(10_000)], filters=[stripped]
    )
    failings_en = TextAreaField(
        _l("Wat nog niet toegankelijk is, in het Engels"), [AtMost(10_000)], filters=[stripped]
    )
    answer_days = IntegerField(
        _l("Binnen hoeveel dagen antwoordt u op een melding?"),
        [
            Filled(_l("Vul een aantal dagen in.")),
            NumberRange(1, 60, message=_l("Vul een getal van 1 tot en met 60 in.")),
        ],
        widget=TextInput(),
    )

    def validate_researched_on(self, field: Field) -> None:
        """A and B rest on research that still counts."""
        status = self._status()
        if status not in RESTS_ON_RESEARCH:
            return
        if field.data is None:
            raise ValidationError(_("Bij deze status hoort de datum van het onderzoek."))
        if has_lapsed(status, field.data, None, on=clock.today()):
            raise ValidationError(_("Dit onderzoek is ouder dan drie jaar en telt niet meer mee."))

    def validate_report_url(self, field: Field) -> None:
        """A and B show the report."""
        if self._status() in RESTS_ON_RESEARCH and not field.data:
            raise ValidationError(_("Bij deze status hoort het rapport."))

    def validate_planned_on(self, field: Field) -> None:
        """C rests on research that is to come soon."""
        if self._status() is not Compliance.FIRST_STEPS:
            return
        today = clock.today()
        if field.data is None or not today <= field.data <= today + PLANNED_WITHIN:
            raise ValidationError(
                _("Bij status C hoort een onderzoek binnen zes maanden. Vul die datum in.")
            )

    def validate_register_url(self, field: Field) -> None:
        """A status is that of a statement in the register; without one there is none."""
        if self._status() in REGISTERED and not field.data:
            raise ValidationError(_("Deze status hoort bij een verklaring in het register."))
        if self._status() not in REGISTERED and field.data:
            raise ValidationError(_("Staat er een verklaring in het register? Kies die status."))

    def validate_failings_nl(self, field: Field) -> None:
        """Full compliance and known failings exclude each other; partial names them."""
        if self._status() is Compliance.FULL and (field.data or self.failings_en.data):
            raise ValidationError(_("Is er iets niet toegankelijk? Dan is status A niet mogelijk."))
        if self._status() is Compliance.PARTIAL and not field.data:
            raise ValidationError(
                _("Schrijf bij status B op wat niet in orde is, en wat u daaraan doet.")
            )

    def settings(self) -> dict[str, object]:
        """Return a value for the name of each column; the form holds."""
        return {
            "duty": Duty(self.duty.data),
            "status": Compliance(self.status.data),
            "researched_on": self.researched_on.data,
            "report_url": self.report_url.data or "",
            "planned_on": self.planned_on.data,
            "register_url": self.register_url.data or "",
            "failings_nl": self.failings_nl.data or "",
            "failings_en": self.failings_en.data or "",
            "answer_days": self.answer_days.data,
        }

    def _status(self) -> Compliance:
        """Return the status that was chosen; that of nothing for none of the list."""
        chosen = self.status.data in set(Compliance)
        return Compliance(self.status.data) if chosen else Compliance.UNKNOWN


class Report(TypedDict):
    """What somebody could not use."""

    page: str
    words: str
    answer_to: str | None


class BarrierForm(CreatingForm):
    """What somebody could not use, on which page, and where an answer may go."""

    words = TextAreaField(
        _l("Wat ging er mis?"),
        [Filled(_l("Schrijf op wat er misging.")), AtMost(3000)],
        filters=[stripped],
    )
    page = StringField(_l("Op welke pagina was dat?"), [AtMost(500)], filters=[one_line])
    answer_to = MailAddressField(
        _l("Uw e-mailadres"), [AtMost(254)], filters=[stripped], widget=TextInput()
    )

    def prepare(self, subject: Any) -> None:
        """Propose the page that the reader came from."""
        if self.page.raw_data is None:
            self.page.data = came_from()

    def report(self) -> Report:
        """Return what was filled in; the form holds."""
        return {
            "page": self.page.data or "",
            "words": self.words.data,
            "answer_to": self.answer_to.data or None,
        }
