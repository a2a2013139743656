"""Passwords behind a link that was mailed: forgotten ones, and that of a new account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wtforms import PasswordField

from portal.accounts.forms.fields import NewPasswordForm, ReturningForm
from portal.accounts.models import Account, AccountToken
from portal.core.i18n import lazy_gettext as _l
from portal.core.settings import settings
from portal.core.tokens import token_hash
from portal.web.browser import Mark, find_mark
from portal.web.forms import CreatingForm, Filled, MailAddressField, one_line
from portal.web.person import viewer


class ForgottenForm(ReturningForm, CreatingForm):
    """The address that the link goes to."""

    email = MailAddressField(
        _l("E-mailadres"), [Filled(_l("Vul uw e-mailadres in."))], filters=[one_line]
    )


class ResetForm(NewPasswordForm):
    """A new password, behind the link that was mailed."""

    password = PasswordField(_l("Nieuw wachtwoord"), [Filled(_l("Kies een wachtwoord."))])
    account: Account

    def prepare(self, subject: AccountToken) -> None:
        self.account = subject.account

    def minimum(self) -> int:
        lengths = settings()
        return lengths.password_min_staff if self.account.is_staff else lengths.password_min

    def personal(self) -> tuple[str, ...]:
        return self.account.name, self.account.email

    def work_before_writing(self, subject: object) -> None:
        self.seal()


class ConfirmForm(ResetForm):
    """The password of the account, or a new one: who confirms an address has mail and password.

    Only the button in a browser of which the portal knows that the password was typed there.
    """

    current_password = PasswordField(_l("Wachtwoord"), [Filled(_l("Vul uw wachtwoord in."))])

    def prepare(self, subject: AccountToken) -> None:
        super().prepare(subject)
        self.is_proven = _is_typed_here(subject)
        if self.is_proven:
            del self.current_password, self.password

    @property
    def is_known(self) -> bool:
        """Whether the password of the account was sent, and no new one."""
        return not self.is_proven and bool(self.current_password.raw_data)

    @property
    def is_new(self) -> bool:
        """Whether a new password is to be set."""
        return not self.is_proven and not self.is_known

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        """Look only at the password of the two that was asked for."""
        super().validate(extra_validators)
        if not self.is_proven:
            other = self.password if self.is_known else self.current_password
            other.errors = []
        return not self.errors

    def work_before_writing(self, subject: object) -> None:
        if self.is_new:
            self.seal()


def _is_typed_here(token: AccountToken) -> bool:
    """Return whether the password of the account was typed in this browser.

    It is signed in as the account, or it is the one that asked for the link.
    """
    mark = find_mark(Mark.REGISTERED)
    asked_here = mark is not None and token_hash(mark) == token.mark_hash
    return asked_here or viewer().id == token.account_id
