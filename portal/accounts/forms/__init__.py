"""Forms of accounts: entering, recovering, changing, giving roles."""

from portal.accounts.forms.entry import RegisterForm, ResendForm, SignInForm
from portal.accounts.forms.fields import ReturningForm
from portal.accounts.forms.own import (
    ChangeEmailForm,
    ChangePasswordForm,
    DeskKeysForm,
    ProvingForm,
    RenameForm,
    StopSessionForm,
    TypedTextForm,
)
from portal.accounts.forms.recovery import ConfirmForm, ForgottenForm, ResetForm
from portal.accounts.forms.roles import InviteStaffForm, RolesForm
from portal.accounts.forms.second_factor import (
    CodeForm,
    RecoveryCodeForm,
    RenewCodesForm,
    ResetFactorForm,
    SetFactorForm,
    TurnOffForm,
)

__all__ = [
    "ChangeEmailForm",
    "ChangePasswordForm",
    "CodeForm",
    "ConfirmForm",
    "DeskKeysForm",
    "ForgottenForm",
    "InviteStaffForm",
    "ProvingForm",
    "RecoveryCodeForm",
    "RegisterForm",
    "RenameForm",
    "RenewCodesForm",
    "ResendForm",
    "ResetFactorForm",
    "ResetForm",
    "ReturningForm",
    "RolesForm",
    "SetFactorForm",
    "SignInForm",
    "StopSessionForm",
    "TurnOffForm",
    "TypedTextForm",
]
