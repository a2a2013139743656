"""Read the Dutch words of a promised moment into dates."""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from portal.terms.anchors import DISTANCE, anchor, distance_end
from portal.terms.moments import Moment, read_moment
from portal.terms.periods import ONE_DAY, Part, Period, Precision, is_within_reach
from portal.terms.spans import read_span
from portal.terms.spelling import tidy
from portal.terms.term import Term


class _Dates(NamedTuple):
    earliest: date | None
    latest: date | None
    precision: Precision


_Bound = Callable[[Period, Moment], _Dates | None]

_WITHIN = re.compile(
    r"(?:uiterlijk |loop )?(?:binnen|komend)(?: nu en| komend)?(?: maximaal| uiterlijk)?"
    rf" {DISTANCE}"
)


def read(text: str, said_on: date) -> Term | None:
    """Give the term that Dutch words mean when said on that date.

    None when they name no date ("z.s.m."), an impossible one, one outside 1900 to 2199, or
    anything that is not surely understood. Never raises, whatever the text.
    """
    spelled = tidy(text)
    if spelled is None or not is_within_reach(said_on):
        return None
    words = anchor(spelled, said_on)
    dates = _within(words, said_on) or _bounded(words, said_on) or _spanned(words, said_on)
    if dates is None:
        return None
    earliest, latest, precision = dates
    if not all(is_within_reach(end) for end in (earliest, latest) if end):
        return None
    return Term(text.strip(), earliest, latest, precision, said_on)


def _within(words: str, said_on: date) -> _Dates | None:
    match = _WITHIN.fullmatch(words)
    end = distance_end(match, said_on) if match else None
    return _Dates(said_on, end, Precision.PERIOD) if end else None


def _named(period: Period, moment: Moment) -> _Dates:
    return _Dates(period.earliest, period.latest, moment.precision)


def _until(period: Period, moment: Moment) -> _Dates:
    return _Dates(None, period.latest, moment.precision)


def _before(period: Period, moment: Moment) -> _Dates | None:
    if moment.part is Part.MIDDLE:
        return None
    if moment.part is Part.END:
        # "Voor eind 2023" means before the end is over, not before it begins.
        return _until(period, moment)
    # Before a season counts from the calendar's first day of it, the 21st.
    is_season = moment.precision is Precision.SEASON
    first = period.earliest.replace(day=21) if is_season else period.earliest
    return _Dates(None, first - ONE_DAY, moment.precision)


def _from(period: Period, _moment: Moment) -> _Dates:
    return _Dates(period.earliest, None, Precision.FROM)


def _after(period: Period, moment: Moment) -> _Dates | None:
    if moment.part is Part.MIDDLE:
        return None
    return _Dates(period.latest + ONE_DAY, None, Precision.FROM)


_BOUNDS: tuple[tuple[re.Pattern[str], _Bound], ...] = tuple(
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


def _bounded(words: str, said_on: date) -> _Dates | None:
    for pattern, bound in _BOUNDS:
        match = pattern.fullmatch(words)
        moment = read_moment(match["moment"]) if match else None
        if moment:
            return _settled(moment, said_on, bound)
    return None


def _settled(moment: Moment, said_on: date, bound: _Bound) -> _Dates | None:
    """Give the moment in its own year, or the first whose last day is not before `said_on`."""
    for year in moment.years(said_on):
        period = moment.in_year(year)
        dates = bound(period, moment) if period else None
        if period is None or dates is None:
            continue
        if moment.year is not None or (dates.latest or period.latest) >= said_on:
            return dates if moment.suits(period) else None
    return None


def _spanned(words: str, said_on: date) -> _Dates | None:
    period = read_span(words, said_on)
    return _Dates(*period, Precision.PERIOD) if period else None
