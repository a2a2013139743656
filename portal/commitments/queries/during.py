"""What happened to promises between two days, as conditions for queries."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, select

from portal.commitments.models import Commitment, TermMove, Update
from portal.commitments.queries.filtering import CommitmentFilter, matching
from portal.commitments.queries.outcomes import outcome_of
from portal.commitments.queries.standing import columns_on, days_of
from portal.commitments.standing import Standing
from portal.core import clock
from portal.core.db import read_as


class Happening(StrEnum):
    """Something that happened to a promise, as addresses name it."""

    PROMISED = "toegezegd"
    DONE = "gereed"
    MOVED = "verschoven"
    REPORTED = "bericht"
    WITHDRAWN = "ingetrokken"


def happened(first: date, last: date) -> dict[Happening, ColumnElement[bool]]:
    """Return per happening the condition that it happened from `first` up to and with `last`.

    From what is known now; never NULL. Done is what was done at the end of the last day.
    """
    done_on = columns_on(last).done_on
    return {
        Happening.PROMISED: Commitment.promised_on.between(first, last),
        Happening.DONE: func.coalesce(done_on.between(first, last), false()),
        Happening.MOVED: _is_moved(first, last),
        Happening.REPORTED: _is_reported(first, last),
        Happening.WITHDRAWN: func.coalesce(Commitment.withdrawn_on.between(first, last), false()),
    }


def _is_moved(first: date, last: date) -> ColumnElement[bool]:
    """Return the condition that a term was put off: bringing it forward is no delay."""
    begins = clock.end_of(first - timedelta(days=1))
    is_earlier = func.coalesce(TermMove.new_latest < TermMove.old_latest, false())
    return (
        exists()
        .where(
            TermMove.commitment_id == Commitment.id,
            and_(TermMove.moved_at >= begins, TermMove.moved_at < clock.end_of(last)),
            ~is_earlier,
        )
        .correlate(Commitment)
    )


def _is_reported(first: date, last: date) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            Update.commitment_id == Commitment.id,
            Update.told_on.between(first, last),
            Update.retracted_at.is_(None),
            Update.hidden_at.is_(None),
        )
        .correlate(Commitment)
    )


class YearRow(NamedTuple):
    """A promise of one signatory, how it stood at the end of a stretch, and what happened in it."""

    slug: str
    title: str
    # Of the title.
    language: str
    term_words: str
    term_language: str
    outcome: str
    promised: bool
    done: bool
    moved: bool
    reported: bool
    withdrawn: bool

    def is_in(self, happening: Happening) -> bool:
        """Return whether this happened to it."""
        return bool(getattr(self, happening.name.lower()))

    @property
    def is_late(self) -> bool:
        """Whether its term and the grace had passed at the end, while it was not done."""
        return self.outcome == Standing.LATE


def promises_during(
    organisation_id: int, first: date, last: date, grace_days: int
) -> tuple[YearRow, ...]:
    """Return every public promise of a signatory at the end of `last`, as is known now."""
    columns, days = columns_on(last), days_of(last, grace_days)
    happenings = happened(first, last)
    query: Select[*tuple[Any, ...]] = select(
        Commitment.slug,
        Commitment.title,
        Commitment.language,
        columns.term_words,
        columns.term_language,
        outcome_of(days, columns),
        *(happenings[happening] for happening in Happening),
    )
    mine = matching(query, CommitmentFilter(), days, columns)
    mine = mine.where(Commitment.organisation_id == organisation_id)
    return read_as(YearRow, mine.order_by(Commitment.sort_latest, Commitment.id))
