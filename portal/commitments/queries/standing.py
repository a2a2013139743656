"""How commitments stand, as expressions for queries: today's columns, or as at a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias, TypeVar

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    ScalarSelect,
    and_,
    case,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.sql.elements import SQLCoreOperations

from portal.commitments.models import Commitment, TermMove, Update
from portal.commitments.standing import (
    PUBLIC_STATES,
    UNFINISHED,
    Facts,
    Moved,
    Progress,
    Standing,
    Told,
)
from portal.core import clock
from portal.core.db import read_rows
from portal.lifecycle import CommitmentState

IS_PUBLIC = and_(Commitment.state.in_(PUBLIC_STATES), Commitment.hidden_at.is_(None))

Value = TypeVar("Value")
Column: TypeAlias = SQLCoreOperations[Value]
Day: TypeAlias = date | BindParameter[date]


class Columns(NamedTuple):
    """What says how a commitment stands: the columns of today, or what they were on a day."""

    is_public: ColumnElement[bool]
    state: Column[str]
    progress: Column[str]
    term_words: Column[str]
    term_earliest: Column[date | None]
    term_latest: Column[date | None]
    move_count: Column[int]
    done_on: Column[date | None]


# What actions keep in the row itself, so that lists need not look further.
TODAY = Columns(
    is_public=IS_PUBLIC,
    state=Commitment.state,
    progress=Commitment.progress,
    term_words=Commitment.term_words,
    term_earliest=Commitment.term_earliest,
    term_latest=Commitment.term_latest,
    move_count=Commitment.move_count,
    done_on=Commitment.done_on,
)


def columns_on(on: date) -> Columns:
    """Return how commitments stood at the end of `on`, from what is now known about that day.

    For the day of today this says what `TODAY` says, by looking through updates and moves.
    """
    is_withdrawn = and_(Commitment.withdrawn_on.is_not(None), Commitment.withdrawn_on <= on)
    told: ColumnElement[str] = func.coalesce(_newest(Update.progress, on), Progress.PLANNED)
    done_on = case((Update.progress == Progress.DONE, Update.told_on))
    return Columns(
        is_public=and_(IS_PUBLIC, _stands(on)),
        state=case((is_withdrawn, CommitmentState.WITHDRAWN), else_=CommitmentState.PUBLISHED),
        progress=case((is_withdrawn, Progress.WITHDRAWN), else_=told),
        term_words=_unmoved(TermMove.old_words, Commitment.term_words, on),
        term_earliest=_unmoved(TermMove.old_earliest, Commitment.term_earliest, on),
        term_latest=_unmoved(TermMove.old_latest, Commitment.term_latest, on),
        move_count=select(func.count(TermMove.id))
        .where(TermMove.commitment_id == Commitment.id, TermMove.moved_at < clock.end_of(on))
        .correlate(Commitment)
        .scalar_subquery(),
        done_on=case((~is_withdrawn, _newest(done_on, on))),
    )


def standing_clause(
    standings: Sequence[str], last_due: Day, columns: Columns = TODAY
) -> ColumnElement[bool]:
    """Return which commitments stand in one of these ways, of `Standing`.

    `last_due` is the day that `last_due(on, grace_days)` gives.
    """
    told = [standing for standing in standings if standing != Standing.LATE]
    is_told: ColumnElement[bool] = columns.progress.in_(told)
    if len(told) == len(standings):
        return is_told
    is_late = and_(
        columns.state == CommitmentState.PUBLISHED,
        columns.progress.in_(UNFINISHED),
        columns.term_latest < last_due,
    )
    return or_(is_told, is_late) if told else is_late


def last_due(on: date, grace_days: int) -> date:
    """Return the first day on which a term may end without being late on `on`."""
    return on - timedelta(days=grace_days)


def facts_of(commitment: Commitment) -> Facts:
    """Return what is known of a public commitment, for `standing_on`: in two queries."""
    assert commitment.published_at is not None  # noqa: S101
    updates = select(Update.told_on, Update.progress).where(Update.commitment_id == commitment.id)
    moves = select(TermMove.moved_at, TermMove.old_latest).where(
        TermMove.commitment_id == commitment.id
    )
    return Facts(
        stands_from=min(commitment.promised_on, clock.day_of(commitment.published_at)),
        withdrawn_on=commitment.withdrawn_on,
        latest=commitment.term_latest,
        updates=[Told(*row) for row in read_rows(updates.order_by(Update.id))],
        moves=[
            Moved(clock.day_of(moved_at), old_latest)
            for moved_at, old_latest in read_rows(moves.order_by(TermMove.moved_at, TermMove.id))
        ],
    )


def _stands(on: date) -> ColumnElement[bool]:
    return or_(Commitment.promised_on <= on, Commitment.published_at < clock.end_of(on))


def _newest(column: Column[Value], on: date) -> ScalarSelect[Value]:
    told = select(column).where(Update.commitment_id == Commitment.id, Update.told_on <= on)
    newest = told.order_by(Update.told_on.desc(), Update.id.desc()).limit(1)
    return newest.correlate(Commitment).scalar_subquery()


def _unmoved(before: Column[Value], now: Column[Value], on: date) -> ColumnElement[Value]:
    """Return what a term said before the first move after `on`; without one, what it says now."""
    later = (TermMove.commitment_id == Commitment.id, TermMove.moved_at >= clock.end_of(on))
    first = select(before).where(*later).order_by(TermMove.moved_at, TermMove.id).limit(1)
    is_moved = exists().where(*later).correlate(Commitment)
    return case((is_moved, first.correlate(Commitment).scalar_subquery()), else_=now)
