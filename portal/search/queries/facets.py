"""How many hits each further choice opens: counted once, and added up for each group of choices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import case, func, literal, select

from portal.commitments.models import Commitment
from portal.commitments.queries.standing import standing_clause
from portal.commitments.standing import Standing
from portal.core.db import connection, read_rows
from portal.organisations.models import Organisation
from portal.search.kinds import Kind
from portal.search.models import SearchEntry
from portal.search.queries.holding import Hits
from portal.search.queries.narrowing import Narrowing, clauses, days_now, stands

MOST_ORGANISATIONS = 8


class Owner(NamedTuple):
    """An organisation and how many hits are of it."""

    slug: str
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Choice -> how many hits there are when it is chosen, the other groups staying as they are."""

    kinds: Mapping[Kind, int]
    years: Mapping[int, int]
    # Those with most hits, a few.
    organisations: Sequence[Owner]
    standings: Mapping[str, int]


class _Alike(NamedTuple):
    """Hits that no choice parts, and which parts of the narrowing they fit."""

    kind: str
    year: int
    owner_id: int | None
    number: int
    fits: Mapping[str, bool]

    def fits_all_but(self, name: str) -> bool:
        """Return whether they are left when the choice of this name is not made."""
        return all(fits for chosen, fits in self.fits.items() if chosen != name)


def facets_of(hits: Hits, narrowing: Narrowing) -> Facets:
    """Return what each choice opens of these hits."""
    kinds: Counter[str] = Counter()
    years: Counter[int] = Counter()
    owners: Counter[int] = Counter()
    for each in _alike(hits, narrowing):
        if each.fits_all_but("kind"):
            kinds[each.kind] += each.number
        # What has no day stands at the first of all.
        if each.fits_all_but("year") and each.kind != Kind.SIGNATORY and each.year > 1:
            years[each.year] += each.number
        if each.fits_all_but("organisation") and each.owner_id is not None:
            owners[each.owner_id] += each.number
    return Facets(
        kinds={kind: kinds[kind] for kind in Kind if kinds[kind]},
        years=dict(sorted(years.items(), reverse=True)),
        organisations=_owners(owners),
        standings=_standings(hits, replace(narrowing, standing="")),
    )


def _alike(hits: Hits, narrowing: Narrowing) -> Iterator[_Alike]:
    columns = (SearchEntry.kind, SearchEntry.year, SearchEntry.owner_id)
    if narrowing.standing:
        is_standing = case((stands(narrowing.standing), 1), else_=0).label("is_standing")
    else:
        is_standing = literal(1).label("is_standing")
    counted = select(*columns, is_standing, func.count()).where(hits.where)
    counted = counted.group_by(*columns, *((is_standing,) if narrowing.standing else ()))
    wanted = _id_of(narrowing.organisation) if narrowing.organisation else None
    for kind, year, owner_id, standing, number in read_rows(counted):
        is_of_year = kind != Kind.SIGNATORY and year == narrowing.year
        fits = {
            "kind": narrowing.kind is None or kind == narrowing.kind,
            "year": narrowing.year is None or is_of_year,
            "organisation": not narrowing.organisation or owner_id == wanted,
            "standing": bool(standing),
        }
        yield _Alike(kind, year, owner_id, number, fits)


def _id_of(slug: str) -> int:
    """Return the id of an organisation; 0, which none has, for a slug that none has."""
    found = read_rows(select(Organisation.id).where(Organisation.slug == slug))
    return found[0][0] if found else 0


def _owners(counted: Counter[int]) -> Sequence[Owner]:
    # Of those with as many as the last that is told, the name decides.
    least = min((number for _id, number in counted.most_common(MOST_ORGANISATIONS)), default=0)
    ids = [owner_id for owner_id, number in counted.items() if number >= least]
    named = (
        select(Organisation.id, Organisation.slug, Organisation.name)
        .where(Organisation.id.in_(ids))
        .order_by(Organisation.sort_name, Organisation.id)
    )
    found = [Owner(slug or "", name, counted[number]) for number, slug, name in read_rows(named)]
    return sorted(found, key=lambda each: -each.number)[:MOST_ORGANISATIONS]


def _standings(hits: Hits, narrowing: Narrowing) -> Mapping[str, int]:
    """Count all ways to stand side by side: one promise may stand in more than one of them."""
    days = days_now()
    promises = select(SearchEntry.subject_id).where(
        SearchEntry.kind == Kind.COMMITMENT, hits.where, *clauses(narrowing)
    )
    sums = [
        func.sum(case((standing_clause((standing,), days), 1), else_=0)).label(standing.name)
        for standing in Standing
    ]
    row = connection().execute(select(*sums).where(Commitment.id.in_(promises))).one()
    return {str(each): number for each, number in zip(Standing, row, strict=True) if number}
