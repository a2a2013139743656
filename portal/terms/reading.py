"""Read the words of a promised moment into dates."""

import re
from datetime import date

from portal.terms import dutch, english
from portal.terms.anchors import DISTANCE, anchor, distance_end
from portal.terms.bounds import BOUNDS, Bound, Dates
from portal.terms.moments import Moment, read_moment
from portal.terms.periods import Precision, is_within_reach
from portal.terms.spans import read_span
from portal.terms.spelling import tidy
from portal.terms.term import Term
from portal.terms.vocabulary import LIMIT

_WITHIN = re.compile(
    r"(?:uiterlijk |loop )?(?:binnen|komend)(?: nu en| komend)?"
    rf"(?: maximaal| uiterlijk)? {DISTANCE}"
)


def read(text: str, said_on: date, locale: str = "nl") -> Term | None:
    """Give the term that words mean when said on that date, in Dutch or for "en" in English.

    On an English page words that are no English are read as Dutch. None when they name no date
    ("z.s.m."), an impossible one, one outside 1900 to 2199, or anything that is not surely
    understood. Never raises, whatever the text.
    """
    if not is_within_reach(said_on):
        return None
    vocabularies = (english.VOCABULARY, dutch.VOCABULARY) if locale == "en" else (dutch.VOCABULARY,)
    readings = (_dates(tidy(text, vocabulary), said_on) for vocabulary in vocabularies)
    dates = next(filter(None, readings), None)
    return Term(text.strip(), *dates, said_on) if dates else None


def _dates(spelled: str | None, said_on: date) -> Dates | None:
    if spelled is None:
        return None
    words = anchor(spelled.removeprefix(LIMIT), said_on)
    dates = _within(words, said_on) or _bounded(words, said_on) or _spanned(words, said_on)
    if spelled.startswith(LIMIT) and dates:
        dates = dates._replace(earliest=None) if dates.latest else None
    if dates is None or not all(is_within_reach(end) for end in dates[:2] if end):
        return None
    return dates


def _within(words: str, said_on: date) -> Dates | None:
    match = _WITHIN.fullmatch(words)
    end = distance_end(match, said_on) if match else None
    return Dates(said_on, end, Precision.PERIOD) if end else None


def _bounded(words: str, said_on: date) -> Dates | None:
    for pattern, bound in BOUNDS:
        match = pattern.fullmatch(words)
        moment = read_moment(match["moment"]) if match else None
        if moment:
            return _settled(moment, said_on, bound)
    return None


def _settled(moment: Moment, said_on: date, bound: Bound) -> Dates | None:
    """Give the moment in its own year, or the first whose last day is not before `said_on`."""
    for year in moment.years(said_on):
        period = moment.in_year(year)
        dates = bound(period, moment) if period else None
        if period is None or dates is None:
            continue
        if moment.year is not None or (dates.latest or period.latest) >= said_on:
            return dates if moment.suits(period, said_on) else None
    return None


def _spanned(words: str, said_on: date) -> Dates | None:
    period = read_span(words, said_on)
    return Dates(*period, Precision.PERIOD) if period else None
