"""How many hits each further choice opens: one question for each group of choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, case, cast, extract, func, select, union_all

from portal.commitments.models import Commitment
from portal.commitments.queries.standing import standing_clause
from portal.commitments.standing import Standing
from portal.core.db import connection, read_as, read_rows
from portal.organisations.models import Organisation
from portal.search.kinds import Kind
from portal.search.models import SearchEntry
from portal.search.queries.narrowing import OWNED, Narrowing, clauses, days_now

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


def facets_of(is_found: ColumnElement[bool], narrowing: Narrowing) -> Facets:
    """Return what each choice opens of the entries for which `is_found` holds."""

    def left(**cleared: object) -> Sequence[ColumnElement[bool]]:
        return (is_found, *clauses(replace(narrowing, **cleared)))  # type: ignore[arg-type]

    return Facets(
        kinds=_kinds(left(kind=None)),
        years=_years(left(year=None)),
        organisations=_owners(left(organisation="")),
        standings=_standings(left(standing="")),
    )


def _kinds(left: Sequence[ColumnElement[bool]]) -> Mapping[Kind, int]:
    counted = select(SearchEntry.kind, func.count()).where(*left).group_by(SearchEntry.kind)
    by_kind = {str(kind): number for kind, number in read_rows(counted)}
    return {kind: by_kind[kind] for kind in Kind if kind in by_kind}


def _years(left: Sequence[ColumnElement[bool]]) -> Mapping[int, int]:
    year = cast(extract("year", SearchEntry.dated), Integer).label("year")
    counted = (
        select(year, func.count())
        .where(SearchEntry.kind != Kind.SIGNATORY, *left)
        .group_by(year)
        .order_by(year.desc())
    )
    # What has no day stands at the first of all.
    return {number: count for number, count in read_rows(counted) if number > 1}


def _owners(left: Sequence[ColumnElement[bool]]) -> Sequence[Owner]:
    of_kinds = [_by_owner(kind, left) for kind in OWNED]
    hits = union_all(*of_kinds).subquery()
    number = func.sum(hits.c.number)
    counted = (
        select(Organisation.slug, Organisation.name, number)
        .join(hits, hits.c.owner == Organisation.id)
        .group_by(Organisation.id, Organisation.slug, Organisation.name, Organisation.sort_name)
        .order_by(number.desc(), Organisation.sort_name, Organisation.id)
        .limit(MOST_ORGANISATIONS)
    )
    return read_as(Owner, counted)


def _by_owner(kind: Kind, left: Sequence[ColumnElement[bool]]) -> Select[int, int]:
    owned = OWNED[kind].subquery()
    return (
        select(owned.c.owner, func.count().label("number"))
        .join(SearchEntry, SearchEntry.subject_id == owned.c.thing)
        .where(SearchEntry.kind == kind, *left)
        .group_by(owned.c.owner)
    )


def _standings(left: Sequence[ColumnElement[bool]]) -> Mapping[str, int]:
    """Count all ways to stand side by side: one promise may stand in more than one of them."""
    days = days_now()
    promises = select(SearchEntry.subject_id).where(SearchEntry.kind == Kind.COMMITMENT, *left)
    sums = [
        func.sum(case((standing_clause((standing,), days), 1), else_=0)).label(standing.name)
        for standing in Standing
    ]
    row = connection().execute(select(*sums).where(Commitment.id.in_(promises))).one()
    return {str(each): number for each, number in zip(Standing, row, strict=True) if number}
