"""What an organisation published first after its first eigenaar came, until it is seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased
from werkzeug.exceptions import NotFound

from portal.accounts.models import Account
from portal.commitments.models import Commitment, Update
from portal.commitments.standing import PUBLIC_STATES
from portal.core.db import db, read_as
from portal.organisations.models import Arrival, Membership, Organisation, PastMembership
from portal.services.models import HistoryRow

MOST = 50
ANSWERS = ("taken_over", "disowned")


class ArrivalRow(NamedTuple):
    """A new eigenaar with the first act since that everybody can see; what rules ask of it."""

    id: int
    organisation_id: int
    organisation_name: str
    organisation_slug: str
    author_id: int
    name: str
    email: str
    arrived_at: datetime
    step: str
    at: datetime
    # Of the commitment that it is about; None when it is about the organisation itself.
    title: str | None
    language: str | None
    slug: str | None

    @property
    def concerned_organisation_ids(self) -> tuple[int, ...]:
        return (self.organisation_id,)

    @property
    def concerned_emails(self) -> tuple[str, ...]:
        return ()


_COMMITMENTS = select(Commitment.id).where(Commitment.organisation_id == Arrival.organisation_id)
_UPDATES = (
    select(Update.id)
    .join(Commitment, Commitment.id == Update.commitment_id)
    .where(Commitment.organisation_id == Arrival.organisation_id)
)
_PEOPLE = [
    select(model.account_id).where(model.organisation_id == Arrival.organisation_id)
    for model in (Membership, PastMembership)
]
_IS_SEEN_BY_ALL = or_(
    and_(
        HistoryRow.subject == Commitment.thing,
        HistoryRow.to_state.in_(PUBLIC_STATES),
        HistoryRow.subject_id.in_(_COMMITMENTS.correlate(Arrival)),
    ),
    and_(
        HistoryRow.subject == Update.thing,
        HistoryRow.step.in_(ANSWERS),
        HistoryRow.subject_id.in_(_UPDATES.correlate(Arrival)),
    ),
    and_(
        HistoryRow.subject == Organisation.thing,
        HistoryRow.step.in_(("logo_set", *ANSWERS)),
        HistoryRow.subject_id == Arrival.organisation_id,
    ),
)
_FIRST = (
    select(func.min(HistoryRow.id))
    .where(
        HistoryRow.at >= Arrival.arrived_at,
        or_(*(HistoryRow.account_id.in_(people.correlate(Arrival)) for people in _PEOPLE)),
        _IS_SEEN_BY_ALL,
    )
    .correlate(Arrival)
    .scalar_subquery()
)
_ABOUT = or_(
    and_(HistoryRow.subject == Commitment.thing, Commitment.id == HistoryRow.subject_id),
    and_(
        HistoryRow.subject == Update.thing,
        Commitment.id
        == select(Update.commitment_id)
        .where(Update.id == HistoryRow.subject_id)
        .correlate(HistoryRow)
        .scalar_subquery(),
    ),
)
_ROWS = (
    select(
        Arrival.id,
        Arrival.organisation_id,
        Organisation.name,
        Organisation.slug,
        Arrival.account_id,
        Account.name,
        Account.email,
        Arrival.arrived_at,
        HistoryRow.step,
        HistoryRow.at,
        Commitment.title,
        Commitment.language,
        Commitment.slug,
    )
    .select_from(Arrival)
    .join(Organisation, Organisation.id == Arrival.organisation_id)
    .join(Account, Account.id == Arrival.account_id)
    .join(HistoryRow, HistoryRow.id == _FIRST)
    .outerjoin(Commitment, _ABOUT)
    .where(Arrival.seen_at.is_(None))
    .order_by(Arrival.arrived_at, Arrival.id)
    .limit(MOST)
)


def unseen_arrivals() -> Sequence[ArrivalRow]:
    """Return the new eigenaren whose organisation has published something since, oldest first."""
    return read_as(ArrivalRow, _ROWS)


class SeenArrival(NamedTuple):
    """A new eigenaar that a moderator has looked at; what rules ask of it."""

    id: int
    organisation_id: int
    organisation_name: str
    organisation_slug: str
    author_id: int
    name: str
    seen_at: datetime
    seen_by: str | None

    @property
    def concerned_organisation_ids(self) -> tuple[int, ...]:
        return (self.organisation_id,)

    @property
    def concerned_emails(self) -> tuple[str, ...]:
        return ()


_Seer = aliased(Account)
_SEEN = (
    select(
        Arrival.id,
        Arrival.organisation_id,
        Organisation.name,
        Organisation.slug,
        Arrival.account_id,
        Account.name,
        Arrival.seen_at,
        _Seer.name,
    )
    .select_from(Arrival)
    .join(Organisation, Organisation.id == Arrival.organisation_id)
    .join(Account, Account.id == Arrival.account_id)
    .outerjoin(_Seer, _Seer.id == Arrival.seen_by)
    .where(Arrival.seen_at.is_not(None))
    .order_by(Arrival.seen_at.desc(), Arrival.id.desc())
    .limit(MOST)
)


def seen_arrivals() -> Sequence[SeenArrival]:
    """Return the new eigenaren that were looked at, the last first."""
    return read_as(SeenArrival, _SEEN)


def get_arrival(arrival_id: int) -> Arrival:
    """Return an arrival, seen or not, or 404."""
    arrival = db.session.get(Arrival, arrival_id)
    if arrival is None:
        raise NotFound
    return arrival
