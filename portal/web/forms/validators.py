"""What a field refuses, each thing in one place, with its message for the reader."""

from __future__ import annotations

import re

from wtforms import Form
from wtforms.fields import Field
from wtforms.validators import StopValidation, ValidationError

from portal.core import clock
from portal.core.folding import shows_nothing
from portal.core.i18n import gettext as _
from portal.core.web_addresses import WEB_LINK
from portal.core.words import too_long

WEB_ADDRESS = re.compile(r"://|www\.|\w/\w", re.IGNORECASE)


class Filled:
    """Validator: something must be filled in; the message says what."""

    field_flags = {"required": True}

    def __init__(self, message: object) -> None:
        self.message = message

    def __call__(self, _form: Form, field: Field) -> None:
        value = field.data
        if value is None or value is False or (isinstance(value, str | list) and not value):
            field.errors = []
            raise StopValidation(str(self.message))
        if isinstance(value, str) and shows_nothing(value):
            raise StopValidation(str(self.message))


class AtMost:
    """Validator: no more than so many characters, counted as the reader counts them.

    Nothing is cut: the browser hears of no limit, and what is too long stays to be shortened.
    """

    def __init__(self, characters: int) -> None:
        self.characters = characters
        self.field_flags = {"most": characters}

    def __call__(self, _form: Form, field: Field) -> None:
        length = len((field.data or "").replace("\r\n", "\n"))
        if length > self.characters:
            # What comes after this, such as a pattern, need not bear a text of any length.
            raise StopValidation(too_long(length, most=self.characters))


class NotInFuture:
    """Validator: a day that has come, or none."""

    def __call__(self, _form: Form, field: Field) -> None:
        if field.data is not None and field.data > clock.today():
            raise ValidationError(_("Deze datum ligt in de toekomst. Kies vandaag of eerder."))


def no_web_address(_form: Form, field: Field) -> None:
    """Validator: a name is no advertisement; it stands in mails and beside comments."""
    if WEB_ADDRESS.search(field.data or ""):
        raise ValidationError(_("Vul alleen uw naam in, zonder webadres."))


def no_link(_form: Form, field: Field) -> None:
    """Validator: the name of an organisation or a function stands in mails to strangers."""
    if WEB_LINK.search(field.data or ""):
        raise ValidationError(_("Vul hier geen webadres in."))
