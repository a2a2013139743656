"""How long somebody may have to wait: working days, in Amsterdam's calendar."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from portal.core.clock import AMSTERDAM

SATURDAY = 5


def is_working_day(moment: datetime) -> bool:
    """Return whether `moment` falls on Monday to Friday in Amsterdam."""
    return moment.astimezone(AMSTERDAM).weekday() < SATURDAY


def one_working_day_after(moment: datetime) -> datetime:
    """Return the same time on the next working day; what comes at the weekend counts from Monday.

    On Friday at 15.00 that is Monday at 15.00; on Saturday it is Tuesday at 0.00.
    """
    local = moment.astimezone(AMSTERDAM)
    if not is_working_day(local):
        local = datetime.combine(_next_working_date(local), time(0), AMSTERDAM)
    return datetime.combine(_next_working_date(local), local.time(), AMSTERDAM)


def _next_working_date(local: datetime) -> datetime:
    day = local + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day
