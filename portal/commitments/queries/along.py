"""Public commitments as calendars and feed readers take them along."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import or_, select

from portal.commitments.models import Commitment
from portal.commitments.queries.filtering import CommitmentFilter, matching
from portal.commitments.queries.listing import ORDERS
from portal.commitments.queries.rows import IS_OF_VERENIGING
from portal.commitments.queries.standing import days_of
from portal.core.db import Columnar, read_as
from portal.core.paging import in_order
from portal.organisations.models import Organisation

# More than a calendar can show; of a longer list the last terms are kept.
MOST_TERMS = 1000


class TermRow(NamedTuple):
    """One promise with its term, for an event or an entry."""

    id: int
    slug: str
    short_number: int | None
    title: str
    # Of the title.
    language: str
    organisation_name: str
    kind: str
    progress: str
    term_words: str
    earliest: date | None
    latest: date | None
    move_count: int
    updated_at: datetime
    is_of_vereniging: bool
    source_title: str


_TERMS: Columnar = select(
    Commitment.id,
    Commitment.slug,
    Commitment.short_number,
    Commitment.title,
    Commitment.language,
    Organisation.name,
    Commitment.kind,
    Commitment.progress,
    Commitment.term_words,
    Commitment.term_earliest,
    Commitment.term_latest,
    Commitment.move_count,
    Commitment.updated_at,
    IS_OF_VERENIGING,
    Commitment.source_title,
)


_IS_DATED = or_(Commitment.term_earliest.is_not(None), Commitment.term_latest.is_not(None))


def terms_of(filters: CommitmentFilter, *, on: date, grace_days: int) -> tuple[TermRow, ...]:
    """Return the promises with a date that the list with this filter holds, the last term first.

    At most `MOST_TERMS`; those without a date have no place in a calendar.
    """
    dated = _matching(filters, on, grace_days).where(_IS_DATED)
    newest = dated.order_by(Commitment.sort_latest.desc(), Commitment.id.desc())
    return read_as(TermRow, newest.limit(MOST_TERMS))


def latest_updated(
    filters: CommitmentFilter, most: int, *, on: date, grace_days: int
) -> tuple[TermRow, ...]:
    """Return the `most` promises of the list with this filter that were updated last.

    They are found in the index of that order first: with all else the database would sort them all.
    """
    keys = ORDERS["bijgewerkt"]
    query = matching(select(*(key.column for key in keys)), filters, days_of(on, grace_days))
    newest = query.order_by(*in_order(keys)).limit(most).subquery()
    found = _TERMS.join(Organisation, Organisation.id == Commitment.organisation_id)
    found = found.where(Commitment.id.in_(select(newest.c.id)))
    return read_as(TermRow, found.order_by(*in_order(keys)))


def terms_of_one(commitment_id: int) -> tuple[TermRow, ...]:
    """Return the term of one commitment that may be read; nothing when it has no date."""
    one = _TERMS.join(Organisation, Organisation.id == Commitment.organisation_id)
    return read_as(TermRow, one.where(Commitment.id == commitment_id, _IS_DATED))


def _matching(filters: CommitmentFilter, on: date, grace_days: int) -> Columnar:
    found = matching(_TERMS, filters, days_of(on, grace_days))
    # Some filters ask something of the organisation, and have joined it.
    if filters.organisation or filters.organisation_kinds:
        return found
    return found.join(Organisation, Organisation.id == Commitment.organisation_id)
