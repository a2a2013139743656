"""The words before or behind a moment that make it a limit: "voor", "uiterlijk", "vanaf"."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from portal.terms.moments import Moment
from portal.terms.periods import ONE_DAY, Part, Period, Precision


class Dates(NamedTuple):
    """What was understood; None is an open end."""

    earliest: date | None
    latest: date | None
    precision: Precision


Bound = Callable[[Period, Moment], Dates | None]


def _named(period: Period, moment: Moment) -> Dates:
    return Dates(period.earliest, period.latest, moment.precision)


def _until(period: Period, moment: Moment) -> Dates:
    return Dates(None, period.latest, moment.precision)


def _before(period: Period, moment: Moment) -> Dates | None:
    if moment.part is Part.MIDDLE:
        return None
    if moment.part is Part.END:
        # "Voor eind 2023" means before the end is over, not before it begins.
        return _until(period, moment)
    # Before a season counts from the calendar's first day of it, the 21st.
    is_season = moment.precision is Precision.SEASON
    first = period.earliest.replace(day=21) if is_season else period.earliest
    return Dates(None, first - ONE_DAY, moment.precision)


def _from(period: Period, _moment: Moment) -> Dates:
    return Dates(period.earliest, None, Precision.FROM)


def _after(period: Period, moment: Moment) -> Dates | None:
    if moment.part is Part.MIDDLE:
        return None
    return Dates(period.latest + ONE_DAY, None, Precision.FROM)


BOUNDS: tuple[tuple[re.Pattern[str], Bound], ...] = tuple(
    (re.compile(pattern), bound)
    for pattern, bound in (
        (r"(?:uiterlijk |tot )?(?:tot|voor|eerder dan) (?:begin )?(?P<moment>.+)", _before),
        (r"(?:(?:tot |per )?uiterlijk(?: per| tm)?|per|tm|nietna) (?P<moment>.+)", _until),
        (r"(?:vanaf|ingaande|nietvoor) (?P<moment>.+?)(?: oflater)?", _from),
        (r"na (?P<moment>.+)", _after),
        (r"(?P<moment>.+) oflater", _from),
        (r"(?P<moment>.+) ofeerder", _until),
        (r"(?P<moment>.+)", _named),
    )
)


def left_out(moment: Moment) -> Moment:
    """Give the last day before the moment, at which a span "tot" that moment ends."""

    def last_day_before(year: int) -> Period | None:
        period = moment.in_year(year)
        if period is None:
            return None
        dates = _before(period, moment)
        end = dates.latest if dates and dates.latest else period.earliest - ONE_DAY
        return Period(end, end)

    weekday = None if moment.weekday is None else (moment.weekday - 1) % 7
    return replace(moment, in_year=last_day_before, weekday=weekday)
