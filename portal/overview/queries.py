"""The terms of promises that touch a period, for a line of time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select

from portal.commitments.models import FAR, Commitment
from portal.commitments.queries.filtering import CommitmentFilter, matching
from portal.commitments.queries.outcomes import outcome_of
from portal.commitments.queries.standing import (
    FIRST_TERM,
    TODAY,
    Columns,
    Days,
    columns_on,
    days_of,
)
from portal.core.db import db, read_as, read_number
from portal.core.paging import Key, Listing, page_of, read_day, start_of
from portal.organisations.models import Organisation

MOST_SPANS = 60
_ID = Key(Commitment.id, "id")
# Of today these stand in an index.
_FIRST_TERM = (
    Key(Commitment.sort_latest, "sort_latest", read=read_day),
    Key(Commitment.sort_earliest, "sort_earliest", read=read_day),
    _ID,
)


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


def spans(
    filters: CommitmentFilter,
    *,
    start: date,
    end: date,
    on: date,
    grace_days: int,
    cursor: str | None = None,
    is_past: bool = False,
) -> Listing[Spanning]:
    """Return the promises of the list with this filter whose term touches a period.

    The first that ends comes first; a page has `MOST_SPANS` of them. `on` is today; with `is_past`
    promises and their terms are those of that day.
    """
    days, columns = days_of(on, grace_days), columns_on(on) if is_past else TODAY
    keys = _keys(columns)
    latest, earliest, _number = (key.column for key in keys)
    touching = (earliest < FAR, latest >= start, _begins(columns) <= end)
    named = select(*(key.column.label(key.name) for key in keys))
    found = matching(named, filters, days, columns).where(*touching)
    page = page_of(db.session, found, keys, size=MOST_SPANS, cursor=cursor)
    counted = matching(select(func.count()), filters, days, columns).where(*touching)
    return Listing(
        rows=_spanning([row.id for row in page.rows], days, columns),
        count=read_number(counted),
        next=page.next,
        previous=page.previous,
        start=start_of(db.session, found, keys, page),
    )


def _begins(columns: Columns) -> ColumnElement[date]:
    return func.coalesce(columns.term_earliest, Commitment.promised_on)


def _keys(columns: Columns) -> tuple[Key, ...]:
    """Return what a timeline of a day is ordered by: the last day of each term, then the first."""
    if columns is TODAY:
        return _FIRST_TERM
    latest = func.coalesce(columns.term_latest, FAR)
    earliest = func.coalesce(columns.term_earliest, columns.term_latest, FAR)
    return (
        Key(latest, "sort_latest", read=read_day),
        Key(earliest, "sort_earliest", read=read_day),
        _ID,
    )


def _spanning(ids: Sequence[int], days: Days, columns: Columns) -> tuple[Spanning, ...]:
    """Return these promises in the order of a timeline."""
    shown = (
        Commitment.id,
        Commitment.slug,
        Commitment.title,
        Commitment.language,
        Organisation.name.label("organisation_name"),
        columns.term_words,
        columns.term_language,
        columns.term_earliest,
        columns.term_latest,
        Commitment.promised_on,
        columns.move_count,
        *FIRST_TERM,
        outcome_of(days, columns),
    )
    rows: Select[*tuple[Any, ...]] = select(*shown).where(Commitment.id.in_(ids))
    of = rows.join(Organisation, Organisation.id == Commitment.organisation_id)
    return read_as(Spanning, of.order_by(*(key.column for key in _keys(columns))))
