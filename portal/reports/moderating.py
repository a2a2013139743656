"""What moderators decided in a stretch of time, counted from the log for a yearly report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import func, select

from portal.core import clock
from portal.core.db import read_as, read_rows
from portal.lifecycle import SignatureState, TextState
from portal.services.models import HistoryRow

# What is decided on, and the act by which each decision is taken.
DECISIONS = {
    "comment_version": ("place", "ask_change", "refuse"),
    "profile": ("place", "ask_change", "refuse"),
    "signature": ("admit", "ask_more", "decline"),
}
UNDONE = "undo"
# What begins to wait for a moderator then.
_WAITING = (TextState.PENDING, SignatureState.CONFIRMED)
# What else is told, and by which act it is known.
OTHER_ACTS = {
    "hidden": "hide",
    "restored": "restore",
    "confirmed": "confirm_hidden",
    "disowned": "disowned",
    "objected": "object",
}


class Decided(NamedTuple):
    """What became of one kind of thing: how many came, and how many were decided in which way."""

    thing: str
    came: int
    placed: int
    asked: int
    refused: int
    # Of those decisions the middle of the days, whole ones, that somebody waited; None without any.
    days: int | None


class _Act(NamedTuple):
    subject: str
    subject_id: int
    step: str
    to_state: str | None
    at: datetime


def moderated(first: date, last: date) -> dict[str, Any]:
    """Return what was decided from one day to another, both included, as it is kept with a report.

    A decision that was undone is left out, and so is the undoing of it.
    """
    begin, end = clock.end_of(first - timedelta(days=1)), clock.end_of(last)
    return {
        "decided": [list(_decided(thing, begin, end)) for thing in DECISIONS],
        "acts": _other_acts(begin, end),
    }


def decided_of(kept: dict[str, Any]) -> list[Decided]:
    """Return what a report keeps of decisions; nothing for one from before they were counted."""
    return [Decided(*row) for row in kept.get("decided", ())]


def _other_acts(begin: datetime, end: datetime) -> dict[str, int]:
    counted = (
        select(HistoryRow.step, func.count())
        .where(
            HistoryRow.step.in_(OTHER_ACTS.values()), HistoryRow.at >= begin, HistoryRow.at < end
        )
        .group_by(HistoryRow.step)
    )
    numbers = dict(read_rows(counted))
    return {name: numbers.get(act, 0) for name, act in OTHER_ACTS.items()}


def _decided(thing: str, begin: datetime, end: datetime) -> Decided:
    acts = (
        select(
            HistoryRow.subject,
            HistoryRow.subject_id,
            HistoryRow.step,
            HistoryRow.to_state,
            HistoryRow.at,
        )
        .where(HistoryRow.subject == thing, HistoryRow.at < end)
        .order_by(HistoryRow.subject_id, HistoryRow.id)
    )
    rows = read_as(_Act, acts)
    each = [list(group) for _number, group in groupby(rows, key=attrgetter("subject_id"))]
    came = sum(begin <= _arrival(acts_of_one) for acts_of_one in each if _waited(acts_of_one))
    found = [
        (step, waited)
        for acts_of_one in each
        for step, at, waited in _decisions(acts_of_one, DECISIONS[thing])
        if at >= begin
    ]
    placed, asked, refused = (
        sum(step == act for step, _waited in found) for act in DECISIONS[thing]
    )
    days = _middle(waited for _step, waited in found)
    return Decided(thing, came, placed, asked, refused, days)


def _waited(acts: Sequence[_Act]) -> bool:
    return any(act.to_state in _WAITING for act in acts)


def _arrival(acts: Sequence[_Act]) -> datetime:
    return next(act.at for act in acts if act.to_state in _WAITING)


def _decisions(
    acts: Sequence[_Act], steps: Sequence[str]
) -> Iterator[tuple[str, datetime, timedelta]]:
    """Yield the decisions on one thing that were not undone: which, when, and after how long."""
    found: list[tuple[str, datetime, timedelta]] = []
    since: datetime | None = None
    for act in acts:
        if act.step == UNDONE and found:
            found.pop()
        elif act.step in steps and since is not None:
            found.append((act.step, act.at, act.at - since))
        elif act.to_state in _WAITING:
            since = act.at
    yield from found


def _middle(waits: Iterable[timedelta]) -> int | None:
    found = [wait.total_seconds() for wait in waits]
    return timedelta(seconds=median(found)).days if found else None
