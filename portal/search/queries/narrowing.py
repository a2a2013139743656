"""What a question is narrowed to besides its words: a kind, a year, an organisation, a standing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, select

from portal.commitments.models import Commitment
from portal.commitments.queries.filtering import CommitmentFilter, matching
from portal.commitments.queries.standing import Days, days_of
from portal.core import clock
from portal.core.settings import settings
from portal.organisations.models import Organisation
from portal.search.kinds import Kind
from portal.search.models import SearchEntry


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is wanted of all that was found; an empty field leaves nothing out."""

    kind: Kind | None = None
    # In which something was said; of a signatory the day is that of the register, so it has none.
    year: int | None = None
    # The slug of one.
    organisation: str = ""
    # Of `Standing`: only promises stand in one.
    standing: str = ""


EVERYTHING = Narrowing()


def clauses(narrowing: Narrowing) -> list[ColumnElement[bool]]:
    """Return the conditions on entries of a narrowing."""
    found: list[ColumnElement[bool]] = []
    if narrowing.kind is not None:
        found.append(SearchEntry.kind == narrowing.kind)
    if narrowing.year is not None:
        found.append(SearchEntry.kind != Kind.SIGNATORY)
        found.append(SearchEntry.year == narrowing.year)
    if narrowing.organisation:
        wanted = select(Organisation.id).where(Organisation.slug == narrowing.organisation)
        found.append(SearchEntry.owner_id == wanted.scalar_subquery())
    if narrowing.standing:
        found.append(stands(narrowing.standing))
    return found


def stands(standing: str) -> ColumnElement[bool]:
    """Return the condition that an entry is a promise that stands so."""
    ids = matching(select(Commitment.id), CommitmentFilter(standings=(standing,)), days_now())
    return and_(SearchEntry.kind == Kind.COMMITMENT, SearchEntry.subject_id.in_(ids))


def days_now() -> Days:
    """Return the days by which a promise is late or quiet today."""
    return days_of(clock.today(), settings().grace_days)
