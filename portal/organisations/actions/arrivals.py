"""The first eigenaar of a public organisation: noticed, and seen by a moderator."""

from __future__ import annotations

from portal.core import clock
from portal.core.db import db
from portal.organisations import queries
from portal.organisations.models import Arrival, Membership
from portal.policy import Person
from portal.services.history import record


def notice(membership: Membership) -> None:
    """Remember a new eigenaar of a public organisation that had none, for the moderators."""
    others = [
        owner
        for owner in queries.owners_of(membership.organisation_id)
        if owner.membership_id != membership.id
    ]
    if others or not queries.get_organisation(membership.organisation_id).is_public:
        return
    arrival = Arrival(
        organisation_id=membership.organisation_id,
        account_id=membership.account_id,
        arrived_at=clock.now(),
    )
    db.session.add(arrival)


def see_arrival(arrival: Arrival, *, by: Person) -> None:
    """Say that what the new eigenaar published first is in order; a second time does nothing."""
    if arrival.seen_at is None:
        record(arrival, "seen", by=by)
        arrival.seen_at, arrival.seen_by = clock.now(), by.id


def unsee_arrival(arrival: Arrival, *, by: Person) -> None:
    """List it again for the moderators; a second time does nothing."""
    if arrival.seen_at is not None:
        record(arrival, "unseen", by=by)
        arrival.seen_at = arrival.seen_by = None
