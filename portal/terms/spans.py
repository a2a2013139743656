"""Read moments that stand for everything between them ("eind oktober/begin november")."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from portal.terms.bounds import left_out
from portal.terms.moments import Moment, read_moment
from portal.terms.periods import Period, Precision

_SEPARATOR = re.compile(r" (?:tm|tot|en|of|a) |[/-]")
_WORD_SEPARATOR = re.compile(r" (?:tm|tot) ")
_LEAD = re.compile(r"(tussen|vanaf) ")
_MOST_SEPARATORS = 6
_MOST_WORDS = 12
_WHOLE_MONTHS = {Precision.MONTH, Precision.QUARTER, Precision.SEASON}
# "20 oktober - 10 september" is no span of eleven months but a slip of the pen.
_LONGEST_INTO_NEXT_YEAR = timedelta(days=183)
_LONGEST_IN_WHOLE_MONTHS = timedelta(days=334)

_Chain = tuple[Moment, ...]


def read_span(words: str, said_on: date) -> Period | None:
    """Give the first day of the first moment to the last day of the last; "tot" leaves that out.

    None when the words are no span, run backwards, or can be cut into two different spans.
    """
    lead = _LEAD.match(words)
    if lead:
        words = words[lead.end() :]
    separator = _WORD_SEPARATOR if lead and lead[1] == "vanaf" else _SEPARATOR
    cuts = list(separator.finditer(words))
    if len(cuts) > _MOST_SEPARATORS:
        return None
    chains = [chain for cut in cuts for chain in _cut(words, cut, is_only=len(cuts) == 1)]
    if not cuts and not lead:
        chains = [chain for chain in _side_by_side(words) if len(chain) > 1]
    spans = {_span(chain, said_on) for chain in chains} - {None}
    return spans.pop() if len(spans) == 1 else None


def _cut(words: str, cut: re.Match[str], *, is_only: bool) -> Iterator[_Chain]:
    left, right = words[: cut.start()], words[cut.end() :]
    last = read_moment(right)
    if last is None and left.startswith("week "):
        last = read_moment(f"week {right}")
    if last is None:
        return
    first = read_moment(left) or _completed(left, right)
    is_sign = len(cut[0]) == 1
    if first is None:
        if not is_sign:
            yield from ((*chain, last) for chain in _side_by_side(left) if _are_alike(chain, last))
    elif not is_sign:
        yield first, left_out(last) if cut[0] == " tot " else last
    elif (is_only and last.precision is not Precision.YEAR) or _are_alike((first,), last):
        # In "2020-10-2021" the dash is also part of a date: only two of a kind are sure.
        yield first, last


def _completed(left: str, right: str) -> Moment | None:
    """Read "begin" of "begin/half oktober 2020" with as many words of the right as it needs."""
    words = right.split(" ")
    candidates = (f"{left} {' '.join(words[used:])}" for used in range(1, len(words)))
    return next((moment for moment in map(read_moment, candidates) if moment), None)


def _side_by_side(words: str) -> Iterator[_Chain]:
    """Give each way to read the words as moments of one kind, without a word between them."""
    parts = words.split(" ")
    if len(parts) > _MOST_WORDS:
        return
    for used in range(1, len(parts) + 1):
        moment = read_moment(" ".join(parts[:used]))
        if moment and used == len(parts):
            yield (moment,)
        elif moment:
            others = _side_by_side(" ".join(parts[used:]))
            yield from ((moment, *chain) for chain in others if _are_alike(chain, moment))


def _are_alike(chain: _Chain, moment: Moment) -> bool:
    return all(other.precision is moment.precision for other in chain)


def _span(chain: _Chain, said_on: date) -> Period | None:
    first, *between, last = chain
    is_undated = first.year is None and last.year is None
    pair = _undated(first, last, said_on) if is_undated else _dated(first, last)
    if pair is None:
        return None
    start, end = pair
    if not first.suits(start, said_on) or not last.suits(end, said_on):
        return None
    if start.earliest > end.earliest or start.latest > end.latest:
        return None
    span = Period(start.earliest, end.latest)
    return span if all(_lies_in(span, moment) for moment in between) else None


def _lies_in(span: Period, moment: Moment) -> bool:
    years = (moment.year,) if moment.year else range(span.earliest.year, span.latest.year + 1)
    periods = filter(None, map(moment.in_year, years))
    return any(span.earliest <= one.earliest and one.latest <= span.latest for one in periods)


def _dated(first: Moment, last: Moment) -> tuple[Period, Period] | None:
    if last.precision is Precision.YEAR and (
        first.year is None or first.precision in (Precision.SEASON, Precision.PERIOD)
    ):
        # "Oktober of 2020", "zomer 2020 of 2021": the year is not the end of a span.
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
            if start and end.latest - start.earliest > _longest(first, last):
                return None
        if start and end and end.latest >= said_on:
            return start, end
    return None


def _longest(first: Moment, last: Moment) -> timedelta:
    are_whole = _WHOLE_MONTHS.issuperset((first.precision, last.precision))
    return _LONGEST_IN_WHOLE_MONTHS if are_whole else _LONGEST_INTO_NEXT_YEAR
