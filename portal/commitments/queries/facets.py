"""How many commitments each choice of the list's filter opens: one question for each group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    Subquery,
    case,
    cast,
    extract,
    func,
    literal,
    select,
)

from portal.commitments.models import Commitment, commitment_layer, commitment_principle
from portal.commitments.queries.filtering import WITHOUT, CommitmentFilter, matching
from portal.commitments.queries.standing import (
    TODAY,
    Columns,
    Days,
    columns_on,
    days_of,
    standing_clause,
)
from portal.commitments.standing import Standing
from portal.core.db import connection, read_rows
from portal.organisations.models import Organisation, OrganisationKind
from portal.pact.models import Layer, Principle

Numbers = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Facets:
    """Choice -> how many the list holds when it is the only choice in its group."""

    kinds: Numbers
    standings: Numbers
    organisation_kinds: Numbers
    layers: Numbers
    principles: Numbers
    # A year, or "zonder".
    due: Numbers


def facets(
    filters: CommitmentFilter, *, on: date, grace_days: int, is_past: bool = False
) -> Facets:
    """Return what each choice opens, what is chosen in the other groups staying as it is.

    `on` is today; with `is_past`, an earlier day. A choice that opens nothing is left out.
    """
    columns, days = columns_on(on) if is_past else TODAY, days_of(on, grace_days)

    def open_to(**cleared: object) -> Subquery:
        return _open(replace(filters, **cleared), days, columns)  # type: ignore[arg-type]

    return Facets(
        kinds=_numbers(_by_kind(open_to(kinds=()))),
        standings=_standings(replace(filters, standings=()), days, columns),
        organisation_kinds=_numbers(_by_organisation_kind(open_to(organisation_kinds=()))),
        layers=_numbers(_by_layer(open_to(layers=()))),
        principles=_numbers(_by_principle(open_to(principles=()))),
        due={year or WITHOUT: number for year, number in read_rows(_by_year(open_to(due="")))},
    )


def _open(filters: CommitmentFilter, days: Days, columns: Columns) -> Subquery:
    """Return the commitments of a list, with what they are counted by."""
    last = func.coalesce(columns.term_latest, columns.term_earliest)
    shown = (Commitment.id, Commitment.kind, Commitment.organisation_id, last.label("last"))
    return matching(select(*shown), filters, days, columns).subquery()


def _by_kind(found: Subquery) -> Select[str, int]:
    return select(found.c.kind, func.count()).group_by(found.c.kind)


def _by_organisation_kind(found: Subquery) -> Select[str, int]:
    counted = select(OrganisationKind.slug, func.count()).select_from(found)
    of_kind = counted.join(Organisation, Organisation.id == found.c.organisation_id)
    joined = of_kind.join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
    return joined.group_by(OrganisationKind.slug)


def _by_layer(found: Subquery) -> Select[str, int]:
    counted = select(Layer.slug, func.count()).select_from(found)
    tagged = counted.join(commitment_layer, commitment_layer.c.commitment_id == found.c.id)
    return tagged.join(Layer).group_by(Layer.slug)


def _by_principle(found: Subquery) -> Select[str, int]:
    counted = select(Principle.slug, func.count()).select_from(found)
    tagged = counted.join(commitment_principle, commitment_principle.c.commitment_id == found.c.id)
    return tagged.join(Principle).group_by(Principle.slug)


def _by_year(found: Subquery) -> Select[str | None, int]:
    year = cast(cast(extract("year", found.c.last), Integer), String).label("year")
    return select(year, func.count()).group_by(year)


def _numbers(counted: Select[str, int]) -> Numbers:
    return dict(read_rows(counted))


def _standings(filters: CommitmentFilter, days: Days, columns: Columns) -> Numbers:
    """Count all ways to stand side by side: one promise may stand in more than one of them."""

    def counted(standing: Standing) -> ColumnElement[int]:
        return func.sum(case((standing_clause((standing,), days, columns), literal(1)), else_=0))

    sums = select(*(counted(standing).label(standing.name) for standing in Standing))
    row = connection().execute(matching(sums, filters, days, columns)).one()
    numbers = dict(zip(Standing, row, strict=True))
    return {str(standing): number for standing, number in numbers.items() if number}
