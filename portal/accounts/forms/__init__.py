"""Forms of accounts: entering, recovering, changing, giving roles."""

from portal.accounts.forms.entry import RegisterForm, ResendForm, SignInForm
from portal.accounts.forms.fields import ReturningForm
from portal.accounts.forms.own import (
    ChangeEmailForm,
    ChangePasswordForm,
    ProvingForm,
    RenameForm,
    StopSessionForm,
    TypedTextForm,
)
from portal.accounts.forms.recovery import ConfirmForm, ForgottenForm, ResetForm
from portal.accounts.forms.roles import RolesForm

__all__ = [
    "ChangeEmailForm",
    "ChangePasswordForm",
    "ConfirmForm",
    "ForgottenForm",
    "ProvingForm",
    "RegisterForm",
    "RenameForm",
    "ResendForm",
    "ResetForm",
    "ReturningForm",
    "RolesForm",
    "SignInForm",
    "StopSessionForm",
    "TypedTextForm",
]
