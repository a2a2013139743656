"""What a person changes in their own account."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from portal.accounts import mails
from portal.accounts.actions.links import CHANGE, kill_links, make_link, use_link
from portal.accounts.actions.recovery import set_password, tell_known
from portal.accounts.addresses import address_key
from portal.accounts.models import Account, AccountToken
from portal.accounts.passwords import Proof, SealedPassword, fits
from portal.accounts.queries import TokenDead, find_account
from portal.core import clock
from portal.core.db import db, lock_row
from portal.core.errors import FieldRefused, NotAllowed
from portal.core.i18n import gettext as _
from portal.policy import Person
from portal.services.history import record
from portal.services.reach import ReachChanged


def rename(account: Account, *, name: str, by: Person) -> None:
    """Give the account another name; twice is once."""
    if account.name != name:
        account.name = name
        record(account, "renamed", by=by)


def switch_desk_keys(account: Account, *, is_on: bool, by: Person) -> None:
    """Let single keys work at the desk for this account, or no longer; twice is once."""
    if account.has_desk_keys != is_on:
        account.has_desk_keys = is_on
        record(account, "desk_keys_on" if is_on else "desk_keys_off", by=by)


def prove_own(account: Account, password: str) -> Proof | None:
    """Return the proof that this is the account's password, None when it is not; slow."""
    hashed = account.password_hash
    return Proof(account.id, hashed) if fits(password, hashed) else None


def change_password(
    account: Account, *, password: SealedPassword, proof: Proof, by: Person
) -> None:
    """Set a new password; refused when the one that was proven is no longer the current one."""
    lock_row(account)
    if account.password_hash != proof.hash:
        raise FieldRefused("current_password", _("Uw wachtwoord is zojuist al gewijzigd."))
    set_password(account, password)
    record(account, "password_changed", by=by)


def ask_new_email(account: Account, *, email: str, by: Person) -> None:
    """Mail a link to the new address and word to the old one; nothing changes before it is used.

    An address that has an account gets word of that instead; the caller does not learn it. An
    old address that was never confirmed gets no mail: it may be a stranger's.
    """
    if address_key(email) == account.email_key:
        if account.unreachable_since is None:
            raise FieldRefused("new_email", _("Dit is al uw e-mailadres."))
        mails.email_confirmation(account, make_link(account, CHANGE, email=email), email=email)
        return
    if account.is_confirmed:
        mails.email_asked(account, email=email)
        record(account, "email_asked", by=by)
    known = find_account(email)
    if known is not None:
        tell_known(known, back=None)
        return
    mails.email_confirmation(account, make_link(account, CHANGE, email=email), email=email)


def follow_reach(event: ReachChanged) -> None:
    """Note of the account with an address that mail does not arrive there, or does again."""
    since = None if event.is_reached else clock.now()
    own = Account.email_key == address_key(event.email)
    db.session.execute(update(Account).where(own).values(unreachable_since=since))


def take_email(token: AccountToken, *, by: Person) -> Account:
    """Make the address behind the link the account's own, and tell the old address.

    Refused for anybody but the account itself: who reads the mail need not know the password.
    """
    if by.id != token.account_id:
        raise NotAllowed
    account = use_link(token)
    old = account.email
    try:
        with db.session.begin_nested():
            account.email = token.email
            account.email_key = address_key(token.email)
            db.session.flush()
    except IntegrityError as clash:
        raise TokenDead("taken", token.purpose) from clash
    account.unreachable_since = None
    if not account.is_confirmed:
        account.confirmed_at = clock.now()
    elif address_key(old) != account.email_key:
        mails.email_changed(account, old=old)
    # Links that went to the old address are no longer proof of anything.
    kill_links(account)
    record(account, "email_changed", by=by)
    return account
