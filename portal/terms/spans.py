"""Read two moments that stand for everything between them ("eind oktober/begin november")."""

import re
from datetime import date

from portal.terms.moments import Moment, read_moment
from portal.terms.periods import Period, Precision

_SEPARATOR = re.compile(r" (?:tm|tot|en|of|a) |[/-]")
_WORD_SEPARATOR = re.compile(r" (?:tm|tot) ")
_LEAD = re.compile(r"(tussen|vanaf) ")
_MOST_SEPARATORS = 6


def read_span(words: str, said_on: date) -> Period | None:
    """Give the first day of the first moment to the last day of the second.

    None when the words are no span, run backwards, or can be cut into two different spans.
    """
    lead = _LEAD.match(words)
    if lead:
        words = words[lead.end() :]
    separator = _WORD_SEPARATOR if lead and lead[1] == "vanaf" else _SEPARATOR
    cuts = list(separator.finditer(words))
    if len(cuts) > _MOST_SEPARATORS:
        return None
    spans = set()
    for cut in cuts:
        ends = _ends(words[: cut.start()], words[cut.end() :])
        # In "2020-10-2021" the dash is also part of a date: only two of a kind are sure.
        is_sure = len(cuts) == 1 or len(cut[0]) > 1
        if ends and (is_sure or ends[0].precision is ends[1].precision):
            spans.add(_between(*ends, said_on))
    spans.discard(None)
    return spans.pop() if len(spans) == 1 else None


def _ends(left: str, right: str) -> tuple[Moment, Moment] | None:
    first = read_moment(left) or _completed(left, right)
    last = read_moment(right)
    if last is None and left.startswith("week "):
        last = read_moment(f"week {right}")
    return (first, last) if first and last else None


def _completed(left: str, right: str) -> Moment | None:
    """Read "begin" of "begin/half oktober 2020" with as many words of the right as it needs."""
    words = right.split(" ")
    candidates = (f"{left} {' '.join(words[used:])}" for used in range(1, len(words)))
    return next((moment for moment in map(read_moment, candidates) if moment), None)


def _between(first: Moment, last: Moment, said_on: date) -> Period | None:
    is_undated = first.year is None and last.year is None
    pair = _undated(first, last, said_on) if is_undated else _dated(first, last)
    if pair is None:
        return None
    start, end = pair
    if not first.suits(start) or not last.suits(end):
        return None
    is_forward = start.earliest <= end.earliest and start.latest <= end.latest
    return Period(start.earliest, end.latest) if is_forward else None


def _dated(first: Moment, last: Moment) -> tuple[Period, Period] | None:
    if last.precision is Precision.YEAR and (
        first.year is None or first.precision is Precision.SEASON
    ):
        # "Oktober of 2020", "zomer 2020/2021": the year is not the end of a span.
        return None
    year = last.year if first.year is None else first.year
    start = first.in_year(year) if year else None
    if start is None:
        return None
    for end_year in last.years(start.earliest):
        end = last.in_year(end_year)
        if end and (last.year or end.earliest >= start.earliest):
            return start, end
    return None


def _undated(first: Moment, last: Moment, said_on: date) -> tuple[Period, Period] | None:
    for year in last.years(said_on):
        start, end = first.in_year(year), last.in_year(year)
        if start and end and start.earliest > end.earliest:
            # "November tot en met januari" starts in the year before.
            start = first.in_year(year - 1)
        if start and end and end.latest >= said_on:
            return start, end
    return None
