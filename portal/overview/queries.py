"""The terms of promises that touch a period, for a line of time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from portal.commitments.models import FAR, Commitment
from portal.commitments.queries.filtering import CommitmentFilter, matching
from portal.commitments.queries.outcomes import outcome_of
from portal.commitments.queries.standing import FIRST_TERM, TODAY, Days, days_of
from portal.core.db import db, read_as, read_number
from portal.core.paging import Key, Listing, page_of, read_day, start_of
from portal.organisations.models import Organisation

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
    rows = select(*_SPANNING, outcome_of(days, TODAY)).where(Commitment.id.in_(ids))
    of = rows.join(Organisation, Organisation.id == Commitment.organisation_id)
    ordered = of.order_by(*(key.column for key in _FIRST_TERM))
    return read_as(Spanning, ordered)
