"""The day as at which a page tells how things stood: "peildatum" in its address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import request

from portal.core import clock
from portal.services import limits
from portal.web.address import client_address

PARAMETER = "peildatum"
LIMIT = "past_address"
LONGEST = 40


@dataclass(frozen=True, slots=True)
class AsAt:
    """The day that a page is about, which is today unless its address names an earlier one."""

    on: date
    is_past: bool = False
    # What the address named instead of a day that the page can be about; "" for nothing.
    refused: str = ""
    # The first day that a page can be about; None where nobody signed yet, or nobody asked.
    first: date | None = None

    @property
    def past(self) -> date | None:
        """The day, for queries that read the columns of today without one."""
        return self.on if self.is_past else None

    def arguments(self) -> dict[str, str]:
        """Return the arguments for the address of another page as at this day."""
        return self.arguments_of(self.past)

    @staticmethod
    def arguments_of(past: date | None) -> dict[str, str]:
        """Return the arguments for the address of a page as at a day; None: of today."""
        return {PARAMETER: past.isoformat()} if past is not None else {}


def as_at(first_day: Callable[[], date | None]) -> AsAt:
    """Return the day that the address names, when it lies between the first day and today.

    For anything else the page is about today, and says so. `first_day` is asked only for a day.
    TooMany for a network address that asks for past days too fast: no such page is kept.
    """
    today = clock.today()
    word = request.args.get(PARAMETER, "").strip()[:LONGEST]
    if not word or word == today.isoformat():
        return AsAt(today)
    first = first_day()
    try:
        on = date.fromisoformat(word)
    except ValueError:
        return AsAt(today, refused=word, first=first)
    if first is None or not first <= on < today:
        return AsAt(today, refused=word, first=first)
    limits.hit(LIMIT, client_address())
    return AsAt(on, is_past=True, first=first)
