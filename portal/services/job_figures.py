"""How it goes with the jobs: how many wait or were given up, and for how long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from portal.core import clock
from portal.core.db import connection, db, read_as, read_row
from portal.services.models import Job, JobState, JobTally


class Outcome(StrEnum):
    """How a try to do a job ended."""

    DONE = "done"
    # It is tried again.
    FAILED = "failed"
    PARKED = "parked"


class Pile(NamedTuple):
    """The jobs of one kind in one state; `due_at` is when the first of them could be done."""

    kind: str
    state: JobState
    number: int
    due_at: datetime


class Ended(NamedTuple):
    """How often jobs of one kind ended in one way."""

    kind: str
    outcome: str
    number: int


class Stuck(NamedTuple):
    """The mail that has waited longest of those that did not go when they were tried."""

    since: datetime
    error: str


# Both write "insert, or else ..." in the same words.
Insert = postgresql.Insert | sqlite.Insert


def _tallying(insert: Callable[[type[JobTally]], Insert]) -> Insert:
    first = insert(JobTally).values(count=1)
    return first.on_conflict_do_update(
        index_elements=["kind", "outcome"], set_={"count": JobTally.count + 1}
    )


_TALLY = {"postgresql": _tallying(postgresql.insert), "sqlite": _tallying(sqlite.insert)}


def tally(kind: str, outcome: Outcome) -> None:
    """Count in this transaction how a job ended."""
    current = connection()
    current.execute(_TALLY[current.dialect.name], {"kind": kind, "outcome": outcome.value})


def piles() -> Sequence[Pile]:
    """Return the jobs that wait or were given up, by kind and state."""
    query = select(Job.kind, Job.state, func.count(), func.min(Job.run_at)).where(
        Job.state.in_((JobState.WAITING, JobState.PARKED))
    )
    return read_as(Pile, query.group_by(Job.kind, Job.state).order_by(Job.kind, Job.state))


def endings() -> Sequence[Ended]:
    """Return how often jobs ended, by kind and outcome."""
    query = select(JobTally.kind, JobTally.outcome, JobTally.count)
    return read_as(Ended, query.order_by(JobTally.kind, JobTally.outcome))


def stuck_mail() -> Stuck | None:
    """Return the oldest mail that was tried and waits to be tried again, None without one."""
    query = select(Job.created_at, Job.last_error).where(
        Job.state == JobState.WAITING, Job.kind == "mail", Job.last_error.is_not(None)
    )
    row = read_row(query.order_by(Job.created_at, Job.id).limit(1))
    return None if row is None else Stuck(row[0], row[1] or "")


def waiting_and_parked() -> tuple[int, int]:
    """Return how many jobs wait, and how many are parked."""
    query = select(Job.state, func.count()).where(
        Job.state.in_((JobState.WAITING, JobState.PARKED))
    )
    counts = {row[0]: row[1] for row in db.session.execute(query.group_by(Job.state))}
    return counts.get(JobState.WAITING, 0), counts.get(JobState.PARKED, 0)


def longest_wait() -> timedelta:
    """Return for how long the job that is most overdue could have been done; 0 without one."""
    waiting = select(func.min(Job.run_at)).where(Job.state == JobState.WAITING)
    due = db.session.scalar(waiting)
    return max(clock.now() - due, timedelta()) if due is not None else timedelta()
