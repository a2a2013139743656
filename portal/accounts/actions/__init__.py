"""Every write of accounts: making one, recovering, changing, roles; sessions.py begins sessions."""

from portal.accounts.actions.entry import (
    ask_confirmation,
    confirm,
    confirm_by_mail,
    create_confirmed,
    prove,
    register,
    register_invited,
    sign_in,
)
from portal.accounts.actions.inviting import (
    accept_role,
    invite_staff,
    mail_staff_again,
    revoke_staff_invitation,
)
from portal.accounts.actions.own import (
    ask_new_email,
    change_password,
    prove_own,
    rename,
    switch_desk_keys,
    take_email,
)
from portal.accounts.actions.recovery import ask_reset, mail_reset, reset_password
from portal.accounts.actions.roles import assign_roles
from portal.accounts.actions.second_factor import (
    must_have_factor,
    renew_codes,
    reset_factor,
    seal_anew,
    set_factor,
    take_code,
    take_recovery_code,
    turn_off_factor,
)

__all__ = [
    "accept_role",
    "ask_confirmation",
    "ask_new_email",
    "ask_reset",
    "assign_roles",
    "change_password",
    "confirm",
    "confirm_by_mail",
    "create_confirmed",
    "invite_staff",
    "mail_reset",
    "mail_staff_again",
    "must_have_factor",
    "prove",
    "prove_own",
    "register",
    "register_invited",
    "rename",
    "renew_codes",
    "reset_factor",
    "reset_password",
    "revoke_staff_invitation",
    "seal_anew",
    "set_factor",
    "sign_in",
    "switch_desk_keys",
    "take_code",
    "take_email",
    "take_recovery_code",
    "turn_off_factor",
]
