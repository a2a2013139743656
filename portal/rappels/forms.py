"""The forms of the vereniging for a rappel: its plan, and sending what was looked at."""

from __future__ import annotations

from wtforms import HiddenField
from wtforms.fields import Field
from wtforms.validators import Optional, ValidationError

from portal.core import clock
from portal.core.errors import FieldRefused
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.web.forms import DayField, EditingForm, OnceForm


class CountedForm(OnceForm):
    """A button under a number of mails: it counts for as many as the page showed."""

    counted = HiddenField(default="")

    def refuse_other(self, number: int) -> None:
        """Raise FieldRefused, and show the new number, when it is no longer what was seen."""
        if self.counted.data == str(number):
            return
        self.counted.data = str(number)
        raise FieldRefused("", _("Het aantal mails is veranderd. Kijk nog een keer en verstuur."))


class PlanForm(EditingForm):
    """On which day a rappel is put ready by itself, and then every half year."""

    next_on = DayField(
        _l("Eerstvolgend rappel"),
        [Optional()],
        description=_l("Daarna elk half jaar op die dag. Leeg: alleen met de hand."),
    )

    def validate_next_on(self, field: Field) -> None:
        """Refuse a day that is over."""
        if field.data is not None and field.data <= clock.today():
            raise ValidationError(_("Kies een dag die nog komt."))
