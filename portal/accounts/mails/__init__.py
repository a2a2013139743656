"""The mails about accounts, and whom the acts of accounts concern."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from portal.accounts.models import Account, StaffInvitation
from portal.accounts.queries import find_account_by_id, staff_accounts
from portal.accounts.staff_roles import staff_role_word
from portal.core import clock
from portal.core.settings import settings
from portal.core.words import moment_words
from portal.services import mail, telling
from portal.services.telling import NOBODY, Audience, both, told_of


def confirmation(account: Account, token: str) -> None:
    """Mail the link with which an address is confirmed."""
    hours = round(settings().confirm_lifetime.total_seconds() / 3600)
    mail.send("account_confirm", to=account.email, locale=account.locale, token=token, hours=hours)


def reset(account: Account, token: str) -> None:
    """Mail the link with which a new password is set."""
    _with_link("account_reset", account, token)


def exists(account: Account, token: str | None) -> None:
    """Tell an address that was registered again that it has an account; with a way in, if any."""
    _with_link("account_exists", account, token)


def _with_link(template: str, account: Account, token: str | None) -> None:
    mail.send(
        template,
        to=account.email,
        locale=account.locale,
        # Before it is confirmed, anybody may have typed the name beside this address.
        addressee=account.name if account.is_confirmed else "",
        token=token,
        minutes=settings().reset_minutes,
    )


def password_set(account: Account) -> None:
    """Tell that the account has another password."""
    mail.send("account_password", to=account.email, locale=account.locale, addressee=account.name)


def new_browser(account: Account, *, device: str) -> None:
    """Tell that somebody signed in from a browser that the account did not know."""
    mail.send(
        "account_new_browser",
        to=account.email,
        locale=account.locale,
        addressee=account.name,
        device=device,
        moment=moment_words(clock.now(), account.locale),
    )


def blocked(account: Account) -> None:
    """Tell that nobody can sign in to the account."""
    mail.send("account_blocked", to=account.email, locale=account.locale, addressee=account.name)


def unblocked(account: Account) -> None:
    """Tell that the account can be entered again."""
    mail.send("account_unblocked", to=account.email, locale=account.locale, addressee=account.name)


def sessions_ended(account: Account) -> None:
    """Tell that the account was signed out everywhere."""
    mail.send(
        "account_sessions_ended", to=account.email, locale=account.locale, addressee=account.name
    )


def email_asked(account: Account, *, email: str) -> None:
    """Tell the present address that the account is to get another one."""
    _email("account_email_asked", account, to=account.email, email=email)


def email_changed(account: Account, *, old: str) -> None:
    """Tell the old address that the account has another one."""
    _email("account_email", account, to=old, email=account.email)


def _email(template: str, account: Account, *, to: str, email: str) -> None:
    mail.send(template, to=to, locale=account.locale, addressee=account.name, email=email)


def email_confirmation(account: Account, token: str, *, email: str) -> None:
    """Mail the link with which a new address is taken, to that address."""
    mail.send("account_email_confirm", to=email, locale=account.locale, token=token)


def roles_changed(account: Account) -> None:
    """Tell an account which roles it has in the vereniging from now on."""
    mail.send(
        "account_roles",
        to=account.email,
        locale=account.locale,
        addressee=account.name,
        is_moderator=account.is_moderator,
        is_beheerder=account.is_beheerder,
    )


def role_news(account: Account, changes: Mapping[str, bool], *, giver_id: int | None) -> None:
    """Tell everybody else with a role in the vereniging which role was given or taken, by whom.

    `changes` are the roles is_moderator and is_beheerder -> whether the account has it now.
    """
    giver = find_account_by_id(giver_id) if giver_id is not None else None
    for reader in staff_accounts():
        if reader.id not in (account.id, giver_id):
            mail.send(
                "account_role_news",
                to=reader.email,
                locale=reader.locale,
                addressee=reader.name,
                name=account.name,
                email=account.email,
                giver=giver.name if giver is not None else "",
                is_moderator=changes.get("is_moderator"),
                is_beheerder=changes.get("is_beheerder"),
            )


def staff_invitation(invitation: StaffInvitation, token: str, *, locale: str) -> None:
    """Invite somebody to a role, in the language of who invites, or their own with an account."""
    mail.send(
        "staff_invitation",
        to=invitation.email,
        locale=locale,
        inviter=invitation.author.name,
        role=staff_role_word(invitation.role, locale),
        email=invitation.email,
        token=token,
        days=-((clock.now() - invitation.expires_at) // timedelta(days=1)),
    )


def staff_invitation_accepted(invitation: StaffInvitation, account: Account) -> None:
    """Tell who invited somebody that the role is taken up."""
    author = invitation.author
    mail.send(
        "staff_invitation_accepted",
        to=author.email,
        locale=author.locale,
        addressee=author.name,
        name=account.name,
        email=account.email,
        role=staff_role_word(invitation.role, author.locale),
    )


# Who gets or loses it, and everybody else with a role there.
_ROLES = both(
    telling.mail("account_roles", Audience.PERSON),
    telling.mail("account_role_news", Audience.MODERATORS),
)

_OF_INVITATIONS = told_of(
    "staff_invitation",
    {
        "invite": telling.mail("staff_invitation", Audience.PERSON),
        # Everybody else with a role hears of the role itself.
        "accept": telling.mail("staff_invitation_accepted", Audience.WRITER),
        "revoke": NOBODY,
        "mailed_again": telling.mail("staff_invitation", Audience.PERSON),
    },
)

_OF_ACCOUNTS = told_of(
    "account",
    {
        "created": NOBODY,
        "confirmed": NOBODY,
        "renamed": NOBODY,
        "password_changed": telling.mail("account_password", Audience.PERSON),
        "password_reset": telling.mail("account_password", Audience.PERSON),
        # The link to the new address, and word of it to the one that is left.
        "email_asked": both(
            telling.mail("account_email_confirm", Audience.PERSON),
            telling.mail("account_email_asked", Audience.PERSON),
        ),
        "email_changed": telling.mail("account_email", Audience.PERSON),
        "blocked": telling.mail("account_blocked", Audience.PERSON),
        "unblocked": telling.mail("account_unblocked", Audience.PERSON),
        "sessions_ended": telling.mail("account_sessions_ended", Audience.PERSON),
        # Past the jobs: nothing of the address is kept.
        "erased": telling.mail("account_erased", Audience.PERSON),
        "moderator_given": _ROLES,
        "moderator_taken": _ROLES,
        "beheerder_given": _ROLES,
        "beheerder_taken": _ROLES,
        "second_factor_set": telling.mail("account_factor_set", Audience.PERSON),
        "second_factor_off": telling.mail("account_factor_off", Audience.PERSON),
        "second_factor_reset": both(
            telling.mail("account_factor_reset", Audience.PERSON),
            telling.mail("account_factor_reset_news", Audience.MODERATORS),
        ),
        "recovery_codes_renewed": telling.mail("account_recovery_renewed", Audience.PERSON),
        "recovery_code_used": telling.mail("account_recovery_used", Audience.PERSON),
        "desk_keys_on": NOBODY,
        "desk_keys_off": NOBODY,
    },
)

WHO_IS_TOLD = {**_OF_ACCOUNTS, **_OF_INVITATIONS}
