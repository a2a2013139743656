"""Working days in the Netherlands: the longest that a thing should wait is one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache

from holidays import country_holidays

from portal.core import clock
from portal.core.clock import AMSTERDAM

SATURDAY = 5


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Return the public holidays of the Netherlands: Good Friday is one, and 5 May once in five."""
    return frozenset(country_holidays("NL", years=year))


def is_working_day(moment: datetime) -> bool:
    """Return whether it is Monday to Friday in Amsterdam then, and no public holiday."""
    return _is_working_date(moment.astimezone(AMSTERDAM).date())


def one_working_day_after(moment: datetime) -> datetime:
    """Return the same time on the next working day; what comes on a day off counts from its end.

    On Friday at 15.00 that is Monday at 15.00; on Saturday it is Tuesday at 0.00.
    """
    local = moment.astimezone(AMSTERDAM)
    if not is_working_day(local):
        local = datetime.combine(_next_working_date(local.date()), time(0), AMSTERDAM)
    return datetime.combine(_next_working_date(local.date()), local.time(), AMSTERDAM)


def is_late(since: datetime) -> bool:
    """Return whether what came then waits for more than one working day."""
    return clock.now() > one_working_day_after(since)


def _is_working_date(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


def _next_working_date(day: date) -> date:
    day += timedelta(days=1)
    while not _is_working_date(day):
        day += timedelta(days=1)
    return day
