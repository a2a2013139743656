"""What the forms of accounts have in common: new passwords, the way back."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from wtforms import HiddenField, PasswordField
from wtforms.fields import Field
from wtforms.validators import ValidationError

from portal.accounts.passwords import SealedPassword, Weakness, seal, weakness
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.settings import settings
from portal.web.address import safe_path
from portal.web.forms import Filled, PortalForm


class ReturningForm(PortalForm):
    """A form on the way to somewhere: where its reader was, and the draft of what was typed."""

    verder = HiddenField()
    concept = HiddenField()

    def prepare(self, subject: Any) -> None:
        if request.method == "GET":
            self.verder.data = safe_path(request.args.get("verder"), "")
            self.concept.data = request.args.get("concept", "")[:100]

    @property
    def back(self) -> str | None:
        """Where the reader was; None when that was nowhere, or not on this site."""
        return safe_path(self.verder.data, "") or None

    @property
    def way_back(self) -> dict[str, Any]:
        """What an address carries to the next page on the way."""
        carried = {"verder": self.back, "concept": self.concept.data}
        return {name: value for name, value in carried.items() if value}

    @property
    def sign_in_at(self) -> str:
        """The sign-in page that leads to where the reader was."""
        return url_for("accounts.sign_in", **self.way_back)


class NewPasswordForm(PortalForm):
    """A form in which a password is chosen; `sealed` is what is kept of it."""

    password = PasswordField(_l("Wachtwoord"), [Filled(_l("Vul een wachtwoord in."))])
    sealed: SealedPassword

    def minimum(self) -> int:
        """Return how many characters are asked for."""
        return settings().password_min

    def personal(self) -> tuple[str, ...]:
        """Return what the password may not be: name and e-mail address."""
        return ()

    def validate_password(self, field: Field) -> None:
        found = weakness(field.data, minimum=self.minimum(), personal=self.personal())
        if found is Weakness.SHORT:
            raise ValidationError(_("Gebruik minstens %(minimum)d tekens.", minimum=self.minimum()))
        if found is Weakness.LONG:
            raise ValidationError(_("Gebruik hoogstens 1000 tekens."))
        if found is Weakness.PERSONAL:
            raise ValidationError(_("Gebruik niet uw naam of e-mailadres als wachtwoord."))
        if found is Weakness.COMMON:
            raise ValidationError(
                _("Dit wachtwoord is te makkelijk te raden. Kies een zin met een paar woorden.")
            )

    def seal(self) -> None:
        """Hash the password that was chosen: one run."""
        self.sealed = seal(self.password.data, long_from=settings().password_min_staff)
