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
# What is not even begun while there is nothing to do, by the name of the work.
_asked_first: dict[str, Callable[[], bool]] = {}


def every(interval: timedelta, *, when: Callable[[], bool] | None = None) -> Callable[[Work], Work]:
    """Register something that is done again and again, at most a day apart, under its own name.

    With `when` only while that says that there is something to do: it is asked very often.
    """
    if interval > RAREST:
        raise ValueError(f"{interval} is longer than {RAREST}")

    def register(work: Work) -> Work:
        _works[work.__name__] = (interval, work)
        if when is not None:
            _asked_first[work.__name__] = when
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
        if is_due and _has_work(name) and limits.is_first(name, KEY, interval):
            work()


def _has_work(name: str) -> bool:
    asked = _asked_first.get(name)
    if asked is None:
        return True
    has_work = asked()
    db.session.rollback()
    return has_work
