"""Signed-in browsers: session rows on the server, looked up by the token in the cookie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import cast

from flask import request, session
from sqlalchemy import bindparam, delete, select, update

from portal.accounts.actions.sessions import end_session, wait_for_code
from portal.accounts.addresses import address_key
from portal.accounts.models import Account, AccountSession, PendingSignIn, SecondFactor
from portal.accounts.queries.second_factor import find_factor, find_pending
from portal.accounts.roles import roles_of, ties_of
from portal.config import Demand
from portal.core import clock
from portal.core.db import db, in_write_section, read_row, short_transaction
from portal.core.settings import settings
from portal.core.tokens import new_token, token_hash
from portal.policy import Roles, Tie
from portal.web.person import forget_viewer, login_manager, remember_viewer, viewer

SEEN_EVERY = timedelta(seconds=60)
# The name in the browser's session of the sign-in that waits for a code.
WAITING = "waits_for_code"

FIND = (
    select(
        AccountSession.id.label("session_id"),
        AccountSession.created_at,
        AccountSession.last_seen_at,
        Account.id,
        Account.name,
        Account.email,
        Account.locale,
        Account.is_moderator,
        Account.is_beheerder,
        Account.has_desk_keys,
        Account.unreachable_since,
        Account.confirmed_at,
        SecondFactor.confirmed_at.label("factor_at"),
    )
    .join(Account, Account.id == AccountSession.account_id)
    .outerjoin(SecondFactor, SecondFactor.account_id == Account.id)
    .where(AccountSession.token_hash == bindparam("token_hash"), Account.blocked_at.is_(None))
)


@dataclass(kw_only=True)
class SignedInViewer:
    """A person who is signed in, as doors, templates and actions see them."""

    id: int
    name: str
    email: str
    locale: str
    # Both are off as long as the second factor is awaited that these roles ask for.
    is_moderator: bool
    is_beheerder: bool
    awaits_second_factor: bool
    is_confirmed: bool
    session_id: int
    token: str
    # When the session ends if nothing more is asked of the portal in it.
    ends_at: datetime
    has_desk_keys: bool = False
    # Mail does not arrive at the address.
    is_unreachable: bool = False
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    @cached_property
    def roles(self) -> Roles:
        """Organisation id -> role; read once a request, at the first use."""
        return roles_of()(self.id)

    @property
    def frozen_organisation_ids(self) -> frozenset[int]:
        return self.roles.frozen

    @cached_property
    def ties(self) -> Mapping[int, Tie]:
        """Organisation id -> what ties this person to it, without a role in it.

        Only of those who decide for the vereniging: of nobody else the law asks it.
        """
        return ties_of()(self.id) if self.is_moderator else {}

    @property
    def seconds_left(self) -> int:
        """How long the session lasts if nothing more is asked of the portal in it."""
        return max(0, int((self.ends_at - clock.now()).total_seconds()))

    @property
    def idle_minutes(self) -> int:
        """How long the session may go unused."""
        return round(idle_limit(self.is_moderator or self.is_beheerder).total_seconds() / 60)

    @property
    def author_id(self) -> int:
        return self.id

    @property
    def email_key(self) -> str:
        return address_key(self.email)

    def get_id(self) -> str:
        return self.token


def idle_limit(is_staff: bool) -> timedelta:
    """Return how long a session may go unused before it ends; staff have a limit of their own."""
    limits = settings()
    return limits.session_idle_moderator if is_staff else limits.session_idle


def _is_over(created_at: datetime, last_seen_at: datetime, idle: timedelta) -> bool:
    now = clock.now()
    return now - last_seen_at > idle or now - created_at > settings().session_absolute


def _end_of(created_at: datetime, last_seen_at: datetime, idle: timedelta) -> datetime:
    return min(last_seen_at + idle, created_at + settings().session_absolute)


def _seen(session_id: int, last_seen_at: datetime, idle: timedelta) -> datetime:
    """Return when the session was last used, as its row has it from now on.

    Not noted at every request, and still often enough for a short limit; a viewer who is read again
    in a write section was noted at the first read.
    """
    now = clock.now()
    if now - last_seen_at <= min(SEEN_EVERY, idle / 6) or in_write_section():
        return last_seen_at
    _note_seen(session_id)
    return now


def _awaits_factor(is_staff: bool, has_factor: bool) -> bool:
    """Return whether somebody must set up a second factor before their roles count."""
    return is_staff and not has_factor and settings().second_factor is Demand.REQUIRED


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load_viewer(token: str) -> SignedInViewer | None:
    """Return the person of this session; None when it ended, idled or grew too old."""
    row = read_row(FIND, token_hash=token_hash(token))
    if row is None:
        return None
    idle = idle_limit(row.is_moderator or row.is_beheerder)
    if _is_over(row.created_at, row.last_seen_at, idle):
        return None
    seen_at = _seen(row.session_id, row.last_seen_at, idle)
    awaits = _awaits_factor(row.is_moderator or row.is_beheerder, row.factor_at is not None)
    return SignedInViewer(
        id=row.id,
        name=row.name,
        email=row.email,
        locale=row.locale,
        is_moderator=row.is_moderator and not awaits,
        is_beheerder=row.is_beheerder and not awaits,
        awaits_second_factor=awaits,
        is_confirmed=row.confirmed_at is not None,
        session_id=row.session_id,
        token=token,
        ends_at=_end_of(row.created_at, seen_at, idle),
        has_desk_keys=row.has_desk_keys,
        is_unreachable=row.unreachable_since is not None,
    )


def signed_in_viewer() -> SignedInViewer:
    """Return the viewer as an account; only behind a door that no visitor passes."""
    return cast(SignedInViewer, viewer())


def _note_seen(session_id: int) -> None:
    with short_transaction(is_vital=False) as connection:
        connection.execute(
            update(AccountSession)
            .where(AccountSession.id == session_id)
            .values(last_seen_at=clock.now())
        )


def device_words(user_agent: str) -> str:
    """Return browser and system in a few words, without version numbers."""
    browsers = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"))
    systems = (("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"))
    more = (("iPad", "iPad"), ("Mac OS", "macOS"), ("Linux", "Linux"))
    browser = next((name for mark, name in browsers if mark in user_agent), None)
    if browser is None:
        browser = "Safari" if "Safari" in user_agent else "Browser"
    system = next((name for mark, name in (*systems, *more) if mark in user_agent), "")
    return f"{browser}, {system}" if system else browser


def this_device() -> str:
    """Return browser and system of this request in a few words."""
    return device_words(request.headers.get("User-Agent", ""))


def start_session(account: Account) -> None:
    """Sign `account` in on this browser: a new session row, which replaces the former one."""
    if viewer().is_authenticated:
        end_session(signed_in_viewer().session_id)
    _forget_old(account.id)
    session.clear()
    token = new_token()
    row = _new_row(account.id, token)
    awaits = _awaits_factor(account.is_staff, find_factor(account.id) is not None)
    signed_in = SignedInViewer(
        id=account.id,
        name=account.name,
        email=account.email,
        locale=account.locale,
        is_moderator=account.is_moderator and not awaits,
        is_beheerder=account.is_beheerder and not awaits,
        awaits_second_factor=awaits,
        is_confirmed=account.is_confirmed,
        session_id=row.id,
        token=token,
        ends_at=_end_of(row.created_at, row.last_seen_at, idle_limit(account.is_staff)),
        has_desk_keys=account.has_desk_keys,
    )
    remember_viewer(signed_in)


def _new_row(account_id: int, token: str) -> AccountSession:
    now = clock.now()
    row = AccountSession(
        account_id=account_id,
        token_hash=token_hash(token),
        device=this_device(),
        created_at=now,
        last_seen_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row


def wait_for_code_here(account: Account) -> None:
    """Let this browser wait for a code of `account`: signed in as nobody until it is given."""
    if viewer().is_authenticated:
        end_session(signed_in_viewer().session_id)
    forget_viewer()
    session[WAITING] = wait_for_code(account.id)


def pending_here() -> PendingSignIn | None:
    """Return the sign-in of this browser that waits for a code, None without one."""
    token = session.get(WAITING, "")
    return find_pending(token, lasts=settings().code_lifetime) if token else None


def _forget_old(account_id: int) -> None:
    oldest = clock.now() - settings().session_absolute
    db.session.execute(
        delete(AccountSession).where(
            AccountSession.account_id == account_id, AccountSession.created_at < oldest
        )
    )
