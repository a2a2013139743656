"""The form with which somebody says when they are away, and who stands in."""

from __future__ import annotations

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from portal.core.i18n import lazy_gettext as _l
from portal.organisations import queries
from portal.organisations.models.away import Absence
from portal.web.forms import CreatingForm, Filled
from portal.web.forms.fields import DayField


class AbsenceForm(CreatingForm):
    """Two days, and a colleague or nobody."""

    first_on = DayField(_l("Eerste dag"), [Filled(_l("Vul uw eerste dag afwezig in."))])
    last_on = DayField(_l("Laatste dag"), [Filled(_l("Vul uw laatste dag afwezig in."))])
    stand_in_id = SelectField(
        _l("Wie vervangt u?"),
        coerce=lambda value: "" if value is None else str(value),
        invalid_choice_message=_l("Kies een collega uit deze organisatie."),
    )

    def prepare(self, subject: Absence) -> None:
        """Offer the other members, and nobody."""
        self.stand_in_id.choices = [
            SelectChoice("", _l("Niemand")),
            *(
                SelectChoice(str(member.account_id), member.name)
                for member in queries.people_of(subject.organisation_id)
                if member.account_id != subject.account_id
            ),
        ]

    @property
    def chosen(self) -> int | None:
        """The number of the account that stands in; None: nobody."""
        return int(self.stand_in_id.data) if self.stand_in_id.data else None
