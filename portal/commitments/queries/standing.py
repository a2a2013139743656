"""How commitments stand, as expressions for queries: today's columns, or as at a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple, TypeAlias, TypeVar

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    ScalarSelect,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    or_,
    select,
)
from sqlalchemy.sql.elements import SQLCoreOperations

from portal.commitments.models import Commitment, TermMove, Update
from portal.commitments.standing import (
    PUBLIC_STATES,
    UNFINISHED,
    Progress,
    Standing,
    quiet_before,
)
from portal.core import clock
from portal.documents.models import DocumentVersion
from portal.lifecycle import CommitmentState
from portal.lifecycle.claims import TAKEN_OVER, EnteredAs, Stance
from portal.services.entered import Claimed

IS_PUBLIC = and_(Commitment.state.in_(PUBLIC_STATES), Commitment.hidden_at.is_(None))

Value = TypeVar("Value")
Column: TypeAlias = SQLCoreOperations[Value]
Day: TypeAlias = date | BindParameter[date]


class Days(NamedTuple):
    """The days by which a list is late or quiet, as values or as parameters of a statement."""

    # The first day on which a term may end without being late.
    last_due: Day
    # News of this day or later is no long time ago.
    quiet_before: Day

    def values(self) -> dict[str, Day]:
        """Return what a statement with `DAYS` wants."""
        return self._asdict()


DAYS = Days(bindparam("last_due"), bindparam("quiet_before"))


def days_of(on: date, grace_days: int) -> Days:
    """Return the days by which a list is late or quiet on `on`."""
    return Days(on - timedelta(days=grace_days), quiet_before(on))


class Columns(NamedTuple):
    """The expressions that say how a commitment stands, today or at the end of a day."""

    is_public: ColumnElement[bool]
    state: Column[str]
    progress: Column[str]
    term_words: Column[str]
    term_language: Column[str]
    term_earliest: Column[date | None]
    term_latest: Column[date | None]
    move_count: Column[int]
    earlier_count: Column[int]
    done_on: Column[date | None]
    has_evidence: ColumnElement[bool]
    # The last day with news; of a day in the past only whether it was in the year before.
    news_on: Column[date | None]


def _is_shown(hidden_at: Column[datetime | None], on: date | None) -> ColumnElement[bool]:
    """Return the condition that something was in sight at the end of `on`; None: that it is now."""
    if on is None:
        return hidden_at.is_(None)
    return or_(hidden_at.is_(None), hidden_at >= clock.end_of(on))


def _has_evidence(on: date | None = None) -> ColumnElement[bool]:
    """Return the condition that something in sight shows what was reported by the end of `on`.

    A link is in sight while its message is, a document while one of its versions is as well.
    None: as it is now.
    """
    has_version = exists(
        select(DocumentVersion.id).where(
            DocumentVersion.document_id == Update.evidence_id,
            _is_shown(DocumentVersion.hidden_at, on),
        )
    )
    updates = select(Update.id).where(
        Update.commitment_id == Commitment.id,
        Update.retracted_at.is_(None),
        _is_shown(Update.hidden_at, on),
        or_(Update.evidence_url.is_not(None), has_version),
    )
    return exists(updates if on is None else updates.where(Update.told_on <= on))


def _first(column: Column[Value], name: str) -> ColumnElement[Value | None]:
    """Return what stood in the term before its first move; NULL for one that was never moved."""
    moves = select(column).where(TermMove.commitment_id == Commitment.id)
    first = moves.order_by(TermMove.moved_at, TermMove.id).limit(1).correlate(Commitment)
    return case((Commitment.move_count > 0, first.scalar_subquery())).label(name)


FIRST_TERM = (
    _first(TermMove.old_words, "first_words"),
    _first(TermMove.old_earliest, "first_earliest"),
    _first(TermMove.old_latest, "first_latest"),
)


# The columns that actions keep up to date, so that lists read no updates and no moves.
TODAY = Columns(
    is_public=IS_PUBLIC,
    state=Commitment.state,
    progress=Commitment.progress,
    term_words=Commitment.term_words,
    term_language=Commitment.term_language,
    term_earliest=Commitment.term_earliest,
    term_latest=Commitment.term_latest,
    move_count=Commitment.move_count,
    earlier_count=Commitment.earlier_count,
    done_on=Commitment.done_on,
    has_evidence=_has_evidence(),
    news_on=Commitment.news_on,
)


def columns_on(on: date) -> Columns:
    """Return how commitments stood at the end of `on`, from what is now known about that day.

    Computed from updates and moves; for today it gives the values that `TODAY` reads.
    """
    is_withdrawn = and_(Commitment.withdrawn_on.is_not(None), Commitment.withdrawn_on <= on)
    done_on = case((Update.progress == Progress.DONE, Update.told_on))
    is_disowned = _is_disowned(Commitment, on)
    return Columns(
        is_public=and_(IS_PUBLIC, _stands(on)),
        state=case((is_withdrawn, CommitmentState.WITHDRAWN), else_=CommitmentState.PUBLISHED),
        progress=case((is_withdrawn, Progress.WITHDRAWN), else_=_reported(on, is_disowned)),
        term_words=_unmoved(TermMove.old_words, Commitment.term_words, on),
        term_language=_unmoved(TermMove.old_language, Commitment.term_language, on),
        term_earliest=_unmoved(TermMove.old_earliest, Commitment.term_earliest, on),
        term_latest=_unmoved(TermMove.old_latest, Commitment.term_latest, on),
        move_count=_moves(on),
        earlier_count=_moves(on, TermMove.new_latest < TermMove.old_latest),
        done_on=case((~or_(is_withdrawn, is_disowned), _newest(done_on, on, _is_own(Update, on)))),
        has_evidence=_has_evidence(on),
        news_on=case((_has_news(on), on), else_=date.min),
    )


def standing_clause(
    standings: Sequence[str], days: Days, columns: Columns = TODAY
) -> ColumnElement[bool]:
    """Return the condition that a commitment stands in one of these ways (of `Standing`)."""
    computed = _computed(days, columns)
    clauses = [computed[Standing(standing)] for standing in standings if standing in computed]
    progresses = [standing for standing in standings if standing not in computed]
    if progresses:
        clauses.append(columns.progress.in_(progresses))
    return or_(false(), *clauses)


def _computed(days: Days, columns: Columns) -> dict[Standing, ColumnElement[bool]]:
    """Return what is told by more than how far a commitment is."""
    is_running = and_(columns.state == CommitmentState.PUBLISHED, columns.progress.in_(UNFINISHED))
    is_done = columns.progress == Progress.DONE
    is_past = func.coalesce(columns.term_latest < days.last_due, false())
    is_after = func.coalesce(columns.done_on > columns.term_latest, false())
    return {
        Standing.LATE: and_(is_running, columns.term_latest < days.last_due),
        Standing.QUIET: and_(is_running, columns.news_on < days.quiet_before),
        Standing.OPEN: and_(is_running, ~is_past),
        Standing.IN_TIME: and_(is_done, ~is_after),
        Standing.AFTER_TERM: and_(is_done, is_after),
        Standing.MOVED: columns.move_count > columns.earlier_count,
    }


def _stands(on: date) -> ColumnElement[bool]:
    return or_(Commitment.promised_on <= on, Commitment.published_at < clock.end_of(on))


def _reported(on: date, is_disowned: ColumnElement[bool]) -> ColumnElement[str]:
    """Return how far it is: by the word of the signatory, else by a source, else unknown."""
    own, by_source = _is_own(Update, on), _is_by_source(on)
    unsaid = case(
        (_newest(Update.progress, on, by_source) == Progress.DONE, Progress.DONE_BY_SOURCE),
        (_is_own(Commitment, on), Progress.PLANNED),
        else_=Progress.SILENT,
    )
    said = func.coalesce(_newest(Update.progress, on, own), unsaid)
    return case((is_disowned, unsaid), else_=said)


def _has_news(on: date) -> ColumnElement[bool]:
    """Return the condition that there was news of a commitment in the year before `on`."""
    first = quiet_before(on)

    def is_within(moment: Column[datetime] | Column[datetime | None]) -> ColumnElement[bool]:
        begins = clock.end_of(first - timedelta(days=1))
        return func.coalesce(and_(moment >= begins, moment < clock.end_of(on)), false())

    told = exists().where(
        Update.commitment_id == Commitment.id,
        Update.told_on.between(first, on),
        Update.retracted_at.is_(None),
        _is_own(Update, on),
    )
    moved = exists().where(TermMove.commitment_id == Commitment.id, is_within(TermMove.moved_at))
    is_taken_over = func.coalesce(Commitment.stance.in_(TAKEN_OVER), false())
    return or_(
        Commitment.promised_on.between(first, on),
        is_within(Commitment.published_at),
        and_(is_taken_over, is_within(Commitment.stance_at)),
        told.correlate(Commitment),
        moved.correlate(Commitment),
    )


def _is_disowned(claim: type[Claimed], on: date) -> ColumnElement[bool]:
    """Return the condition that the signatory had disowned a claim; never NULL."""
    is_before = func.coalesce(claim.stance_at < clock.end_of(on), false())
    return and_(func.coalesce(claim.stance == Stance.DISOWNED, false()), is_before)


def _is_by_source(on: date) -> ColumnElement[bool]:
    """Return the condition that an update was the word of a source alone."""
    return and_(~_is_own(Update, on), ~_is_disowned(Update, on))


def _is_own(claim: type[Claimed], on: date) -> ColumnElement[bool]:
    """Return the condition that a claim was the word of the signatory by the end of `on`."""
    is_before = func.coalesce(claim.stance_at < clock.end_of(on), false())
    is_taken_over = and_(func.coalesce(claim.stance.in_(TAKEN_OVER), false()), is_before)
    return or_(claim.entered_as == EnteredAs.SIGNATORY, is_taken_over)


def _newest(column: Column[Value], on: date, which: ColumnElement[bool]) -> ScalarSelect[Value]:
    is_before = and_(Update.commitment_id == Commitment.id, Update.told_on <= on)
    updates = select(column).where(is_before, Update.retracted_at.is_(None), which)
    newest = updates.order_by(Update.told_on.desc(), Update.id.desc()).limit(1)
    return newest.correlate(Commitment).scalar_subquery()


def _moves(on: date, *which: ColumnElement[bool]) -> ScalarSelect[int]:
    """Return how many moves of its term a commitment had by the end of `on`."""
    is_before = and_(TermMove.commitment_id == Commitment.id, TermMove.moved_at < clock.end_of(on))
    moves = select(func.count(TermMove.id)).where(is_before, *which)
    return moves.correlate(Commitment).scalar_subquery()


def _unmoved(before: Column[Value], now: Column[Value], on: date) -> ColumnElement[Value]:
    """Return the value that a column of the term had before its first move after `on`.

    Without such a move that is the value of now.
    """
    later = (TermMove.commitment_id == Commitment.id, TermMove.moved_at >= clock.end_of(on))
    first = select(before).where(*later).order_by(TermMove.moved_at, TermMove.id).limit(1)
    is_moved = exists().where(*later).correlate(Commitment)
    return case((is_moved, first.correlate(Commitment).scalar_subquery()), else_=now)
