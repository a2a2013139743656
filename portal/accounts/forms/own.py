"""Changing one's own name, e-mail address and password."""

from __future__ import annotations

from flask import url_for
from wtforms import BooleanField, PasswordField, StringField

from portal.accounts.forms.fields import NewPasswordForm, ReturningForm, own_name
from portal.accounts.models import Account
from portal.accounts.passwords import Proof
from portal.accounts.queries.staff_invitations import invited_staff_address
from portal.core.i18n import lazy_gettext as _l
from portal.core.settings import settings
from portal.web.forms import (
    AtMost,
    CreatingForm,
    Filled,
    MailAddressField,
    OnceForm,
    PortalForm,
    no_web_address,
    one_line,
)


class RenameForm(PortalForm):
    """Another name."""

    is_remembered = True

    name = StringField(
        _l("Naam"),
        [Filled(_l("Vul uw naam in.")), AtMost(120), no_web_address, own_name],
        filters=[one_line],
    )


class DeskKeysForm(PortalForm):
    """Whether single keys work at the moderators' desk."""

    has_desk_keys = BooleanField(_l("Toetsen gebruiken in de werkvoorraad"))


class ProvingForm(PortalForm):
    """A form that asks for the current password; `proof` is set once it was right."""

    current_password = PasswordField(
        _l("Huidig wachtwoord"), [Filled(_l("Vul uw huidige wachtwoord in."))]
    )
    proof: Proof


class ChangeEmailForm(ProvingForm, CreatingForm):
    """Another e-mail address."""

    page_order = ("new_email",)

    new_email = MailAddressField(
        _l("Nieuw e-mailadres"),
        [Filled(_l("Vul het nieuwe e-mailadres in."))],
        filters=[one_line],
    )


class ChangePasswordForm(ReturningForm, ProvingForm, NewPasswordForm, CreatingForm):
    """Another password; leads back to the page that asked for it."""

    password = PasswordField(_l("Nieuw wachtwoord"), [Filled(_l("Kies een nieuw wachtwoord."))])
    account: Account

    def prepare(self, subject: object) -> None:
        super().prepare(subject)
        assert isinstance(subject, Account)  # noqa: S101
        self.account = subject

    def minimum(self) -> int:
        """Return the least number of characters: more for a role, or an invitation to one."""
        lengths = settings()
        is_long = self.account.is_staff or (
            self.back is not None and invited_staff_address(self.back) is not None
        )
        return lengths.password_min_staff if is_long else lengths.password_min

    def personal(self) -> tuple[str, ...]:
        return self.account.name, self.account.email

    def work_before_writing(self, subject: object) -> None:
        self.seal()


class TypedTextForm(ReturningForm):
    """The button under what was typed, to throw it away or put it back; leads back to its form."""

    def draft_address(self, subject: object) -> str:
        return url_for("accounts.overview")


class StopSessionForm(OnceForm):
    """The button that ends a session."""

    def draft_address(self, subject: object) -> str:
        return url_for("accounts.sessions")
