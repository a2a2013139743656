"""One table of jobs: written in the act's transaction, done by the worker, at least once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

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
# How long a done job stays, and its key with it. Who hands out keys sees to it that none comes
# again later: the decision on one text is taken once, the mail about what waits names its day,
# and links are asked about for a month after they were mailed.
KEEP_DONE = timedelta(days=90)

_kinds: dict[str, Work] = {}


class Hopeless(Exception):
    """Trying again cannot help: the job is parked at once."""


def does(kind: str) -> Callable[[Work], Work]:
    """Register the function that does jobs of this kind; it must bear being run twice."""

    def register(work: Work) -> Work:
        _kinds[kind] = work
        return work

    return register


def enqueue(
    kind: str, payload: dict[str, Any], *, key: str | None = None, run_at: datetime | None = None
) -> None:
    """Add a job to this transaction.

    With a `key` that another job has nothing happens. A job that is waiting or parked has its key
    for ever, one that is done for KEEP_DONE.
    """
    now = clock.now()
    job = Job(
        kind=kind,
        payload=payload,
        state=JobState.WAITING,
        run_at=run_at or now,
        key=key,
        created_at=now,
        tries=0,
    )
    if key is None:
        db.session.add(job)
        return
    if db.session.scalar(select(Job.id).where(Job.key == key)) is not None:
        return
    try:
        with db.session.begin_nested():
            db.session.add(job)
            db.session.flush()
    except IntegrityError:
        return


def _lease() -> tuple[int, str, dict[str, Any], int] | None:
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
        return job.id, job.kind, dict(job.payload), job.tries


def _finish(job_id: int, **values: Any) -> None:
    with write_section():
        db.session.execute(update(Job).where(Job.id == job_id).values(leased_until=None, **values))


def _fail(job_id: int, kind: str, tries: int, fault: Exception) -> None:
    words = f"{type(fault).__name__}: {fault}"[:500]
    if isinstance(fault, Hopeless) or tries >= MAX_TRIES:
        _finish(job_id, state=JobState.PARKED, last_error=words)
        event("job_parked", level=logging.ERROR, job=job_id, kind=kind, tries=tries)
        return
    wait = timedelta(seconds=WAITS[min(tries, len(WAITS)) - 1])
    _finish(job_id, run_at=clock.now() + wait, last_error=words)
    event("job_failed", level=logging.WARNING, job=job_id, kind=kind, tries=tries)


def run_one() -> bool:
    """Do one due job; return whether there was one."""
    leased = _lease()
    if leased is None:
        return False
    job_id, kind, payload, tries = leased
    db.session.rollback()
    try:
        if kind not in _kinds:
            raise Hopeless(f"no work is known for {kind}")
        _kinds[kind](payload)
    except Exception as fault:  # a job may fail in any way: it is tried again, or parked and shown
        db.session.rollback()
        _fail(job_id, kind, tries, fault)
        return True
    # What was sent needs no keeping: links in it are secrets.
    _finish(job_id, state=JobState.DONE, payload={}, done_at=clock.now(), last_error=None)
    return True


def run_due(most: int = 1000) -> int:
    """Do what is due now; return how many jobs were tried."""
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
    counted = select(Job.state, func.count()).where(
        Job.state.in_((JobState.WAITING, JobState.PARKED))
    )
    found = {row[0]: row[1] for row in db.session.execute(counted.group_by(Job.state))}
    return found.get(JobState.WAITING, 0), found.get(JobState.PARKED, 0)


def parked(most: int = 100) -> list[Job]:
    """Return the jobs that were given up, the newest first."""
    found = select(Job).where(Job.state == JobState.PARKED).order_by(Job.id.desc()).limit(most)
    return list(db.session.scalars(found))


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
