"""What the forms of accounts have in common: new passwords, the way back."""

from __future__ import annotations

from typing import TypedDict

from flask import request, url_for
from wtforms import Form, HiddenField, PasswordField
from wtforms.fields import Field
from wtforms.validators import ValidationError

from portal.accounts.names import names_an_organisation
from portal.accounts.passwords import SealedPassword, Weakness, seal, weakness
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.settings import settings
from portal.web.address import safe_path
from portal.web.forms import Filled, PortalForm


def own_name(_form: Form, field: Field) -> None:
    """Validator: an account is a person; what it does for an organisation is said elsewhere."""
    if not field.errors and names_an_organisation(field.data or ""):
        raise ValidationError(_("Vul uw eigen naam in. De organisatie noemt u later."))


class WayBack(TypedDict, total=False):
    """Arguments of an address: the page to return to."""

    verder: str


class ReturningForm(PortalForm):
    """A form on the way through sign-in: the page to return to."""

    verder = HiddenField()

    def prepare(self, subject: object) -> None:
        if request.method == "GET":
            self.verder.data = safe_path(request.args.get("verder"), "")

    @property
    def back(self) -> str | None:
        """The path of the page to return to; None without one, and for one of another site."""
        return safe_path(self.verder.data, "") or None

    @property
    def way_back(self) -> WayBack:
        """The arguments in the address of the next page on the way: none without a way back."""
        back = self.back
        return {"verder": back} if back else {}

    @property
    def sign_in_at(self) -> str:
        """The path of the sign-in page that leads to the page to return to."""
        return url_for("accounts.sign_in", **self.way_back)


class NewPasswordForm(PortalForm):
    """A form in which a password is chosen; `sealed` is its hash, once the door did its work."""

    password = PasswordField(_l("Wachtwoord"), [Filled(_l("Vul een wachtwoord in."))])
    sealed: SealedPassword

    def minimum(self) -> int:
        """Return the least number of characters."""
        return settings().password_min

    def personal(self) -> tuple[str, ...]:
        """Return the texts that the password may not be: name and e-mail address."""
        return ()

    def validate_password(self, field: Field) -> None:
        reason = weakness(field.data, minimum=self.minimum(), personal=self.personal())
        if reason is Weakness.SHORT:
            raise ValidationError(_("Gebruik minstens %(minimum)d tekens.", minimum=self.minimum()))
        if reason is Weakness.LONG:
            raise ValidationError(_("Gebruik hoogstens 1000 tekens."))
        if reason is Weakness.PERSONAL:
            raise ValidationError(_("Gebruik niet uw naam of e-mailadres als wachtwoord."))
        if reason is Weakness.COMMON:
            raise ValidationError(
                _("Dit wachtwoord is te makkelijk te raden. Kies een zin met een paar woorden.")
            )

    def seal(self) -> None:
        """Hash the password that was chosen: one run."""
        self.sealed = seal(self.password.data, long_from=settings().password_min_staff)
