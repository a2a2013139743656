"""What the forms of organisations have in common: numbers, names, roles."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import Form
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from portal.core.i18n import lazy_gettext as _l
from portal.organisations import identifiers
from portal.organisations.roles import ROLE_HINTS, ROLE_WORDS


class Number:
    """Validator: empty, or a number in a register, which the field then holds as it is stored."""

    def __init__(self, scheme: str) -> None:
        self.scheme = scheme

    def __call__(self, _form: Form, field: Field) -> None:
        if not field.data:
            return
        try:
            field.data = identifiers.read(self.scheme, field.data)
        except identifiers.IdentifierRefused as refusal:
            raise ValidationError(str(refusal.args[0])) from refusal


def letters(_form: Form, field: Field) -> None:
    """Validator: a name that can be read out, not only signs."""
    if sum(sign.isalnum() for sign in field.data or "") < 2:
        raise ValidationError(str(_l("Een naam heeft minstens twee letters of cijfers.")))


def role_choices(roles: Iterable[str] = tuple(ROLE_WORDS)) -> list[SelectChoice]:
    """Return roles to choose from, each with what it may do."""
    return [SelectChoice(role, f"{ROLE_WORDS[role]}: {ROLE_HINTS[role]}") for role in roles]
