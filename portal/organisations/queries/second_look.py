"""Whether a second person of the vereniging must look at a decision, or one may take it alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Row, bindparam, or_, select

from portal.accounts.models import Account
from portal.core.db import read_row, read_rows
from portal.organisations.queries.people import roles_of
from portal.organisations.queries.ties import ties_of
from portal.policy import Permission, Person, Roles, Tie, can
from portal.services.grounds import AloneGround
from portal.services.vereniging import four_eyes_are_on

_CONFIRMED = select(
    Account.id, Account.email_key, Account.is_moderator, Account.is_beheerder
).where(Account.confirmed_at.is_not(None))
_STAFF = _CONFIRMED.where(or_(Account.is_moderator, Account.is_beheerder))
_ACCOUNT = _CONFIRMED.where(Account.id == bindparam("account_id"))


@dataclass(frozen=True, slots=True)
class Colleague:
    """An account, as policy asks about a person."""

    id: int
    email_key: str
    is_moderator: bool
    is_beheerder: bool
    roles: Roles
    ties: Mapping[int, Tie]
    is_authenticated: bool = True
    is_confirmed: bool = True

    @property
    def frozen_organisation_ids(self) -> frozenset[int]:
        return self.roles.frozen


def person_of(account_id: int) -> Colleague | None:
    """Return an account as policy asks about it, None when it is gone or not confirmed."""
    row = read_row(_ACCOUNT, account_id=account_id)
    return None if row is None else _colleague(row)


def _colleague(row: Row[int, str, bool, bool]) -> Colleague:
    return Colleague(*row, roles=roles_of(row.id), ties=ties_of(row.id))


def colleagues() -> list[Colleague]:
    """Return everybody with a role in the vereniging, the longest account first."""
    rows = read_rows(_STAFF.order_by(Account.id))
    return [_colleague(row) for row in rows]


def second_lookers(permission: Permission, subject: object, *, by: Person) -> list[Colleague]:
    """Return who of the vereniging may decide on `subject` beside `by`."""
    return [one for one in colleagues() if one.id != by.id and can(one, permission, subject)]


def alone_ground(permission: Permission, subject: object, *, by: Person) -> AloneGround | None:
    """Return why `by` may decide alone, as the history of the act says; None: not alone.

    Alone where the vereniging has switched four eyes off, or where nobody else may decide.
    """
    if not four_eyes_are_on():
        return AloneGround.SWITCHED_OFF
    if not second_lookers(permission, subject, by=by):
        return AloneGround.NOBODY_ELSE
    return None
