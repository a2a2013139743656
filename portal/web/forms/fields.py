"""Fields that many forms have: a day, a web address, an e-mail address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeAlias

from markupsafe import Markup
from wtforms import DateField, EmailField, Form, StringField
from wtforms.fields import Field
from wtforms.validators import StopValidation

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.mail_addresses import LONGEST, read_mail_address, typed_mail_address
from portal.core.web_addresses import (
    MOST_CHARACTERS,
    WebAddressRefused,
    read_homepage,
    read_web_address,
)
from portal.core.words import too_long

Validator: TypeAlias = Callable[[Form, Field], None]

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


class DayField(DateField):
    """A day that may be left empty; written as a browser does, or as 3-7-2019."""

    data: Any

    def __init__(
        self, label: object = None, validators: Sequence[Validator] = (), **options: object
    ) -> None:
        super().__init__(
            label,
            validators,
            format=["%Y-%m-%d", "%d-%m-%Y"],
            invalid_value_message=_l(
                "Deze datum bestaat niet. Vul een andere datum in, bijvoorbeeld 31-12-2025."
            ),
            **options,
        )

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was sent; nothing is no day."""
        if valuelist and valuelist[0].strip():
            super().process_formdata([valuelist[0].strip()])
        elif valuelist:
            self.data = None

    def pre_validate(self, _form: Form) -> None:
        """Refuse the day with one message: the first thing that is wrong with it."""
        if self.process_errors:
            raise StopValidation
        if self.data is not None and not FIRST_DAY <= self.data <= LAST_DAY:
            raise StopValidation(_("Kies een datum tussen 1900 en 2199."))


class WebAddressField(StringField):
    """The address of a page, or nothing; once it is valid, `data` is the address to store.

    A homepage, which stands for an organisation, loses what comes after the `#`.
    """

    data: Any

    def __init__(
        self,
        label: object = None,
        validators: Sequence[Validator] = (),
        *,
        most: int = MOST_CHARACTERS,
        is_homepage: bool = False,
        **options: object,
    ) -> None:
        super().__init__(label, validators, **options)
        self.most = most
        self.is_homepage = is_homepage

    def pre_validate(self, _form: Form) -> None:
        """Read the address as people type it."""
        if not self.data:
            return
        read = read_homepage if self.is_homepage else read_web_address
        try:
            self.data = read(self.data, most=self.most)
        except WebAddressRefused as refusal:
            raise StopValidation(str(refusal)) from refusal


class MailAddressField(EmailField):
    """An e-mail address that mail can go to, or nothing; `data` is the address to store."""

    data: Any

    def __call__(self, **attributes: object) -> Markup:
        """Show the address as it was typed."""
        shown = typed_mail_address(self.data) if self.data else ""
        written: Markup = super().__call__(**{"value": shown, **attributes})
        return written

    def pre_validate(self, _form: Form) -> None:
        """Read the address."""
        if not self.data:
            return
        if len(self.data) > LONGEST:
            raise StopValidation(too_long(len(self.data), most=LONGEST))
        address = read_mail_address(self.data)
        if address is None:
            raise StopValidation(_("Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl."))
        self.data = address
