"""Codes: on the way in, and to set up, renew or turn off what asks for them."""

from __future__ import annotations

from typing import Any

from wtforms import PasswordField, TextAreaField
from wtforms.widgets import TextInput

from portal.accounts.forms.fields import ReturningForm
from portal.accounts.forms.own import ProvingForm
from portal.accounts.queries.second_factor import find_factor
from portal.core.i18n import lazy_gettext as _l
from portal.web.forms import AtMost, CreatingForm, Filled, stripped

# A recovery code with all its dashes and some spaces is far shorter.
MOST_OF_CODE = 60
MOST_OF_REASON = 1000


class CodeField(PasswordField):
    """A code: seen while it is typed, and like a password never shown again or kept in a draft."""

    widget = TextInput()

    def __init__(self, label: object, missing: object, **options: object) -> None:
        checks = [Filled(missing), AtMost(MOST_OF_CODE)]
        super().__init__(label, checks, filters=[stripped], **options)

    def _value(self) -> str:
        return ""


class CodeForm(ReturningForm):
    """The code that the telephone shows."""

    code = CodeField(_l("Code uit uw app"), _l("Vul de code in die uw app laat zien."))


class RecoveryCodeForm(ReturningForm):
    """A recovery code instead."""

    code = CodeField(_l("Herstelcode"), _l("Vul een van uw herstelcodes in."))


class SetFactorForm(ReturningForm, ProvingForm):
    """A telephone: the code that it shows, and one of the telephone before, if there is one."""

    old_code = CodeField(
        _l("Code van uw huidige telefoon, of een herstelcode"),
        _l("Vul een code van uw huidige telefoon in, of een herstelcode."),
    )
    code = CodeField(_l("Code uit de app"), _l("Vul de code in die de app laat zien."))

    def prepare(self, subject: Any) -> None:
        """Ask for no former telephone where there is none."""
        super().prepare(subject)
        if find_factor(subject.id) is None:
            del self.old_code

    @property
    def typed_old_code(self) -> str:
        """The code of the former telephone, "" where there is none."""
        return str(self.old_code.data) if "old_code" in self else ""


class RenewCodesForm(ProvingForm):
    """Fresh recovery codes, for whoever has the password and a code."""

    code = CodeField(
        _l("Code uit uw app, of een herstelcode"),
        _l("Vul de code in die uw app laat zien, of een herstelcode."),
    )


class TurnOffForm(CreatingForm):
    """No codes any more."""

    code = CodeField(
        _l("Code uit uw app, of een herstelcode"),
        _l("Vul de code in die uw app laat zien, of een herstelcode."),
    )


class ResetFactorForm(CreatingForm):
    """Why the second factor of somebody else is taken away."""

    reason = TextAreaField(
        _l("Reden"),
        [Filled(_l("Schrijf op waarom.")), AtMost(MOST_OF_REASON)],
        filters=[stripped],
    )
