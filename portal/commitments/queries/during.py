"""What happened to promises between two days, as conditions for queries."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, false, func

from portal.commitments.models import Commitment, TermMove, Update
from portal.commitments.queries.standing import columns_on
from portal.core import clock


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
