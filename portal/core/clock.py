"""The one source of now and today; a test may stop it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

_stopped: list[datetime] = []


def now() -> datetime:
    """Return this moment in UTC, aware."""
    return _stopped[-1] if _stopped else datetime.now(UTC)


def today() -> date:
    """Return the date in Amsterdam: a deadline ends there at midnight."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """Return the date in Amsterdam at an aware moment."""
    return moment.astimezone(AMSTERDAM).date()


def end_of(day: date) -> datetime:
    """Return the moment, aware, at which a day ends in Amsterdam: the first that is after it."""
    return datetime.combine(day + timedelta(days=1), time(), AMSTERDAM)


def set_now(moment: datetime | None) -> None:
    """Stop the clock at `moment` (aware), or let it run again with None."""
    _stopped.clear()
    if moment is not None:
        _stopped.append(moment)
