"""In which way every public promise stands: counted once, by all that pictures divide it by."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    String,
    case,
    cast,
    extract,
    func,
    literal,
    null,
    select,
    text,
    union_all,
)

from portal.commitments.models import Commitment, commitment_layer, commitment_principle
from portal.commitments.queries.filtering import CommitmentFilter, matching
from portal.commitments.queries.standing import (
    TODAY,
    Columns,
    Days,
    columns_on,
    days_of,
    standing_clause,
)
from portal.commitments.standing import Standing
from portal.core.db import read_as
from portal.organisations.models import Organisation, OrganisationKind
from portal.pact.models import Layer, Principle

# Every public promise stands in one of these ways, and in no more than one.
OUTCOMES = (
    Standing.IN_TIME,
    Standing.AFTER_TERM,
    Standing.OPEN,
    Standing.LATE,
    Standing.DONE_BY_SOURCE,
    Standing.SILENT,
    Standing.WITHDRAWN,
)
# What promises are counted by.
ALL, KIND, YEAR, LAYER, PRINCIPLE = "all", "kind", "year", "layer", "principle"
# Of `Columns`: what says in which of these ways.
_SEEN = (
    "state",
    "progress",
    "term_earliest",
    "term_latest",
    "done_on",
    "move_count",
    "earlier_count",
)


class Counted(NamedTuple):
    """How many promises of one group stand in one way, and how many of those were put off."""

    by: str
    # A slug, or a year; None for promises without a date, and for all of them.
    group: str | None
    outcome: str
    number: int
    moved: int


def promised(*, on: date, grace_days: int, is_past: bool = False) -> tuple[Counted, ...]:
    """Return how all public promises stand, by kind of organisation, year, layer and theme.

    `on` is today; with `is_past`, an earlier day.
    """
    stood = stood_on(on, grace_days, is_past=is_past)
    kind = OrganisationKind.id == stood.c.kind_id
    layer = commitment_layer.c.commitment_id == stood.c.id
    principle = commitment_principle.c.commitment_id == stood.c.id
    return read_as(
        Counted,
        union_all(
            _by(ALL, cast(null(), String), stood),
            _by(YEAR, stood.c.year, stood).group_by(stood.c.year),
            _by(KIND, OrganisationKind.slug, stood)
            .join(OrganisationKind, kind)
            .group_by(OrganisationKind.slug),
            _by(LAYER, Layer.slug, stood)
            .join(commitment_layer, layer)
            .join(Layer)
            .group_by(Layer.slug),
            _by(PRINCIPLE, Principle.slug, stood)
            .join(commitment_principle, principle)
            .join(Principle)
            .group_by(Principle.slug),
        ),
    )


def outcomes(*, on: date, grace_days: int) -> tuple[Counted, ...]:
    """Return how all public promises stand today: in the index of what is counted alone."""
    days = days_of(on, grace_days)
    outcome = outcome_of(days, TODAY)
    moved = case((standing_clause((Standing.MOVED,), days), 1), else_=0)
    counted = select(literal(ALL), cast(null(), String), outcome, func.count(), func.sum(moved))
    # By its place among the columns: each time it is written it has parameters of its own.
    grouped = matching(counted, CommitmentFilter(), days).group_by(text("3"))
    return read_as(Counted, grouped)


def _by(name: str, group: ColumnElement[Any] | Any, stood: CTE) -> Select[*tuple[Any, ...]]:
    """Return the select of how many promises there are, by how they stood."""
    counted = select(literal(name), group, stood.c.outcome, func.count(), func.sum(stood.c.moved))
    return counted.select_from(stood).group_by(stood.c.outcome)


def stood_on(on: date, grace_days: int, *, is_past: bool = True) -> CTE:
    """Return every public promise as it stood on a day: in which way, and due in which year.

    By the conditions of the lists, so that each number is the length of its list.
    """
    columns, days = columns_on(on) if is_past else TODAY, days_of(on, grace_days)
    read = _read(columns, days)
    seen = TODAY._replace(**{name: read.c[name] for name in _SEEN})
    is_moved = standing_clause((Standing.MOVED,), days, seen)
    last = func.coalesce(read.c.term_latest, read.c.term_earliest)
    stood = select(
        read.c.id,
        read.c.kind_id,
        cast(cast(extract("year", last), Integer), String).label("year"),
        outcome_of(days, seen),
        case((is_moved, 1), else_=0).label("moved"),
    )
    return stood.cte("stood").prefix_with("MATERIALIZED")


def outcome_of(days: Days, columns: Columns) -> ColumnElement[str]:
    """Return in which of `OUTCOMES` a promise stands."""
    ways = [(standing_clause((standing,), days, columns), standing.value) for standing in OUTCOMES]
    return case(*ways).label("outcome")


def _read(columns: Columns, days: Days) -> CTE:
    """Return what is asked of every public promise: read once, and counted several times."""
    shown = [getattr(columns, name).label(name) for name in _SEEN]
    public = matching(
        select(Commitment.id, Organisation.kind_id, *shown), CommitmentFilter(), days, columns
    )
    of_kind = public.join(Organisation, Organisation.id == Commitment.organisation_id)
    return of_kind.cte("promise").prefix_with("MATERIALIZED")
