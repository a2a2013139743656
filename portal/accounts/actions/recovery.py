"""A new password for an account, and the mail to an address that registers twice."""

from __future__ import annotations

from portal.accounts import mails
from portal.accounts.actions.browsers import forget_browsers_of
from portal.accounts.actions.links import RESET, kill_links, make_link, use_link
from portal.accounts.actions.sessions import end_sessions_of
from portal.accounts.models import Account, AccountToken
from portal.accounts.passwords import SealedPassword
from portal.accounts.queries import find_account
from portal.core import clock
from portal.core.errors import FieldRefused
from portal.core.i18n import gettext as _
from portal.services import drafts
from portal.services.history import record
from portal.services.jobs import enqueue


def ask_reset(*, email: str, back: str | None) -> None:
    """Enqueue the mail with a link for a new password.

    Whether there is such an account is looked up by the worker: so known and unknown addresses
    cost the request the same.
    """
    enqueue("account_reset", {"email": email, "back": back})


def mail_reset(*, email: str, back: str | None) -> None:
    """Mail a link that is good for one new password, if the address has an account."""
    account = find_account(email)
    if account is None:
        return
    if account.is_blocked:
        mails.blocked(account)
        return
    mails.reset(account, make_link(account, RESET, back=back))


def tell_known(account: Account, *, back: str | None) -> None:
    """Mail an address that was registered again that it has an account.

    An account that was never confirmed may have been made by a stranger: its earlier links die,
    and the way in is a new password, which the owner of the address alone can choose.
    """
    if account.is_blocked:
        mails.blocked(account)
        return
    token = None
    if not account.is_confirmed:
        kill_links(account)
        token = make_link(account, RESET, back=back)
    mails.exists(account, token)


def set_password(account: Account, password: SealedPassword) -> None:
    """Give the account this password; links, sessions and known browsers end.

    A mail says so.
    """
    if account.is_staff and not password.is_long:
        raise FieldRefused("password", _("Uw rol vraagt om een langer wachtwoord."))
    account.password_hash = password.hash
    account.is_long_password = password.is_long
    kill_links(account)
    end_sessions_of(account.id)
    forget_browsers_of(account.id)
    mails.password_set(account)


def reset_password(token: AccountToken, *, password: SealedPassword) -> Account:
    """Set the password of the account of the link, which confirms its address as well.

    Whoever made an account that was not confirmed may be a stranger: what was typed is dropped.
    """
    account = use_link(token)
    if account.confirmed_at is None:
        account.confirmed_at = clock.now()
        drafts.forget_all(account.id)
    set_password(account, password)
    record(account, "password_reset", by=None, actor="link")
    return account
