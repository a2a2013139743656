"""Forms for yearly reports."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice

from portal.core import clock
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.reports import queries
from portal.reports.models import YearlyReport
from portal.web.forms import (
    AtMost,
    CreatingForm,
    DayField,
    Difference,
    EditingForm,
    Filled,
    Look,
    Previewed,
    Previewing,
    stripped,
)


class ReportFacts(TypedDict):
    """What a report is about, and what the vereniging says of it."""

    counted_on: date
    introduction: str
    earlier: YearlyReport | None
    correction: str


class _Fields(Previewing):
    """What a new and an edited report share."""

    previews = (Previewed("introduction", Look.ANSWER), Previewed("correction", Look.ANSWER))

    counted_on = DayField(_l("Peildatum"), [Filled(_l("Vul de peildatum in."))])
    introduction = TextAreaField(_l("Inleiding"), [AtMost(4000)], filters=[stripped])
    earlier_id = SelectField(_l("Verbetert een eerder verslag"), default="")
    correction = TextAreaField(_l("Wat er beter is"), [AtMost(2000)], filters=[stripped])

    def prepare(self, subject: object) -> None:
        """Offer the reports that can be put right, and the last day of last year."""
        reports = queries.established()
        self.earlier_id.choices = [
            SelectChoice("", _("geen")),
            *(SelectChoice(str(report.id), report.key) for report in reports),
        ]
        if self.counted_on.data is None and self.counted_on.raw_data is None:
            self.counted_on.data = date(clock.today().year - 1, 12, 31)
        if isinstance(subject, YearlyReport) and self.earlier_id.raw_data is None:
            self.earlier_id.data = str(subject.earlier_id or "")

    def facts(self) -> ReportFacts:
        """Return what was filled in; the form holds."""
        chosen = self.earlier_id.data
        return {
            "counted_on": self.counted_on.data,
            "introduction": self.introduction.data or "",
            "earlier": queries.get_by_id(int(chosen)) if chosen else None,
            "correction": self.correction.data or "",
        }


class ReportForm(_Fields, CreatingForm):
    """A new report."""


class ReportEditForm(_Fields, EditingForm):
    """A changed draft, counted again."""


class EstablishForm(EditingForm):
    """Establish a draft as it was read; somebody who changed it meanwhile is noticed."""

    def differences_from(self, theirs: object) -> tuple[Difference, ...]:
        """Say that the draft itself is another one now: the page shows it."""
        words = _("Een collega heeft dit concept intussen gewijzigd. Lees het verslag opnieuw.")
        self.form_errors.append(words)
        return ()
