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
    Moved,
    Progress,
    Reported,
    Standing,
    Timeline,
)
from portal.core import clock
from portal.core.db import read_rows
from portal.lifecycle import CommitmentState

IS_PUBLIC = and_(Commitment.state.in_(PUBLIC_STATES), Commitment.hidden_at.is_(None))

Value = TypeVar("Value")
Column: TypeAlias = SQLCoreOperations[Value]
Day: TypeAlias = date | BindParameter[date]


class Columns(NamedTuple):
    """The expressions that say how a commitment stands, today or at the end of a day."""

    is_public: ColumnElement[bool]
    state: Column[str]
    progress: Column[str]
    term_words: Column[str]
    term_earliest: Column[date | None]
    term_latest: Column[date | None]
    move_count: Column[int]
    done_on: Column[date | None]


# The columns that actions keep up to date, so that lists read no updates and no moves.
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

    Computed from updates and moves; for today it gives the values that `TODAY` reads.
    """
    is_withdrawn = and_(Commitment.withdrawn_on.is_not(None), Commitment.withdrawn_on <= on)
    reported: ColumnElement[str] = func.coalesce(_newest(Update.progress, on), Progress.PLANNED)
    done_on = case((Update.progress == Progress.DONE, Update.told_on))
    return Columns(
        is_public=and_(IS_PUBLIC, _stands(on)),
        state=case((is_withdrawn, CommitmentState.WITHDRAWN), else_=CommitmentState.PUBLISHED),
        progress=case((is_withdrawn, Progress.WITHDRAWN), else_=reported),
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
    """Return the condition that a commitment stands in one of these ways (of `Standing`).

    `last_due` is the day that `last_due(on, grace_days)` gives.
    """
    progresses = [standing for standing in standings if standing != Standing.LATE]
    is_so_far: ColumnElement[bool] = columns.progress.in_(progresses)
    if len(progresses) == len(standings):
        return is_so_far
    is_late = and_(
        columns.state == CommitmentState.PUBLISHED,
        columns.progress.in_(UNFINISHED),
        columns.term_latest < last_due,
    )
    return or_(is_so_far, is_late) if progresses else is_late


def last_due(on: date, grace_days: int) -> date:
    """Return the first day on which a term may end without being late on `on`."""
    return on - timedelta(days=grace_days)


def timeline_of(commitment: Commitment) -> Timeline:
    """Return what happened to a public commitment, for `standing_on`; in two queries."""
    assert commitment.published_at is not None  # noqa: S101
    updates = select(Update.told_on, Update.progress).where(Update.commitment_id == commitment.id)
    moves = select(TermMove.moved_at, TermMove.old_latest).where(
        TermMove.commitment_id == commitment.id
    )
    return Timeline(
        stands_from=min(commitment.promised_on, clock.day_of(commitment.published_at)),
        withdrawn_on=commitment.withdrawn_on,
        latest=commitment.term_latest,
        updates=[Reported(*row) for row in read_rows(updates.order_by(Update.id))],
        moves=[
            Moved(clock.day_of(moved_at), old_latest)
            for moved_at, old_latest in read_rows(moves.order_by(TermMove.moved_at, TermMove.id))
        ],
    )


def _stands(on: date) -> ColumnElement[bool]:
    return or_(Commitment.promised_on <= on, Commitment.published_at < clock.end_of(on))


def _newest(column: Column[Value], on: date) -> ScalarSelect[Value]:
    updates = select(column).where(Update.commitment_id == Commitment.id, Update.told_on <= on)
    newest = updates.order_by(Update.told_on.desc(), Update.id.desc()).limit(1)
    return newest.correlate(Commitment).scalar_subquery()


def _unmoved(before: Column[Value], now: Column[Value], on: date) -> ColumnElement[Value]:
    """Return the value that a column of the term had before its first move after `on`.

    Without such a move that is the value of now.
    """
    later = (TermMove.commitment_id == Commitment.id, TermMove.moved_at >= clock.end_of(on))
    first = select(before).where(*later).order_by(TermMove.moved_at, TermMove.id).limit(1)
    is_moved = exists().where(*later).correlate(Commitment)
    return case((is_moved, first.correlate(Commitment).scalar_subquery()), else_=now)
