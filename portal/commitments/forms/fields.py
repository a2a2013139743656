"""Fields and checks of the forms about commitments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import DateField, Form, SelectMultipleField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from portal.core import clock
from portal.core.i18n import lazy_gettext as _l
from portal.web.forms import PortalForm

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#\\@]+\.[^\s\\]+", re.IGNORECASE)


class DayField(DateField):
    """A day that may be left empty; written as a browser does, or as 3-7-2019."""

    def __init__(self, label: Any = None, validators: Any = (), **options: Any) -> None:
        super().__init__(
            label,
            validators,
            format=["%Y-%m-%d", "%d-%m-%Y"],
            invalid_value_message=_l("Vul een datum in die bestaat, bijvoorbeeld 3-7-2019."),
            **options,
        )

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was sent; nothing is no day."""
        if valuelist and valuelist[0].strip():
            super().process_formdata([valuelist[0].strip()])
        elif valuelist:
            self.data = None

    def pre_validate(self, _form: Form) -> None:
        """Let the first thing that is wrong with the day be the only one that is said."""
        if self.process_errors:
            raise StopValidation
        if self.data is not None and not FIRST <= self.data <= LAST:
            raise StopValidation(str(_l("Kies een datum tussen 1900 en 2199.")))


class TagsField(SelectMultipleField):
    """Any number of layers or themes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any = None, **options: Any) -> None:
        super().__init__(label, coerce=int, choices=[], **options)


class DatedForm(PortalForm):
    """A form with days in it: they too stand again after signing in."""

    def draft_fields(self) -> dict[str, Any]:
        """Return what is kept, with days as words."""
        days = [field for field in self if isinstance(field, DayField) and field.data]
        return {**super().draft_fields(), **{f.short_name: f.data.isoformat() for f in days}}

    def put_back(self, kept: dict[str, Any]) -> None:
        """Fill the fields, with words read as days again."""
        days = {name for name in kept if name in self and isinstance(self[name], DayField)}
        super().put_back({k: date.fromisoformat(v) if k in days else v for k, v in kept.items()})


class NotInFuture:
    """Validator: a day that has come."""

    def __call__(self, _form: Form, field: Field) -> None:
        if field.data is not None and field.data > clock.today():
            raise ValidationError(
                str(_l("Deze datum ligt in de toekomst. Kies vandaag of eerder."))
            )


class WebAddress:
    """Validator: an address of a page, or nothing."""

    def __call__(self, _form: Form, field: Field) -> None:
        if field.data and not _WEB_ADDRESS.fullmatch(field.data):
            raise ValidationError(
                str(_l("Vul een volledig webadres in, bijvoorbeeld https://www.voorbeeld.nl/plan."))
            )


def choices_of(words: Mapping[str, Any]) -> list[SelectChoice]:
    """Return choices in the order of `words`: value -> label."""
    return [SelectChoice(value, label) for value, label in words.items()]
