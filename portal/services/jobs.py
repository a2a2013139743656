"""One table of jobs: written in the act's transaction, done by the worker, at least once."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from werkzeug.exceptions import NotFound

from portal.core import clock
from portal.core.db import db, for_thread, write_section
from portal.core.log import event, logger
from portal.core.settings import settings
from portal.lifecycle import Recorded
from portal.services.decision_jobs import mark_of
from portal.services.heartbeat import WORKER, Pulse
from portal.services.job_figures import Outcome, tally
from portal.services.job_secrets import told_of_mail, without_secrets
from portal.services.models import Job, JobState
from portal.services.upkeep import run_upkeep

Work = Callable[[dict[str, Any]], None]

WAITS = (5, 10, 20, 40, 60, 60, 60, 120, 300, 600, 1800, 3600)
MAX_TRIES = 60
# How long the row of a done job stays, and its key with it. Code that passes a key must not pass
# the same one later: the mail about what waits names its day, and what became of a mailed link is
# looked up for a month.
KEEP_DONE = timedelta(days=90)

_kinds: dict[str, Work] = {}


class Lease(NamedTuple):
    """A due job that this worker does now, and how often it has been tried with this time.

    Who takes the job over counts one try more, so an earlier worker changes nothing of it any more.
    """

    job_id: int
    kind: str
    payload: dict[str, Any]
    tries: int


class Hopeless(Exception):
    """Trying again cannot help: the job is parked at once."""


class Unneeded(Exception):
    """There is nothing to do any more: the job is done, and its row says why nothing came of it."""


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
    decision: Recorded | None = None,
) -> None:
    """Add a job to this transaction; `payload` must be JSON, `run_at` None means now.

    When another job has this `key` already, nothing happens. A job that waits or is parked holds
    its key for ever, one that is done for KEEP_DONE. With a `decision` it can be taken back first.
    """
    now = clock.now()
    wait = settings().decision_mail_wait if decision is not None else timedelta(0)
    job = Job(
        kind=kind,
        payload=dict(payload),
        state=JobState.WAITING,
        run_at=(run_at or now) + wait,
        key=key,
        created_at=now,
        tries=0,
        decision=mark_of(decision) if decision is not None else None,
        **told_of_mail(payload),
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
        job.leased_until = now + settings().job_lease
        job.tries += 1
        return Lease(job.id, job.kind, dict(job.payload), job.tries)


def _update(lease: Lease, outcome: Outcome | None = None, **values: object) -> bool:
    """Change the row of a job that this worker holds; return whether it still does.

    `outcome` is counted with it.
    """
    held = update(Job).where(
        Job.id == lease.job_id, Job.state == JobState.WAITING, Job.tries == lease.tries
    )
    with write_section():
        found = db.session.execute(held.values(**values))
        is_held = bool(found.rowcount)  # type: ignore[attr-defined]
        if is_held and outcome is not None:
            tally(lease.kind, outcome)
    return is_held


def _finish(lease: Lease, outcome: Outcome, **values: object) -> None:
    if not _update(lease, outcome, leased_until=None, **values):
        event("job_was_taken_over", level=logging.WARNING, job=lease.job_id, kind=lease.kind)


@contextmanager
def _renewing(lease: Lease) -> Iterator[None]:
    """Hold the job for as long as the work inside lasts, however long that is."""
    ended = threading.Event()

    def renew() -> None:
        period = settings().job_lease
        while not ended.wait(_renewed_every(period)):
            try:
                if not _update(lease, leased_until=clock.now() + period):
                    return
            except SQLAlchemyError as fault:
                logger.warning("job_not_renewed", exc_info=fault)

    thread = threading.Thread(target=for_thread(renew), name=f"job-{lease.job_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _renewed_every(period: timedelta) -> float:
    return period.total_seconds() / 3


def _fail(lease: Lease, fault: Exception) -> None:
    job_id, kind, payload, tries = lease
    message = f"{type(fault).__name__}: {fault}"[:500]
    if isinstance(fault, Hopeless) or tries >= MAX_TRIES:
        kept = without_secrets(payload)
        _finish(lease, Outcome.PARKED, state=JobState.PARKED, payload=kept, last_error=message)
        event("job_parked", level=logging.ERROR, job=job_id, kind=kind, tries=tries)
        return
    wait = timedelta(seconds=WAITS[min(tries, len(WAITS)) - 1])
    _finish(lease, Outcome.FAILED, run_at=clock.now() + wait, last_error=message)
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
        with _renewing(lease):
            _kinds[lease.kind](lease.payload)
    except Unneeded as why:
        db.session.rollback()
        _close(lease, str(why))
        return True
    except Exception as fault:  # a job may fail in any way: it is tried again, or parked and shown
        db.session.rollback()
        _fail(lease, fault)
        return True
    _close(lease, None)
    return True


def _close(lease: Lease, why_not: str | None) -> None:
    """Note that a job is done; what was sent is not stored any longer: links in it are secrets."""
    ended = {"payload": {}, "done_at": clock.now(), "last_error": why_not}
    _finish(lease, Outcome.DONE, state=JobState.DONE, **ended)


def run_due(most: int = 1000) -> int:
    """Do the jobs that are due now, at most `most`; return how many were tried."""
    done = 0
    while done < most and run_one():
        done += 1
    return done


def work(should_stop: Callable[[], bool], pause: float = 1.0) -> None:
    """Do jobs and upkeep until `should_stop`, looking again every `pause` seconds."""
    pulse = Pulse(WORKER)
    while not should_stop():
        try:
            pulse.beat()
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
    pulse.stop()


def last_of(prefix: str, most: int) -> Sequence[Job]:
    """Return the newest jobs whose key begins with `prefix`."""
    query = select(Job).where(Job.key.startswith(prefix, autoescape=True))
    return db.session.scalars(query.order_by(Job.id.desc()).limit(most)).all()


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


def get_retriable(job_id: int) -> Job:
    """Return a job that was given up and can be tried again, or 404."""
    job = get_parked(job_id)
    if not job.is_retriable:
        raise NotFound
    return job


def retry(job: Job) -> None:
    """Let a parked job be tried again, at once and from the beginning."""
    job.state, job.tries = JobState.WAITING, 0
    job.run_at, job.leased_until = clock.now(), None
