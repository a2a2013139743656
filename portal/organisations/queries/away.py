"""Who is away for an organisation, and who stands in for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import aliased
from werkzeug.exceptions import NotFound

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db, read_as, read_rows
from portal.organisations.models import Membership, Organisation
from portal.organisations.models.away import Absence
from portal.services.stand_ins import StandIn


class AwayRow(NamedTuple):
    """A member who is away now or will be; `stand_in` is "" without one."""

    id: int
    account_id: int
    stand_in_id: int | None
    stand_in: str | None
    first_on: date
    last_on: date


class OwnAwayRow(NamedTuple):
    """An organisation of somebody, with when they are away for it: None when they are not."""

    organisation_id: int
    organisation: str
    first_on: date | None
    last_on: date | None


_Deputy = aliased(Account)
_AWAY = (
    select(
        Absence.id,
        Absence.account_id,
        Absence.stand_in_id,
        _Deputy.name,
        Absence.first_on,
        Absence.last_on,
    )
    .outerjoin(_Deputy, _Deputy.id == Absence.stand_in_id)
    .where(
        Absence.organisation_id == bindparam("organisation_id"),
        Absence.last_on >= bindparam("on"),
    )
)
_OWN = (
    select(Organisation.id, Organisation.name, Absence.first_on, Absence.last_on)
    .join(Membership, Membership.organisation_id == Organisation.id)
    .outerjoin(
        Absence,
        and_(
            Absence.organisation_id == Organisation.id,
            Absence.account_id == Membership.account_id,
            Absence.last_on >= bindparam("on"),
        ),
    )
    .where(Membership.account_id == bindparam("account_id"))
    .order_by(Organisation.sort_name, Organisation.id)
)
_STAND_INS = (
    select(
        _Deputy.id,
        _Deputy.name,
        _Deputy.email,
        Membership.role,
        Organisation.name,
        Absence.last_on,
    )
    .join(Account, Account.id == Absence.account_id)
    .join(_Deputy, _Deputy.id == Absence.stand_in_id)
    .join(Organisation, Organisation.id == Absence.organisation_id)
    .join(
        Membership,
        and_(
            Membership.organisation_id == Absence.organisation_id,
            Membership.account_id == Absence.stand_in_id,
        ),
    )
    .where(
        Absence.first_on <= bindparam("on"),
        Absence.last_on >= bindparam("on"),
        _Deputy.blocked_at.is_(None),
    )
    .order_by(Absence.id)
)
_STAND_INS_OF_ONE = _STAND_INS.where(
    Absence.organisation_id == bindparam("organisation_id"), Account.email == bindparam("email")
)
_ALL_STAND_INS = _STAND_INS.add_columns(Absence.organisation_id, Account.email)


def away_of(organisation_id: int, *, on: date) -> dict[int, AwayRow]:
    """Return who of an organisation is away on `on` or later, by the number of their account."""
    rows = read_as(AwayRow, _AWAY, organisation_id=organisation_id, on=on)
    return {row.account_id: row for row in rows}


def own_absences(account_id: int, *, on: date) -> Sequence[OwnAwayRow]:
    """Return the organisations of an account, with when it is away on `on` or later."""
    return read_as(OwnAwayRow, _OWN, account_id=account_id, on=on)


def stand_ins_of(organisation_id: int, email: str) -> Sequence[StandIn]:
    """Return who stands in today for whoever has this address, in an organisation."""
    return read_as(
        StandIn, _STAND_INS_OF_ONE, organisation_id=organisation_id, email=email, on=clock.today()
    )


def all_stand_ins(*, on: date) -> Mapping[tuple[int, str], Sequence[StandIn]]:
    """Return who stands in on a day, by the organisation and the address of who is absent."""
    found: dict[tuple[int, str], list[StandIn]] = {}
    for *stand_in, organisation_id, email in read_rows(_ALL_STAND_INS, on=on):
        found.setdefault((organisation_id, email), []).append(StandIn(*stand_in))
    return found


def find_absence(organisation_id: int, account_id: int) -> Absence | None:
    """Return when an account is away for an organisation, or was last; None when it never was."""
    query = select(Absence).where(
        Absence.organisation_id == organisation_id, Absence.account_id == account_id
    )
    return db.session.scalars(query).first()


def absences_with(organisation_id: int, account_id: int) -> Sequence[Absence]:
    """Return the absences of an organisation of which somebody is the absent one or stands in."""
    query = select(Absence).where(
        Absence.organisation_id == organisation_id,
        or_(Absence.account_id == account_id, Absence.stand_in_id == account_id),
    )
    return db.session.scalars(query.order_by(Absence.id)).all()


def absence_to_decline(organisation_id: int, absence_id: int, account_id: int | None) -> Absence:
    """Return an absence for which this account stands in, or 404."""
    absence = db.session.get(Absence, absence_id)
    if (
        absence is None
        or absence.organisation_id != organisation_id
        or absence.stand_in_id != account_id
    ):
        raise NotFound
    return absence
