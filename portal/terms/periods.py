"""The stretches of the calendar that a term can name, each as its first and last day."""

import calendar
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

# Words never carry a promise outside these years: a number beyond them is something else.
FIRST_YEAR, LAST_YEAR = 1900, 2199
ONE_DAY = timedelta(days=1)
LAST = 0


class Precision(StrEnum):
    """How exact the words are; the values are the Dutch words for it."""

    DAY = "dag"
    WEEK = "week"
    PART_OF_MONTH = "deel van maand"
    MONTH = "maand"
    QUARTER = "kwartaal"
    SEASON = "seizoen"
    HALF_YEAR = "halfjaar"
    PART_OF_YEAR = "deel van jaar"
    YEAR = "jaar"
    PERIOD = "periode"
    FROM = "vanaf"


class Part(StrEnum):
    """The three parts in which people split a month, a season, a quarter or a year."""

    BEGIN = "begin"
    MIDDLE = "half"
    END = "eind"


class Period(NamedTuple):
    """A first and a last day, both inside the period."""

    earliest: date
    latest: date


def is_within_reach(moment: date) -> bool:
    """Tell whether words can name this date."""
    return FIRST_YEAR <= moment.year <= LAST_YEAR


def _days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def whole_months(year: int, first: int, last: int) -> Period:
    """Give the first to the last month of one year, as whole months."""
    return Period(date(year, first, 1), date(year, last, _days_in(year, last)))


def day(year: int, month: int, number: int) -> Period | None:
    """Give that one day, or None where the calendar does not have it."""
    if not 1 <= month <= 12 or not 1 <= number <= _days_in(year, month):
        return None
    only = date(year, month, number)
    return Period(only, only)


def last_day(year: int, month: int) -> Period:
    """Give the last day of a month."""
    only = date(year, month, _days_in(year, month))
    return Period(only, only)


def week(year: int, number: int) -> Period | None:
    """Give the ISO week from Monday to Sunday, or None where the year does not have it."""
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    return Period(monday, monday + 6 * ONE_DAY)


def week_around(moment: date) -> Period:
    """Give the ISO week in which the date falls."""
    monday = moment - moment.weekday() * ONE_DAY
    return Period(monday, monday + 6 * ONE_DAY)


def part_of_month(year: int, month: int, part: Part) -> Period:
    """Give days 1-10, 11-20, or 21 to the last day."""
    first = {Part.BEGIN: 1, Part.MIDDLE: 11, Part.END: 21}[part]
    last = {Part.BEGIN: 10, Part.MIDDLE: 20, Part.END: _days_in(year, month)}[part]
    return Period(date(year, month, first), date(year, month, last))


def week_of_month(year: int, month: int, number: int) -> Period:
    """Give the first to fourth seven days of a month, or its last seven for `LAST`."""
    last = _days_in(year, month) if number == LAST else 7 * number
    return Period(date(year, month, last - 6), date(year, month, last))


def half_of_month(year: int, month: int, number: int) -> Period:
    """Give days 1-15 for the first half, 16 to the last day for the second."""
    first, last = (1, 15) if number == 1 else (16, _days_in(year, month))
    return Period(date(year, month, first), date(year, month, last))


def quarter(year: int, number: int) -> Period:
    """Give three whole months, for quarter 1 to 4."""
    return whole_months(year, 3 * number - 2, 3 * number)


def season(year: int, number: int) -> Period:
    """Give spring (1), summer, autumn or winter (4); a winter ends in the next year."""
    if number == 4:
        return Period(date(year, 12, 1), last_day(year + 1, 2).latest)
    return whole_months(year, 3 * number, 3 * number + 2)


def christmas(year: int) -> Period:
    """Give the two days of Christmas."""
    return Period(date(year, 12, 25), date(year, 12, 26))


def christmas_recess(year: int) -> Period:
    """Give 21 December to 5 January of the next year."""
    return Period(date(year, 12, 21), date(year + 1, 1, 5))


def turn_of_year(year: int) -> Period:
    """Give 15 December to 15 January of the next year."""
    return Period(date(year, 12, 15), date(year + 1, 1, 15))


def summer_recess(year: int) -> Period:
    """Give July and August."""
    return whole_months(year, 7, 8)


def half_year(year: int, number: int) -> Period:
    """Give January to June for the first half, July to December for the second."""
    return whole_months(year, 6 * number - 5, 6 * number)


def part_of_year(year: int, part: Part) -> Period:
    """Give January to March, April to September, or October to December."""
    first, last = {Part.BEGIN: (1, 3), Part.MIDDLE: (4, 9), Part.END: (10, 12)}[part]
    return whole_months(year, first, last)


def third(period: Period, part: Part) -> Period:
    """Give the first, middle or last month of a period of three months."""
    months_on = {Part.BEGIN: 0, Part.MIDDLE: 1, Part.END: 2}[part]
    within = add_months(period.earliest, months_on)
    return whole_months(within.year, within.month, within.month)


def add_months(moment: date, months: int) -> date:
    """Give the same day so many months on, or the last day of a shorter month."""
    years, month = divmod(moment.month - 1 + months, 12)
    year = moment.year + years
    return date(year, month + 1, min(moment.day, _days_in(year, month + 1)))
