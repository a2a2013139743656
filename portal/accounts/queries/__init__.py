"""Every read of accounts, their links and sessions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, func, or_, select
from werkzeug.exceptions import NotFound

from portal.accounts.addresses import address_key
from portal.accounts.models import (
    Account,
    AccountSession,
    AccountToken,
    KnownBrowser,
    SecondFactor,
)
from portal.core import clock
from portal.core.db import db, read_as, read_row
from portal.core.errors import LinkDead
from portal.core.mail_addresses import read_mail_address
from portal.core.settings import settings
from portal.core.tokens import token_hash
from portal.policy import Person

MOST_FOUND = 20

PASSWORD = select(Account.id, Account.password_hash).where(
    Account.email_key == bindparam("email_key"), Account.blocked_at.is_(None)
)

KNOWN_BROWSER = (
    select(KnownBrowser.id)
    .join(Account, Account.id == KnownBrowser.account_id)
    .where(
        KnownBrowser.mark_hash == bindparam("mark_hash"),
        KnownBrowser.used_at >= bindparam("since"),
        Account.email_key == bindparam("email_key"),
    )
)

ROLES = select(
    Account.id,
    Account.name,
    Account.email,
    Account.is_moderator,
    Account.is_beheerder,
    Account.is_long_password,
    Account.confirmed_at,
    select(SecondFactor.account_id)
    .where(SecondFactor.account_id == Account.id)
    .exists()
    .label("has_second_factor"),
)


class AccountRow(NamedTuple):
    """One account on the page of roles: what `ROLES` selects."""

    id: int
    name: str
    email: str
    is_moderator: bool
    is_beheerder: bool
    is_long_password: bool
    confirmed_at: datetime | None
    has_second_factor: bool


class SessionRow(NamedTuple):
    """One running session on the page of the account."""

    id: int
    device: str
    created_at: datetime
    last_seen_at: datetime


class TokenDead(LinkDead):
    """A mailed link that no longer works; its purpose is confirm, reset or change."""

    def __init__(self, why: str, purpose: str) -> None:
        super().__init__(why)
        self.purpose = purpose


def get_account(account_id: int) -> Account:
    """Return the account, or raise 404."""
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotFound
    return account


def name_of(person: Person | None) -> str:
    """Return the name of `person`, to be stored beside what they did; "" without an account."""
    if person is None or person.id is None:
        return ""
    return db.session.scalar(select(Account.name).where(Account.id == person.id)) or ""


def find_account_by_id(account_id: int) -> Account | None:
    """Return the account, None when it is gone."""
    return db.session.get(Account, account_id)


def find_account(email: str) -> Account | None:
    """Return the account with this e-mail address, None without one."""
    return db.session.scalars(
        select(Account).where(Account.email_key == address_key(email))
    ).one_or_none()


def find_password(email: str) -> tuple[int, str] | None:
    """Return id and password hash of the account with this e-mail address.

    None without one, and of a blocked account: it answers as if there were none.
    """
    row = db.session.execute(PASSWORD, {"email_key": address_key(email)}).first()
    return (row[0], row[1]) if row is not None else None


def is_known_browser(mark_hash: str, email: str) -> bool:
    """Return whether somebody came in from the browser with this mark, to this address's account.

    Not so long ago that its mark no longer lasts.
    """
    since = clock.now() - settings().known_browser_lifetime
    asked = {"mark_hash": mark_hash, "since": since, "email_key": address_key(email)}
    return read_row(KNOWN_BROWSER, **asked) is not None


def get_token(token: str, purpose: str) -> AccountToken:
    """Return the link that was mailed; TokenDead when it was used, replaced or has expired."""
    link = db.session.scalars(
        select(AccountToken).where(
            AccountToken.token_hash == token_hash(token), AccountToken.purpose == purpose
        )
    ).one_or_none()
    if link is None:
        raise TokenDead("unknown", purpose)
    if link.used_at is not None:
        raise TokenDead("replaced" if _is_replaced(link) else "used", purpose)
    if link.expires_at <= clock.now():
        raise TokenDead("expired", purpose)
    return link


def _is_replaced(token: AccountToken) -> bool:
    """Return whether a newer link took its place; to confirm, that may be one with a password."""
    if token.purpose == "confirm" and not token.account.is_confirmed:
        return True
    newer = select(AccountToken.id).where(
        AccountToken.account_id == token.account_id,
        AccountToken.purpose == token.purpose,
        AccountToken.id > token.id,
    )
    return db.session.scalar(newer.limit(1)) is not None


def sessions_of(account_id: int, *, idle: timedelta, absolute: timedelta) -> tuple[SessionRow, ...]:
    """Return the running sessions of an account, the one that was used last on top.

    `idle` is how long one may go unused, `absolute` how long it may run at all.
    """
    now = clock.now()
    query = (
        select(
            AccountSession.id,
            AccountSession.device,
            AccountSession.created_at,
            AccountSession.last_seen_at,
        )
        .where(
            AccountSession.account_id == account_id,
            AccountSession.last_seen_at >= now - idle,
            AccountSession.created_at >= now - absolute,
        )
        .order_by(AccountSession.last_seen_at.desc(), AccountSession.id.desc())
    )
    return read_as(SessionRow, query)


def get_session(session_id: int, account_id: int) -> AccountSession:
    """Return a session of this account, or raise 404."""
    row = db.session.get(AccountSession, session_id)
    if row is None or row.account_id != account_id:
        raise NotFound
    return row


def staff() -> tuple[AccountRow, ...]:
    """Return every account with a role in the vereniging, by name."""
    query = ROLES.where(or_(Account.is_moderator, Account.is_beheerder))
    return read_as(AccountRow, query.order_by(func.lower(Account.name), Account.id))


def staff_accounts() -> list[Account]:
    """Return every account with a role in the vereniging that can sign in."""
    query = select(Account).where(
        or_(Account.is_moderator, Account.is_beheerder),
        Account.confirmed_at.is_not(None),
        Account.blocked_at.is_(None),
    )
    return list(db.session.scalars(query.order_by(Account.id)))


def accounts_like(words: str) -> tuple[AccountRow, ...]:
    """Return at most MOST_FOUND accounts with `words` in their e-mail address, as typed or kept."""
    key = address_key(read_mail_address(words) or words)
    query = ROLES.where(Account.email_key.contains(key, autoescape=True))
    return read_as(AccountRow, query.order_by(Account.email_key).limit(MOST_FOUND))


def other_beheerders(account_id: int) -> int:
    """Return how many other beheerders there are; their rows stay locked until the commit."""
    others = select(Account.id).where(
        Account.is_beheerder,
        Account.confirmed_at.is_not(None),
        Account.blocked_at.is_(None),
        Account.id != account_id,
    )
    return len(db.session.scalars(others.order_by(Account.id).with_for_update()).all())
