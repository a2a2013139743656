"""Registering, signing in, asking for the confirmation mail again."""

from __future__ import annotations

from typing import Any

from flask import request
from wtforms import EmailField, PasswordField, StringField

from portal.accounts.addresses import address_key
from portal.accounts.forms.fields import (
    NewPasswordForm,
    ReturningForm,
    quietly,
)
from portal.accounts.passwords import SealedPassword, fits, is_outdated, seal
from portal.accounts.queries import find_password
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.log import event
from portal.core.mail_addresses import read_mail_address
from portal.core.settings import settings
from portal.services import drafts, limits
from portal.web.address import client_address, here
from portal.web.forms import (
    AtMost,
    CreatingForm,
    Filled,
    MailAddressField,
    no_web_address,
    one_line,
    stripped,
)
from portal.web.person import viewer


class RegisterForm(ReturningForm, NewPasswordForm, CreatingForm):
    """Name, e-mail address and password of somebody new."""

    name = StringField(
        _l("Naam"),
        [Filled(_l("Vul uw naam in.")), AtMost(120), no_web_address],
        filters=[one_line],
    )
    email = MailAddressField(
        _l("E-mailadres"), [Filled(_l("Vul uw e-mailadres in."))], filters=[stripped]
    )
    password = PasswordField(_l("Wachtwoord"), [Filled(_l("Kies een wachtwoord."))])
    may_tell = False

    def personal(self) -> tuple[str, ...]:
        return self.name.data or "", self.email.data or ""

    def work_before_writing(self, subject: Any) -> None:
        limits.hit("register_address", client_address())
        self.may_tell = quietly("known_account", address_key(self.email.data))
        self.seal()


class SignInForm(ReturningForm):
    """E-mail address and password; `account_id` and `proven` hold when they belong together."""

    email = EmailField(
        _l("E-mailadres"), [Filled(_l("Vul uw e-mailadres in."))], filters=[stripped]
    )
    password = PasswordField(_l("Wachtwoord"), [Filled(_l("Vul uw wachtwoord in."))])
    account_id = 0
    proven = ""
    renewed: SealedPassword | None = None

    def work_before_writing(self, subject: Any) -> None:
        email = read_mail_address(self.email.data) or self.email.data
        limits.hit("sign_in_address", client_address())
        limits.hit("sign_in_account", address_key(email))
        limits.hit("sign_in_all", "all")
        found = find_password(email)
        if not fits(self.password.data, found[1] if found is not None else None) or not found:
            event("sign_in_refused")
            self.refuse("", _("Het e-mailadres of het wachtwoord klopt niet."))
            return
        self.account_id, self.proven = found
        if is_outdated(self.proven):
            long_from = settings().password_min_staff
            self.renewed = seal(self.password.data, long_from=long_from)


class ResendForm(ReturningForm):
    """The button that sends the confirmation mail again, and leads back afterwards."""

    def prepare(self, subject: Any) -> None:
        if request.endpoint == "accounts.unconfirmed":
            super().prepare(subject)
        else:
            self.verder.data = _interrupted_at()


def _interrupted_at() -> str:
    """Return where somebody was stopped who must confirm first: at a page, or with a text."""
    person = viewer()
    if request.method == "GET" or person.id is None:
        return here()
    return drafts.newest_address(person.id) or ""
