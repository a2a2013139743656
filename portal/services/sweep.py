"""Clears away what has served its purpose: old drafts, used keys, counters, finished jobs."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from portal.core import clock
from portal.core.db import db, write_section
from portal.core.settings import settings
from portal.services.drafts import KEEP_DROPPED
from portal.services.jobs import KEEP_DONE
from portal.services.models import Draft, Job, JobState, LimitCounter, UsedKey
from portal.services.reach import forget_old
from portal.services.upkeep import every

KEEP_KEYS = timedelta(days=14)
KEEP_COUNTERS = timedelta(days=2)


@every(timedelta(hours=6))
def sweep() -> None:
    """Remove rows that nobody can still need."""
    now = clock.now()
    with write_section():
        db.session.execute(delete(Draft).where(Draft.typed_at < now - settings().draft_lifetime))
        db.session.execute(delete(Draft).where(Draft.dropped_at < now - KEEP_DROPPED))
        db.session.execute(delete(UsedKey).where(UsedKey.used_at < now - KEEP_KEYS))
        db.session.execute(
            delete(LimitCounter).where(LimitCounter.started_at < now - KEEP_COUNTERS)
        )
        forget_old()
        # What was parked stays until the beheerder has dealt with it.
        db.session.execute(
            delete(Job).where(Job.state == JobState.DONE, Job.done_at < now - KEEP_DONE)
        )
