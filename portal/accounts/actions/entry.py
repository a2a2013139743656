"""Making an account, confirming its address, and entering."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from portal.accounts import mails
from portal.accounts.actions.browsers import forget_browsers_of
from portal.accounts.actions.links import CONFIRM, kill_links, make_link, use_link
from portal.accounts.actions.recovery import tell_known
from portal.accounts.actions.sessions import end_sessions_of
from portal.accounts.addresses import address_key
from portal.accounts.models import Account, AccountToken
from portal.accounts.passwords import Proof, SealedPassword, fits, is_outdated, seal
from portal.accounts.queries import TokenDead, find_account, find_password
from portal.core import clock
from portal.core.db import db, lock_row
from portal.core.errors import AlreadyExists, FieldRefused
from portal.core.i18n import gettext as _
from portal.core.settings import settings
from portal.services import drafts
from portal.services.history import record


def _make(name: str, email: str, password: SealedPassword, locale: str) -> Account | None:
    """Return a new account, None when the address has one."""
    account = Account(
        name=name,
        email=email,
        email_key=address_key(email),
        password_hash=password.hash,
        is_long_password=password.is_long,
        locale=locale,
        created_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(account)
            db.session.flush()
    except IntegrityError:
        return None
    return account


def register(
    *,
    name: str,
    email: str,
    password: SealedPassword,
    locale: str,
    back: str | None,
    browser: drafts.Owner | None,
    mark_hash: str,
    sign_in_at: str,
    may_tell: bool,
) -> None:
    """Make an account that waits for its confirmation, and mail the link.

    An address that has an account gets a mail that says so (`may_tell`: not too often); the
    caller does not learn which of the two it was. `back` is the page to return to, `sign_in_at`
    the sign-in page that leads there, `browser` the owner of what was typed before, `mark_hash`
    that of the mark of a browser that registers.
    """
    account = _make(name, email, password, locale)
    if account is not None:
        if browser is not None:
            drafts.share(browser, account.id)
        _mail_confirmation(account, back, mark_hash)
        return
    known = find_account(email)
    if known is not None and may_tell:
        tell_known(known, back=sign_in_at)


def register_invited(
    *, name: str, email: str, password: SealedPassword, locale: str
) -> Account | None:
    """Return a new account that is confirmed, for who shows the link of an invitation to `email`.

    None when the address has an account: that mail gives no way into it.
    """
    account = _make(name, email, password, locale)
    if account is not None:
        confirm_by_mail(account)
    return account


def create_confirmed(
    *,
    name: str,
    email: str,
    password: SealedPassword,
    is_moderator: bool = False,
    is_beheerder: bool = False,
    locale: str = "nl",
) -> Account:
    """Return a new account that needs no confirmation; AlreadyExists when the address has one."""
    account = _make(name, email, password, locale)
    if account is None:
        raise AlreadyExists(email)
    account.confirmed_at = clock.now()
    account.is_moderator = is_moderator
    account.is_beheerder = is_beheerder
    record(account, "created", by=None, actor="portaal")
    return account


def prove(email: str, password: str) -> Proof | None:
    """Return the proof that address and password belong together, None when they do not.

    As slow for an unknown address as for a known one: never inside the write section.
    """
    known = find_password(email)
    if not fits(password, known[1] if known is not None else None) or known is None:
        return None
    account_id, hashed = known
    if not is_outdated(hashed):
        return Proof(account_id, hashed)
    return Proof(account_id, hashed, seal(password, long_from=settings().password_min_staff))


def sign_in(proof: Proof) -> Account:
    """Return the account of which the password was proven.

    Refused when the password was changed in between; a renewed hash is stored.
    """
    account = db.session.get(Account, proof.account_id)
    if account is not None:
        lock_row(account)
    if account is None or account.is_blocked or account.password_hash != proof.hash:
        raise FieldRefused("", _("Uw wachtwoord is zojuist gewijzigd. Log opnieuw in."))
    if proof.renewed is not None:
        account.password_hash = proof.renewed.hash
        account.is_long_password = proof.renewed.is_long
    return account


def note_entry(account: Account, *, is_new: bool, device: str) -> None:
    """Note that somebody came in; a browser that `is_new` to the account is told of by mail.

    Not at the very first time: then every browser is new, and the mail with the link is the proof.
    Who comes in before the address is confirmed may be a stranger: that is no first time.
    """
    if not account.is_confirmed:
        return
    if account.entered_at is None:
        account.entered_at = clock.now()
    elif is_new:
        mails.new_browser(account, device=device)


def _mail_confirmation(account: Account, back: str | None, mark_hash: str) -> None:
    mails.confirmation(account, make_link(account, CONFIRM, back=back, mark_hash=mark_hash))


def ask_confirmation(account: Account, *, back: str | None, mark_hash: str) -> None:
    """Mail a new link to somebody who is signed in as the account; the older ones die."""
    if not account.is_confirmed:
        _mail_confirmation(account, back, mark_hash)


def confirm_by_mail(account: Account, *, session_id: int | None = None) -> None:
    """Confirm the address of an account for whoever has its password and a mail to its address.

    That mail may be another than the one that asks for it. Every session but `session_id` ends,
    and every link.
    """
    account.confirmed_at = clock.now()
    db.session.flush()
    kill_links(account)
    end_sessions_of(account.id, but=session_id)
    forget_browsers_of(account.id)
    record(account, "confirmed", by=None, actor="link")


def confirm(token: AccountToken, *, password: SealedPassword | None) -> Account:
    """Confirm the address behind the link, for somebody who knows the password of the account.

    Who does not know it chooses one: `password`. The former one may be a stranger's, who made
    the account for this address, and so may be what was typed. All sessions and links end.
    """
    account = use_link(token)
    if account.is_confirmed:
        raise TokenDead("used", token.purpose)
    if password is not None:
        account.password_hash = password.hash
        account.is_long_password = password.is_long
        drafts.forget_all(account.id)
    confirm_by_mail(account)
    return account
