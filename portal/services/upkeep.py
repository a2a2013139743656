"""What the worker does again and again: once in its interval, however many workers there are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.services import limits
from portal.services.models import LimitCounter

# Counters older than this are swept away, so nothing can be rarer.
RAREST = timedelta(days=1)
KEY = "upkeep"

Work = Callable[[], None]

_works: dict[str, tuple[timedelta, Work]] = {}


def every(interval: timedelta) -> Callable[[Work], Work]:
    """Register something that is done again and again, at most a day apart, under its own name."""
    if interval > RAREST:
        raise ValueError(f"{interval} is longer than {RAREST}")

    def register(work: Work) -> Work:
        _works[work.__name__] = (interval, work)
        return work

    return register


def run_upkeep() -> None:
    """Do what is due. When it was last begun is a row, so a restart changes nothing.

    One worker begins it, and notes that first: what is broken off comes again an interval later.
    """
    query = select(LimitCounter.name, LimitCounter.started_at).where(LimitCounter.key == KEY)
    begun = dict(db.session.execute(query).all())
    db.session.rollback()
    for name, (interval, work) in _works.items():
        is_due = name not in begun or clock.now() - begun[name] >= interval
        if is_due and limits.is_first(name, KEY, interval):
            work()
