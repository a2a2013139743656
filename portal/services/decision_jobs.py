"""The jobs that tell of a decision: they wait a while, so that undoing it takes them back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select

from portal.core.db import db, row_id
from portal.lifecycle import Recorded
from portal.services.models import Job, JobState

_NOT_BEGUN = (Job.state == JobState.WAITING, Job.leased_until.is_(None))


def mark_of(decision: Recorded) -> str:
    """Return by what the jobs about a decision on this thing are found."""
    return f"{decision.thing}:{row_id(decision)}"


def can_take_back(decision: Recorded) -> bool:
    """Return whether a job about a decision waits that no worker has begun."""
    waiting = select(Job.id).where(Job.decision == mark_of(decision), *_NOT_BEGUN)
    return db.session.scalar(waiting.limit(1)) is not None


def take_back(decision: Recorded) -> list[dict[str, Any]]:
    """Delete the jobs about a decision that no worker has begun; return their payloads."""
    db.session.flush()
    waiting = delete(Job).where(Job.decision == mark_of(decision), *_NOT_BEGUN)
    return list(db.session.scalars(waiting.returning(Job.payload)))
