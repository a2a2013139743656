"""Terms on a line of time: from the first day to the last that the words can mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from portal.commitments.standing import Standing
from portal.commitments.words import STANDINGS
from portal.core.i18n import current_locale
from portal.overview.periods import DAY, Period
from portal.overview.pictures import SHAPES
from portal.overview.queries import Spanning
from portal.terms import wording
from portal.web.drawing import WHOLE, Span, span


class Line(NamedTuple):
    """One promise on a timeline: what its words mean, how it stands, and its bar."""

    row: Spanning
    # "1 tot en met 10 oktober 2019", in the language of the page.
    dates: str
    # The dates that it had first; "" for a term that was never moved.
    first_dates: str
    shape: str
    standing_words: str
    # Where it lies, and where it lay first; None for one that was never moved, or lay outside.
    place: Span
    old: Span | None
    drawing: Markup


def lines_of(rows: Sequence[Spanning], period: Period, today: date) -> tuple[Line, ...]:
    """Return the lines of promises in a period, with today on them when it lies within."""
    at = place_of(today, period)
    return tuple(_line(row, period, at) for row in rows)


def place_of(today: date, period: Period) -> float | None:
    """Return where today lies in a period, in percents of it; None outside it."""
    return period.place(today) if period.start <= today <= period.end else None


def _line(row: Spanning, period: Period, today: float | None) -> Line:
    locale, shape = current_locale(), SHAPES[Standing(row.outcome)]
    first = (row.first_earliest, row.first_latest) if row.move_count else (None, None)
    place = _place(row.earliest, row.latest, row.promised_on, period)
    old = _place(*first, row.promised_on, period) if any(first) else None
    if old is not None and (old.end <= 0 or old.start >= WHOLE):
        old = None
    return Line(
        row=row,
        dates=wording.dates(row.earliest, row.latest, locale),
        first_dates=wording.dates(*first, locale),
        shape=shape,
        standing_words=str(STANDINGS[row.outcome]),
        place=place,
        old=old,
        drawing=span(shape, place, old=old, today=today, borders=period.borders),
    )


def _place(earliest: date | None, latest: date | None, promised_on: date, period: Period) -> Span:
    """Return where a term lies; without a first day it counts from the day of the promise."""
    begin = earliest or min(promised_on, latest or promised_on)
    return Span(
        start=period.place(begin),
        end=WHOLE if latest is None else period.place(latest + DAY),
        is_open_before=earliest is None or begin < period.start,
        is_open_after=latest is None or latest > period.end,
    )
