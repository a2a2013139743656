"""What the pictures count: all promises in one question, all signatories in another."""

from __future__ import annotations

from collections.abc import Sequence
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

from portal.commitments.models import FAR, Commitment, commitment_layer, commitment_principle
from portal.commitments.queries.filtering import CommitmentFilter, matching
from portal.commitments.queries.standing import (
    FIRST_TERM,
    TODAY,
    Columns,
    Days,
    columns_on,
    days_of,
    standing_clause,
)
from portal.commitments.standing import Standing
from portal.core.db import db, read_as, read_number
from portal.core.paging import Key, Listing, page_of, read_day, start_of
from portal.organisations.models import Organisation, OrganisationKind
from portal.pact.models import Layer, Principle, SigningEvent
from portal.signatures.models import Signature
from portal.signatures.queries.filtering import STANDING
from portal.signatures.queries.filtering import matching as matching_signatories

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


MOST_SPANS = 60
_FIRST_TERM = (
    Key(Commitment.sort_latest, "sort_latest", read=read_day),
    Key(Commitment.sort_earliest, "sort_earliest", read=read_day),
    Key(Commitment.id, "id"),
)
_SPANNING = (
    Commitment.id,
    Commitment.slug,
    Commitment.title,
    Commitment.language,
    Organisation.name.label("organisation_name"),
    Commitment.term_words,
    Commitment.term_language,
    Commitment.term_earliest.label("earliest"),
    Commitment.term_latest.label("latest"),
    Commitment.promised_on,
    Commitment.move_count,
    *FIRST_TERM,
)


class Counted(NamedTuple):
    """How many promises of one group stand in one way, and how many of those were put off."""

    by: str
    # A slug, or a year; None for promises without a date, and for all of them.
    group: str | None
    outcome: str
    number: int
    moved: int


class Spanning(NamedTuple):
    """One promise with its term, as a timeline shows it."""

    id: int
    slug: str
    title: str
    # Of the title.
    language: str
    organisation_name: str
    term_words: str
    term_language: str
    earliest: date | None
    latest: date | None
    # Since when it counts, for a term of which nobody said when it begins.
    promised_on: date
    move_count: int
    # Of the term as it was first; None for one that was never moved.
    first_words: str | None
    first_earliest: date | None
    first_latest: date | None
    outcome: str


class Signed(NamedTuple):
    """How many signatories of one province signed in one year, at one event."""

    # None: nobody wrote down the day.
    year: int | None
    province: str | None
    event_id: int | None
    event_name: str | None
    held_on: date | None
    number: int


def promised(*, on: date, grace_days: int, is_past: bool = False) -> tuple[Counted, ...]:
    """Return how all public promises stand, by kind of organisation, year, layer and theme.

    `on` is today; with `is_past`, an earlier day.
    """
    stood = _stood(on, grace_days, is_past=is_past)
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
    outcome = _outcome(days, TODAY)
    moved = case((standing_clause((Standing.MOVED,), days), 1), else_=0)
    counted = select(literal(ALL), cast(null(), String), outcome, func.count(), func.sum(moved))
    # By its place among the columns: each time it is written it has parameters of its own.
    grouped = matching(counted, CommitmentFilter(), days).group_by(text("3"))
    return read_as(Counted, grouped)


def _by(name: str, group: ColumnElement[Any] | Any, stood: CTE) -> Select[*tuple[Any, ...]]:
    """Return the select of how many promises there are, by how they stood."""
    counted = select(literal(name), group, stood.c.outcome, func.count(), func.sum(stood.c.moved))
    return counted.select_from(stood).group_by(stood.c.outcome)


def _stood(on: date, grace_days: int, *, is_past: bool) -> CTE:
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
        _outcome(days, seen),
        case((is_moved, 1), else_=0).label("moved"),
    )
    return stood.cte("stood").prefix_with("MATERIALIZED")


def _outcome(days: Days, columns: Columns) -> ColumnElement[str]:
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


def signed(past: date | None = None) -> tuple[Signed, ...]:
    """Return who signed when, where and in which province: who is a signatory now, or was then."""
    year = cast(extract("year", Signature.signed_latest), Integer)
    shown = (
        year,
        Organisation.province,
        Signature.event_id,
        SigningEvent.name,
        SigningEvent.held_on,
    )
    signatories: Select[*tuple[Any, ...]] = select(*shown, func.count())
    found = matching_signatories(signatories, STANDING, past).outerjoin(
        SigningEvent, SigningEvent.id == Signature.event_id
    )
    return read_as(Signed, found.group_by(*shown))


def spans(
    filters: CommitmentFilter,
    *,
    start: date,
    end: date,
    on: date,
    grace_days: int,
    cursor: str | None = None,
) -> Listing[Spanning]:
    """Return the promises of the list with this filter whose term touches a period.

    The first that ends comes first; a page has `MOST_SPANS` of them. `on` is today.
    """
    days = days_of(on, grace_days)
    touching = (
        Commitment.sort_earliest < FAR,
        Commitment.sort_latest >= start,
        func.coalesce(Commitment.term_earliest, Commitment.promised_on) <= end,
    )
    keys = matching(select(*(key.column for key in _FIRST_TERM)), filters, days).where(*touching)
    page = page_of(db.session, keys, _FIRST_TERM, size=MOST_SPANS, cursor=cursor)
    counted = matching(select(func.count()), filters, days).where(*touching)
    return Listing(
        rows=_spanning([row.id for row in page.rows], days),
        count=read_number(counted),
        next=page.next,
        previous=page.previous,
        start=start_of(db.session, keys, _FIRST_TERM, page),
    )


def _spanning(ids: Sequence[int], days: Days) -> tuple[Spanning, ...]:
    """Return these promises in the order of a timeline."""
    rows = select(*_SPANNING, _outcome(days, TODAY)).where(Commitment.id.in_(ids))
    of = rows.join(Organisation, Organisation.id == Commitment.organisation_id)
    ordered = of.order_by(*(key.column for key in _FIRST_TERM))
    return read_as(Spanning, ordered)
