"""Every read of second factors, recovery codes, and sign-ins that wait for a code."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from portal.accounts.models import Account, PendingSignIn, RecoveryCode, SecondFactor
from portal.core import clock
from portal.core.db import db, read_as
from portal.core.tokens import token_hash


class Factor(NamedTuple):
    """The second factor of an account, as it is stored."""

    account_id: int
    sealed_secret: str
    last_step: int
    confirmed_at: datetime


_FACTORS = select(
    SecondFactor.account_id,
    SecondFactor.sealed_secret,
    SecondFactor.last_step,
    SecondFactor.confirmed_at,
).order_by(SecondFactor.account_id)


def find_factor(account_id: int) -> Factor | None:
    """Return the second factor of an account, None without one."""
    found = read_as(Factor, _FACTORS.where(SecondFactor.account_id == account_id))
    return found[0] if found else None


def all_factors() -> tuple[Factor, ...]:
    """Return every second factor; their rows stay locked until the commit."""
    return read_as(Factor, _FACTORS.with_for_update())


def with_factor() -> frozenset[int]:
    """Return the accounts that have a second factor, by their numbers."""
    return frozenset(db.session.scalars(select(SecondFactor.account_id)))


def recovery_codes_left(account_id: int) -> int:
    """Return how many recovery codes of the account were not used yet."""
    unused = select(func.count()).where(
        RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None)
    )
    return db.session.scalar(unused) or 0


def find_pending(token: str, *, lasts: timedelta) -> PendingSignIn | None:
    """Return the sign-in that waits for a code; None when it is over, or took too long."""
    return db.session.scalars(
        select(PendingSignIn).where(
            PendingSignIn.token_hash == token_hash(token),
            PendingSignIn.created_at > clock.now() - lasts,
        )
    ).one_or_none()


def account_of(pending: PendingSignIn) -> Account:
    """Return whose sign-in waits for a code."""
    return db.session.get_one(Account, pending.account_id)
