"""A stale save: each field in which two people differ, both in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wtforms import SelectField
from wtforms.fields import Field

from portal.core.i18n import gettext as _
from portal.core.words import date_words


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a stale save: what stands there now, and what was typed."""

    field: Field
    theirs: str
    yours: str


def in_words(field: Field, value: object) -> str:
    """Return a value of a field as its page shows it: the label of a choice, yes or no, a day."""
    if isinstance(value, bool):
        return str(_("ja") if value else _("nee"))
    if isinstance(field, SelectField):
        labels: dict[str, str] = {
            str(choice.value): str(choice.label) for choice in field.choices or ()
        }
        standing = str(value or "")
        return labels.get(standing, standing)
    if isinstance(value, date):
        return date_words(value)
    return str(value or "")
