"""The stretch of time that a timeline shows: some years, one year by quarters, one by months."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

# As many years as have room beside each other on the narrowest screen.
MOST_YEARS = 10
QUARTERS, MONTHS_OF_QUARTER = 4, 3
DAY = timedelta(days=1)

_WORD = re.compile(r"(?P<year>\d{4})(?:-(?:k(?P<quarter>[1-4])|(?P<until>\d{4})))?", re.ASCII)


class Slice(NamedTuple):
    """One of the equal pieces of a period: a year, a quarter or a month."""

    start: date
    end: date
    # The period that shows this piece alone; "" for a month.
    word: str


@dataclass(frozen=True, slots=True)
class Period:
    """Some years, a year, or a quarter, in pieces that are drawn equally wide."""

    # As it stands in an address.
    word: str
    slices: tuple[Slice, ...]
    # The periods beside it, and the wider one; "" where there is none.
    earlier: str = ""
    later: str = ""
    wider: str | None = None

    @property
    def start(self) -> date:
        return self.slices[0].start

    @property
    def end(self) -> date:
        return self.slices[-1].end

    def place(self, day: date) -> float:
        """Return where a day begins, in percents of the whole; outside it, at its nearer end."""
        width = 100 / len(self.slices)
        for number, piece in enumerate(self.slices):
            if day < piece.start:
                return number * width
            if day <= piece.end:
                days = (piece.end - piece.start).days + 1
                return (number + (day - piece.start).days / days) * width
        return 100.0

    @property
    def borders(self) -> tuple[float, ...]:
        """Where one piece ends and the next begins."""
        return tuple(100 / len(self.slices) * number for number in range(1, len(self.slices)))


def period_of(word: str, years: Sequence[int], today: date) -> Period:
    """Return the period that an address names among these years, or as many of them as fit.

    The years follow each other; without a name it is about those around today.
    """
    first, last = (years[0], years[-1]) if years else (today.year, today.year)
    found = _WORD.fullmatch(word)
    year = int(found["year"]) if found else 0
    if found is None or not first <= year <= last:
        begin = min(max(first, today.year - MOST_YEARS // 2), max(first, last - MOST_YEARS + 1))
        return _years(begin, first, last)
    if found["quarter"]:
        return _quarter(year, int(found["quarter"]), first, last)
    return _years(year, first, last) if found["until"] else _year(year, first, last)


def _years(begin: int, first: int, last: int) -> Period:
    end = min(last, begin + MOST_YEARS - 1)
    pieces = [Slice(date(y, 1, 1), date(y, 12, 31), str(y)) for y in range(begin, end + 1)]
    before = max(first, begin - MOST_YEARS)
    return Period(
        word=_span(begin),
        slices=tuple(pieces),
        earlier=_span(before) if before < begin else "",
        later=_span(end + 1) if end < last else "",
    )


def _span(begin: int) -> str:
    return f"{begin}-{begin + MOST_YEARS - 1}"


def _year(year: int, first: int, last: int) -> Period:
    return Period(
        word=str(year),
        slices=tuple(
            Slice(_first_day(year, 3 * quarter + 1), _last_day(year, 3 * quarter + 3), word)
            for quarter, word in enumerate(_quarters(year))
        ),
        earlier=str(year - 1) if year > first else "",
        later=str(year + 1) if year < last else "",
        wider="",
    )


def _quarters(year: int) -> list[str]:
    return [f"{year}-k{quarter}" for quarter in range(1, QUARTERS + 1)]


def _quarter(year: int, quarter: int, first: int, last: int) -> Period:
    around = [*_quarters(year - 1), *_quarters(year), *_quarters(year + 1)]
    place = QUARTERS + quarter - 1
    begin = MONTHS_OF_QUARTER * (quarter - 1) + 1
    months = range(begin, begin + MONTHS_OF_QUARTER)
    return Period(
        word=around[place],
        slices=tuple(Slice(_first_day(year, m), _last_day(year, m), "") for m in months),
        earlier=around[place - 1] if year > first or quarter > 1 else "",
        later=around[place + 1] if year < last or quarter < QUARTERS else "",
        wider=str(year),
    )


def _first_day(year: int, month: int) -> date:
    return date(year, month, 1)


def _last_day(year: int, month: int) -> date:
    return (date(year, month, 28) + 4 * DAY).replace(day=1) - DAY
