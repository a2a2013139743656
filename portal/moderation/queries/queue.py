"""The queue: all kinds together, oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add
from typing import cast

from sqlalchemy import and_, bindparam, func, or_, select
from werkzeug.exceptions import NotFound

from portal.core.db import db, read_number, read_row, read_rows
from portal.core.paging import read_cursor, read_moment, write_cursor
from portal.moderation.kinds import KINDS, find_kind
from portal.moderation.waiting import Item, Kind, Rows, Waiting
from portal.policy import Permission, Person, can

PER_PAGE = 20
# An id below and one above all others: a kind before or after that of the last item.
BELOW, ABOVE = -1, 2**62

Position = tuple[datetime, str, int]


def _oldest(kind: Kind) -> Rows:
    return kind.rows.where(kind.waits).order_by(kind.since, kind.id).limit(bindparam("how_many"))


def _later(kind: Kind) -> Rows:
    beyond = or_(
        kind.since > bindparam("after_since"),
        and_(kind.since == bindparam("after_since"), kind.id > bindparam("after_id")),
    )
    return _oldest(kind).where(kind.since >= bindparam("after_since"), beyond)


def _earlier(kind: Kind) -> Rows:
    before = or_(
        kind.since < bindparam("after_since"),
        and_(kind.since == bindparam("after_since"), kind.id < bindparam("after_id")),
    )
    latest = kind.rows.where(kind.waits, kind.since <= bindparam("after_since"), before)
    return latest.order_by(kind.since.desc(), kind.id.desc()).limit(bindparam("how_many"))


_OLDEST = {kind: _oldest(kind) for kind in KINDS}
_LATER = {kind: _later(kind) for kind in KINDS}
_EARLIER = {kind: _earlier(kind) for kind in KINDS}
_TOTAL = select(
    reduce(
        add,
        (
            select(func.count()).select_from(kind.model).where(kind.waits).scalar_subquery()
            for kind in KINDS
        ),
    )
)


def _moments() -> dict[str, datetime]:
    """Return the values that the queries of all kinds need now."""
    return {name: moment for kind in KINDS for name, moment in kind.moments().items()}


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Some of what waits, and the cursor of the page after it."""

    items: Sequence[Item]
    next: str | None
    is_first: bool


def _items(how_many: int, after: Position | None = None) -> list[Item]:
    """Return the oldest things, one query a kind, that stand in the queue after `after`."""
    queries = _OLDEST if after is None else _LATER
    items = [item for kind in KINDS for item in _read(kind, queries[kind], how_many, after)]
    return sorted(items, key=lambda item: item.position)[:how_many]


def _read(kind: Kind, query: Rows, how_many: int, beside: Position | None) -> list[Item]:
    values: dict[str, object] = {"how_many": how_many, **_moments()}
    if beside is not None:
        since, thing, number = beside
        values["after_since"] = since
        is_later = kind.thing > thing
        values["after_id"] = number if kind.thing == thing else (BELOW if is_later else ABOVE)
    return [Item(kind, row) for row in read_rows(query, **values)]


def _read_position(word: str | None) -> Position | None:
    cursor = read_cursor(word, 3)
    if cursor is None:
        return None
    since, thing, number = cursor[1]
    if type(number) is not int or not BELOW < number < ABOVE or find_kind(thing) is None:
        return None
    try:
        return read_moment(str(since)), str(thing), number
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


def get_thing(kind: Kind, number: int) -> Waiting:
    """Return the row of the model that the decisions of a kind are about, or 404."""
    thing = db.session.get(kind.model, number)
    if thing is None:
        raise NotFound
    return cast(Waiting, thing)


def item_of(kind: Kind, number: int) -> Item:
    """Return one thing with the columns of its kind, waiting or decided; or 404."""
    row = read_row(kind.rows.where(kind.id == number), **_moments())
    if row is None:
        raise NotFound
    return Item(kind, row)


def next_item(person: Person, after: Position | None = None) -> Item | None:
    """Return the first item after `after` that `person` may decide on.

    Without one it is the oldest of the whole queue, without that None.
    """
    for start in (after, None):
        for item in _items(PER_PAGE, start):
            if item.position != after and item.may_be_decided_by(person):
                return item
    return None


def previous_item(person: Person, before: Position) -> Item | None:
    """Return the last item before `before` that `person` may decide on, None at the beginning."""
    items = [item for kind in KINDS for item in _read(kind, _EARLIER[kind], PER_PAGE, before)]
    mine = (item for item in items if item.may_be_decided_by(person))
    return max(mine, key=lambda item: item.position, default=None)


def oldest_item() -> Item | None:
    """Return the item that has waited longest, None when nothing waits."""
    return next(iter(_items(1)), None)


def waiting_total() -> int:
    """Return how many things wait, in one query."""
    return read_number(_TOTAL, **_moments())


def waiting_count(person: Person) -> int | None:
    """Return how many things wait for a moderator; None for everybody else."""
    return waiting_total() if can(person, Permission.QUEUE_READ) else None
