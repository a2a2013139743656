"""Who signed when, where and in which province: counted once, for all pictures of it."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, cast, extract, func, select

from portal.core.db import read_as
from portal.organisations.models import Organisation
from portal.pact.models import SigningEvent
from portal.signatures.models import Signature
from portal.signatures.queries.filtering import STANDING, matching

SIGNED_YEAR = cast(extract("year", Signature.signed_latest), Integer)


class Signed(NamedTuple):
    """How many signatories of one province signed in one year, at one event."""

    # None: nobody wrote down the day.
    year: int | None
    province: str | None
    event_id: int | None
    event_name: str | None
    held_on: date | None
    number: int


def signed(past: date | None = None) -> tuple[Signed, ...]:
    """Return who signed when, where and in which province: who is a signatory now, or was then."""
    shown = (
        SIGNED_YEAR,
        Organisation.province,
        Signature.event_id,
        SigningEvent.name,
        SigningEvent.held_on,
    )
    signatories: Select[*tuple[Any, ...]] = select(*shown, func.count())
    found = matching(signatories, STANDING, past).outerjoin(
        SigningEvent, SigningEvent.id == Signature.event_id
    )
    return read_as(Signed, found.group_by(*shown))
