"""The queue: all kinds together, oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select

from portal.core.db import read_number, read_rows
from portal.core.paging import read_cursor, read_moment, write_cursor
from portal.moderation.queries.items import SOURCES, Item, Kind, Rows, Source, moments
from portal.policy import Permission, Person, can

PER_PAGE = 20
# An id below and one above all others: a kind before or after that of the last item.
BELOW, ABOVE = -1, 2**62

Position = tuple[datetime, str, int]


def _oldest(source: Source) -> Rows:
    return (
        source.rows.where(source.waits)
        .order_by(source.since, source.id)
        .limit(bindparam("how_many"))
    )


def _later(source: Source) -> Rows:
    beyond = or_(
        source.since > bindparam("after_since"),
        and_(source.since == bindparam("after_since"), source.id > bindparam("after_id")),
    )
    return _oldest(source).where(source.since >= bindparam("after_since"), beyond)


_OLDEST = {kind: _oldest(source) for kind, source in SOURCES.items()}
_LATER = {kind: _later(source) for kind, source in SOURCES.items()}
_COUNTS = [
    select(func.count()).select_from(source.id.class_).where(source.waits).scalar_subquery()
    for source in SOURCES.values()
]
_TOTAL = select(_COUNTS[0] + _COUNTS[1] + _COUNTS[2] + _COUNTS[3])


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Some of what waits, and the cursor of the page after it."""

    items: Sequence[Item]
    next: str | None
    is_first: bool


def _items(how_many: int, after: Position | None = None) -> list[Item]:
    """Return the oldest things, one query a kind, that stand in the queue after `after`."""
    found = []
    for kind in Kind:
        values: dict[str, Any] = {"how_many": how_many, **moments()}
        query = _OLDEST[kind]
        if after is not None:
            since, name, number = after
            query = _LATER[kind]
            values["after_since"] = since
            values["after_id"] = number if kind == name else (BELOW if kind > name else ABOVE)
        found += [Item(kind, row) for row in read_rows(query, **values)]
    return sorted(found, key=lambda item: item.position)[:how_many]


def _read_position(word: str | None) -> Position | None:
    found = read_cursor(word, 3)
    if found is None:
        return None
    since, kind, number = found[1]
    if type(number) is not int or not BELOW < number < ABOVE:
        return None
    try:
        return read_moment(str(since)), str(Kind(kind)), number
    except ValueError:
        return None


def queue_page(cursor: str | None) -> QueuePage:
    """Return the page of the queue that begins at `cursor` (None: the first), oldest first."""
    after = _read_position(cursor)
    items = _items(PER_PAGE + 1, after)
    more, items = len(items) > PER_PAGE, items[:PER_PAGE]
    following = None
    if more:
        since, kind, number = items[-1].position
        following = write_cursor((since.isoformat(), kind, number), True)
    return QueuePage(items, following, after is None)


def next_item(person: Person, after: Position | None = None) -> Item | None:
    """Return what `person` may decide on next after `after`; else the oldest; None without any."""
    for start in (after, None):
        for item in _items(PER_PAGE, start):
            if item.position != after and item.may_be_decided_by(person):
                return item
    return None


def oldest_item() -> Item | None:
    """Return what has waited longest."""
    return next(iter(_items(1)), None)


def waiting_total() -> int:
    """Return how many things wait, in one query."""
    return read_number(_TOTAL, **moments())


def waiting_count(person: Person) -> int | None:
    """Return how many things wait for a moderator; None for everybody else."""
    return waiting_total() if can(person, Permission.QUEUE_READ) else None
