"""How many hits each further choice opens: one question for each group of choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    String,
    case,
    cast,
    extract,
    func,
    null,
    select,
    union_all,
)

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


def facets_of(hits: type[SearchEntry], narrowing: Narrowing) -> Facets:
    """Return what each choice opens of these hits."""

    def left(**cleared: object) -> Sequence[ColumnElement[bool]]:
        return clauses(replace(narrowing, **cleared), hits)  # type: ignore[arg-type]

    counted: Sequence[Any] = read_rows(
        union_all(_kinds(hits, left(kind=None)), _years(hits, left(year=None)))
    )
    by_kind = {word: number for word, _year, number in counted if word is not None}
    # What has no day stands at the first of all.
    years = {year: number for word, year, number in counted if word is None and year > 1}
    return Facets(
        kinds={kind: by_kind[str(kind)] for kind in Kind if str(kind) in by_kind},
        years=dict(sorted(years.items(), reverse=True)),
        organisations=_owners(hits, left(organisation="")),
        standings=_standings(hits, left(standing="")),
    )


def _kinds(
    hits: type[SearchEntry], left: Sequence[ColumnElement[bool]]
) -> Select[str, int | None, int]:
    none = cast(null(), Integer)
    return select(hits.kind, none, func.count()).where(*left).group_by(hits.kind)


def _years(
    hits: type[SearchEntry], left: Sequence[ColumnElement[bool]]
) -> Select[str | None, int, int]:
    year = cast(extract("year", hits.dated), Integer).label("year")
    counted = select(cast(null(), String), year, func.count())
    return counted.where(hits.kind != Kind.SIGNATORY, *left).group_by(year)


def _owners(hits: type[SearchEntry], left: Sequence[ColumnElement[bool]]) -> Sequence[Owner]:
    owners = case({str(kind): _owner(hits, kind) for kind in OWNED}, value=hits.kind)
    of_hits = select(owners.label("owner")).where(hits.kind.in_(tuple(OWNED)), *left).subquery()
    number = func.count()
    counted = (
        select(Organisation.slug, Organisation.name, number)
        .join(of_hits, of_hits.c.owner == Organisation.id)
        .group_by(Organisation.id, Organisation.slug, Organisation.name, Organisation.sort_name)
        .order_by(number.desc(), Organisation.sort_name, Organisation.id)
        .limit(MOST_ORGANISATIONS)
    )
    return read_as(Owner, counted)


def _owner(hits: type[SearchEntry], kind: Kind) -> ScalarSelect[int]:
    """Return whose a hit of a kind is: each is of one organisation."""
    owned = OWNED[kind].subquery()
    query = select(owned.c.owner).where(owned.c.thing == hits.subject_id)
    return query.correlate(hits).scalar_subquery()


def _standings(hits: type[SearchEntry], left: Sequence[ColumnElement[bool]]) -> Mapping[str, int]:
    """Count all ways to stand side by side: one promise may stand in more than one of them."""
    days = days_now()
    promises = select(hits.subject_id).where(hits.kind == Kind.COMMITMENT, *left)
    sums = [
        func.sum(case((standing_clause((standing,), days), 1), else_=0)).label(standing.name)
        for standing in Standing
    ]
    row = connection().execute(select(*sums).where(Commitment.id.in_(promises))).one()
    return {str(each): number for each, number in zip(Standing, row, strict=True) if number}
