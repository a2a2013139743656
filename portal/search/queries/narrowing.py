"""What a question is narrowed to besides its words: a kind, a year, an organisation, a standing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select

from portal.commitments.models import Commitment, Update
from portal.commitments.queries.filtering import CommitmentFilter, matching
from portal.commitments.queries.standing import Days, days_of
from portal.core import clock
from portal.core.settings import settings
from portal.organisations.models import Organisation
from portal.search.kinds import Kind
from portal.search.models import SearchEntry
from portal.search.queries import documents


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

# Kind -> the ids of its things, each with the organisation whose it is.
_OWNER = Commitment.organisation_id.label("owner")
OWNED: Mapping[Kind, Select[int, int]] = {
    Kind.SIGNATORY: select(Organisation.id.label("thing"), Organisation.id.label("owner")),
    Kind.COMMITMENT: select(Commitment.id.label("thing"), _OWNER),
    Kind.UPDATE: select(Update.id.label("thing"), _OWNER).join(
        Commitment, Commitment.id == Update.commitment_id
    ),
    Kind.DOCUMENT: documents.OWNED_DOCUMENTS,
    Kind.PAGE: documents.OWNED_PAGES,
}


def clauses(
    narrowing: Narrowing, entry: type[SearchEntry] = SearchEntry
) -> list[ColumnElement[bool]]:
    """Return the conditions on entries of a narrowing."""
    found: list[ColumnElement[bool]] = []
    if narrowing.kind is not None:
        found.append(entry.kind == narrowing.kind)
    if narrowing.year is not None:
        year = narrowing.year
        found.append(entry.kind != Kind.SIGNATORY)
        found.append(entry.dated.between(date(year, 1, 1), date(year, 12, 31)))
    if narrowing.organisation:
        found.append(_is_of(narrowing.organisation, entry))
    if narrowing.standing:
        of_standing = CommitmentFilter(standings=(narrowing.standing,))
        ids = matching(select(Commitment.id), of_standing, days_now())
        found.append(and_(entry.kind == Kind.COMMITMENT, entry.subject_id.in_(ids)))
    return found


def days_now() -> Days:
    """Return the days by which a promise is late or quiet today."""
    return days_of(clock.today(), settings().grace_days)


def _is_of(slug: str, entry: type[SearchEntry]) -> ColumnElement[bool]:
    wanted = select(Organisation.id).where(Organisation.slug == slug).scalar_subquery()
    of_kinds = []
    for kind, things in OWNED.items():
        owned = things.subquery()
        ids = select(owned.c.thing).where(owned.c.owner == wanted)
        of_kinds.append(and_(entry.kind == kind, entry.subject_id.in_(ids)))
    return or_(*of_kinds)
