"""One table of jobs: written in the act's transaction, done by the worker, at least once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select, update
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import NotFound

from portal.core import clock
from portal.core.db import db, write_section
from portal.core.log import event, logger
from portal.services.models import Job, JobState
from portal.services.upkeep import run_upkeep

Work = Callable[[dict[str, Any]], None]

WAITS = (5, 10, 20, 40, 60, 60, 60, 120, 300, 600, 1800, 3600)
MAX_TRIES = 60
LEASE = timedelta(minutes=5)
# How long the row of a done job stays, and its key with it. Code that passes a key must not pass
# the same one later: the mail about what waits names its day, and what became of a mailed link is
# looked up for a month.
KEEP_DONE = timedelta(days=90)

_kinds: dict[str, Work] = {}


class Lease(NamedTuple):
    """A due job that this worker does now, and how often it has been tried with this time."""

    job_id: int
    kind: str
    payload: dict[str, Any]
    tries: int


class Hopeless(Exception):
    """Trying again cannot help: the job is parked at once."""


def does(kind: str) -> Callable[[Work], Work]:
    """Register the function that does jobs of this kind; run twice, it must do no harm."""

    def register(work: Work) -> Work:
        _kinds[kind] = work
        return work

    return register


def enqueue(
    kind: str,
    payload: Mapping[str, object],
    *,
    key: str | None = None,
    run_at: datetime | None = None,
) -> None:
    """Add a job to this transaction; `payload` must be JSON, `run_at` None means now.

    When another job has this `key` already, nothing happens. A job that waits or is parked holds
    its key for ever, one that is done for KEEP_DONE.
    """
    now = clock.now()
    job = Job(
        kind=kind,
        payload=dict(payload),
        state=JobState.WAITING,
        run_at=run_at or now,
        key=key,
        created_at=now,
        tries=0,
    )
    if key is None:
        db.session.add(job)
    elif db.session.scalar(select(Job.id).where(Job.key == key)) is None:
        _add_once(job)


def _add_once(job: Job) -> None:
    """Add a job with a key; nothing happens when another one took the key just now."""
    try:
        with db.session.begin_nested():
            db.session.add(job)
            db.session.flush()
    except IntegrityError:
        return


def _lease() -> Lease | None:
    now = clock.now()
    due = (
        select(Job)
        .where(
            Job.state == JobState.WAITING,
            Job.run_at <= now,
            or_(Job.leased_until.is_(None), Job.leased_until < now),
        )
        .order_by(Job.run_at, Job.id)
        .limit(1)
    )
    if db.session.scalar(due.with_only_columns(Job.id)) is None:
        return None
    with write_section():
        job = db.session.scalars(due.with_for_update(skip_locked=True)).first()
        if job is None:
            return None
        job.leased_until = now + LEASE
        job.tries += 1
        return Lease(job.id, job.kind, dict(job.payload), job.tries)


def _finish(job_id: int, **values: object) -> None:
    with write_section():
        db.session.execute(update(Job).where(Job.id == job_id).values(leased_until=None, **values))


def _fail(lease: Lease, fault: Exception) -> None:
    job_id, kind, _payload, tries = lease
    message = f"{type(fault).__name__}: {fault}"[:500]
    if isinstance(fault, Hopeless) or tries >= MAX_TRIES:
        _finish(job_id, state=JobState.PARKED, last_error=message)
        event("job_parked", level=logging.ERROR, job=job_id, kind=kind, tries=tries)
        return
    wait = timedelta(seconds=WAITS[min(tries, len(WAITS)) - 1])
    _finish(job_id, run_at=clock.now() + wait, last_error=message)
    event("job_failed", level=logging.WARNING, job=job_id, kind=kind, tries=tries)


def run_one() -> bool:
    """Do one due job; return whether there was one."""
    lease = _lease()
    if lease is None:
        return False
    db.session.rollback()
    try:
        if lease.kind not in _kinds:
            raise Hopeless(f"no work is known for {lease.kind}")
        _kinds[lease.kind](lease.payload)
    except Exception as fault:  # a job may fail in any way: it is tried again, or parked and shown
        db.session.rollback()
        _fail(lease, fault)
        return True
    # What was sent is not stored any longer: links in it are secrets.
    _finish(lease.job_id, state=JobState.DONE, payload={}, done_at=clock.now(), last_error=None)
    return True


def run_due(most: int = 1000) -> int:
    """Do the jobs that are due now, at most `most`; return how many were tried."""
    done = 0
    while done < most and run_one():
        done += 1
    return done


def work(should_stop: Callable[[], bool], pause: float = 1.0) -> None:
    """Do jobs and upkeep until `should_stop`, looking again every `pause` seconds."""
    while not should_stop():
        try:
            run_upkeep()
            busy = run_one()
        except Exception as fault:  # the worker outlives a database that is away for a while
            logger.error("worker_stumbled", exc_info=fault)
            db.session.rollback()
            busy = False
        finally:
            db.session.remove()
        if not busy:
            time.sleep(pause)


def waiting_and_parked() -> tuple[int, int]:
    """Return how many jobs wait, and how many are parked."""
    query = select(Job.state, func.count()).where(
        Job.state.in_((JobState.WAITING, JobState.PARKED))
    )
    counts = {row[0]: row[1] for row in db.session.execute(query.group_by(Job.state))}
    return counts.get(JobState.WAITING, 0), counts.get(JobState.PARKED, 0)


def parked(most: int = 100) -> list[Job]:
    """Return the jobs that were given up, the newest first."""
    query = select(Job).where(Job.state == JobState.PARKED).order_by(Job.id.desc()).limit(most)
    return list(db.session.scalars(query))


def states_by_key(keys: Collection[str]) -> dict[str, str]:
    """Return key -> state of the jobs with one of these keys."""
    rows = db.session.execute(select(Job.key, Job.state).where(Job.key.in_(keys)))
    return {key: state for key, state in rows if key is not None}


def get_parked(job_id: int) -> Job:
    """Return a job that was given up, or 404."""
    job = db.session.get(Job, job_id)
    if job is None or job.state != JobState.PARKED:
        raise NotFound
    return job


def retry(job: Job) -> None:
    """Let a parked job be tried again, at once and from the beginning."""
    job.state, job.tries = JobState.WAITING, 0
    job.run_at, job.leased_until = clock.now(), None
