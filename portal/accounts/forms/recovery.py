"""Forgotten passwords."""

from __future__ import annotations

from wtforms import PasswordField

from portal.accounts.forms.fields import NewPasswordForm, ReturningForm
from portal.accounts.models import Account, AccountToken
from portal.core.i18n import lazy_gettext as _l
from portal.core.settings import settings
from portal.web.forms import Filled, MailAddressField, stripped


class ForgottenForm(ReturningForm):
    """The address that the link goes to."""

    email = MailAddressField(
        _l("E-mailadres"), [Filled(_l("Vul uw e-mailadres in."))], filters=[stripped]
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
