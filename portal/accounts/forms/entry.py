"""Registering, signing in, asking for the confirmation mail again."""

from __future__ import annotations

from functools import cached_property

from flask import request
from wtforms import EmailField, PasswordField, StringField
from wtforms.fields import Field
from wtforms.validators import ValidationError

from portal.accounts.addresses import address_key
from portal.accounts.browsers import known_mark
from portal.accounts.forms.fields import (
    NewPasswordForm,
    ReturningForm,
    own_name,
)
from portal.accounts.passwords import Proof
from portal.accounts.queries.staff_invitations import invited_staff_address
from portal.accounts.roles import invited_address
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.mail_addresses import read_mail_address, shown_mail_address
from portal.core.settings import settings
from portal.services import drafts
from portal.web import typed
from portal.web.address import here
from portal.web.forms import (
    AtMost,
    CreatingForm,
    Filled,
    MailAddressField,
    no_web_address,
    one_line,
)
from portal.web.person import viewer


class RegisterForm(ReturningForm, NewPasswordForm, CreatingForm):
    """Name, e-mail address and password of a new account."""

    name = StringField(
        _l("Naam"),
        [Filled(_l("Vul uw naam in.")), AtMost(120), no_web_address, own_name],
        filters=[one_line],
    )
    email = MailAddressField(
        _l("E-mailadres"), [Filled(_l("Vul uw e-mailadres in."))], filters=[one_line]
    )
    password = PasswordField(_l("Wachtwoord"), [Filled(_l("Kies een wachtwoord."))])

    def prepare(self, subject: object) -> None:
        super().prepare(subject)
        if request.method == "GET":
            self.email.data = self.invited

    @property
    def invited(self) -> str | None:
        """The address whose mail this reader has: an invitation to it is the page to return to."""
        return invited_address()(self.back) or self.invited_to_role if self.back else None

    @property
    def invited_to_role(self) -> str | None:
        """The same, of an invitation to a role in the vereniging."""
        return invited_staff_address(self.back) if self.back else None

    def minimum(self) -> int:
        lengths = settings()
        return lengths.password_min_staff if self.invited_to_role else lengths.password_min

    def validate_email(self, field: Field) -> None:
        invited = self.invited
        if invited is not None and address_key(field.data) != address_key(invited):
            raise ValidationError(
                _(
                    "De uitnodiging is voor %(email)s. Registreer u met dat adres.",
                    email=shown_mail_address(invited),
                )
            )

    def personal(self) -> tuple[str, ...]:
        return self.name.data or "", self.email.data or ""

    def work_before_writing(self, subject: object) -> None:
        self.seal()


class SignInForm(ReturningForm):
    """E-mail address and password; `proof` is set once they belong together."""

    email = EmailField(
        _l("E-mailadres"), [Filled(_l("Vul uw e-mailadres in."))], filters=[one_line]
    )
    password = PasswordField(_l("Wachtwoord"), [Filled(_l("Vul uw wachtwoord in."))])
    proof: Proof

    @property
    def is_for_text(self) -> bool:
        """Whether it leads to a form with what was typed in this browser."""
        address = typed.interrupted_at()
        return address is not None and self.back in (None, address)

    @property
    def typed_address(self) -> str:
        """The address as accounts have it, or the typed text when that is no address."""
        return read_mail_address(self.email.data) or str(self.email.data)

    @cached_property
    def known_mark(self) -> str | None:
        """What this browser is known by to the account with that address; None when it is not."""
        return known_mark(self.typed_address)


class ResendForm(ReturningForm, CreatingForm):
    """The button that sends the confirmation mail again, and leads back afterwards."""

    def prepare(self, subject: object) -> None:
        if request.endpoint == "accounts.unconfirmed":
            super().prepare(subject)
        else:
            self.verder.data = _interrupted_at()


def _interrupted_at() -> str:
    """Return the page at which the viewer must confirm first, or that of the draft just kept."""
    person = viewer()
    if request.method == "GET" or person.id is None:
        return here()
    return drafts.newest_address(drafts.Owner(person.id)) or ""
