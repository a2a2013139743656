"""What the operator does to an account at the keyboard: block it, or end what is open of it."""

from __future__ import annotations

from portal.accounts import mails
from portal.accounts.actions.browsers import forget_browsers_of
from portal.accounts.actions.links import kill_links
from portal.accounts.actions.sessions import end_sessions_of
from portal.accounts.models import Account
from portal.core import clock
from portal.core.log import event
from portal.services.history import record

OPERATOR = "beheer op de server"


def block(account: Account) -> None:
    """Let nobody in to the account, by a password nor by a link, until it is unblocked."""
    account.blocked_at = clock.now()
    kill_links(account)
    _end_all(account)
    record(account, "blocked", by=None, actor=OPERATOR)
    event("account_blocked", account=account.id)
    mails.blocked(account)


def unblock(account: Account) -> None:
    """Let the owner of the account in again, with the same password."""
    account.blocked_at = None
    record(account, "unblocked", by=None, actor=OPERATOR)
    event("account_unblocked", account=account.id)
    mails.unblocked(account)


def end_everywhere(account: Account) -> None:
    """End every session of the account, and know no browser of it any more."""
    _end_all(account)
    record(account, "sessions_ended", by=None, actor=OPERATOR)
    event("sessions_ended", account=account.id)
    mails.sessions_ended(account)


def _end_all(account: Account) -> None:
    end_sessions_of(account.id)
    forget_browsers_of(account.id)
