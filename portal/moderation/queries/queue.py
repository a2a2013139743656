"""The queue: all kinds together, oldest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import add
from typing import cast

from sqlalchemy import ColumnElement, Select, Tuple, and_, bindparam, func, select, tuple_
from werkzeug.exceptions import NotFound

from portal.core.db import db, read_number, read_row, read_rows
from portal.core.paging import SPARE, Listing, read_cursor, read_moment, write_cursor
from portal.core.words import MOST_COUNTED
from portal.moderation.kinds import KINDS, find_kind
from portal.moderation.waiting import Item, Kind, Rows, Waiting
from portal.policy import Permission, Person, can

PER_PAGE = 20
# An id below and one above all others: a kind before or after that of the last item.
BELOW, ABOVE = -1, 2**62

Position = tuple[datetime, str, int]


def _beside(kind: Kind, number: str = "after_id") -> Tuple:
    """Return the place in the queue after which, or before which, a page begins."""
    since = bindparam("after_since", type_=kind.since.type)
    return tuple_(since, bindparam(number, type_=kind.id.type))


def _oldest(kind: Kind) -> Rows:
    return kind.rows.where(kind.waits).order_by(kind.since, kind.id).limit(bindparam("how_many"))


def _later(kind: Kind) -> Rows:
    return _oldest(kind).where(tuple_(kind.since, kind.id) > _beside(kind))


def _number_of(kind: Kind) -> str:
    return f"id_of_{kind.thing}"


def _before(kind: Kind, number: str = "after_id") -> ColumnElement[bool]:
    return tuple_(kind.since, kind.id) < _beside(kind, number)


def _earlier(kind: Kind) -> Rows:
    latest = kind.rows.where(kind.waits, _before(kind))
    return latest.order_by(kind.since.desc(), kind.id.desc()).limit(bindparam("how_many"))


_OLDEST = {kind: _oldest(kind) for kind in KINDS}
_LATER = {kind: _later(kind) for kind in KINDS}
_EARLIER = {kind: _earlier(kind) for kind in KINDS}


def _sum(counts: Iterable[Select[int]]) -> Select[int]:
    return select(reduce(add, (count.scalar_subquery() for count in counts)))


def _how_many(kind: Kind) -> Select[int]:
    """Return the count of what waits of a kind; it stops one above MOST_COUNTED."""
    waiting = select(kind.id).where(kind.waits).limit(MOST_COUNTED + 1)
    return select(func.count()).select_from(waiting.subquery())


def _how_many_before(kind: Kind) -> Select[int]:
    is_before = and_(kind.waits, _before(kind, _number_of(kind)))
    return select(func.count()).select_from(kind.model).where(is_before)


_TOTAL = _sum(map(_how_many, KINDS))
_BEFORE = _sum(map(_how_many_before, KINDS))


def _moments() -> dict[str, datetime]:
    """Return the values that the queries of all kinds need now."""
    return {name: moment for kind in KINDS for name, moment in kind.moments().items()}


def _items(how_many: int, after: Position | None = None) -> list[Item]:
    """Return the oldest things, one query a kind, that stand in the queue after `after`."""
    return _read_all(_OLDEST if after is None else _LATER, how_many, after)[:how_many]


def _former_items(how_many: int, before: Position) -> list[Item]:
    """Return the last things, one query a kind, that stand in the queue before `before`."""
    return _read_all(_EARLIER, how_many, before)[-how_many:]


def _read_all(queries: Mapping[Kind, Rows], how_many: int, beside: Position | None) -> list[Item]:
    items = [item for kind in KINDS for item in _read(kind, queries[kind], how_many, beside)]
    return sorted(items, key=lambda item: item.position)


def _read(kind: Kind, query: Rows, how_many: int, beside: Position | None) -> list[Item]:
    values: dict[str, object] = {"how_many": how_many, **_moments()}
    if beside is not None:
        values["after_since"], values["after_id"] = beside[0], _id_beside(kind, beside)
    return [Item(kind, row) for row in read_rows(query, **values)]


def _id_beside(kind: Kind, position: Position) -> int:
    """Return the id of a kind that stands at a position: of other kinds all ids or none do."""
    _since, thing, number = position
    if kind.thing == thing:
        return number
    return BELOW if kind.thing > thing else ABOVE


def _read_position(word: str | None) -> tuple[bool, Position | None]:
    """Return the direction and the position that a cursor names."""
    cursor = read_cursor(word, 3)
    if cursor is None:
        return True, None
    forward, (since, thing, number) = cursor
    if type(number) is not int or not BELOW < number < ABOVE or find_kind(thing) is None:
        return True, None
    try:
        return forward, (read_moment(str(since)), str(thing), number)
    except ValueError:
        return True, None


def queue_page(cursor: str | None) -> Listing[Item]:
    """Return the page of the queue that begins at `cursor`, oldest first.

    It is the first page without a cursor, and where nothing waits any more beyond it.
    """
    forward, beside = _read_position(cursor)
    if forward or beside is None:
        items = _items(PER_PAGE + SPARE + 1, beside)
        more = len(items) > PER_PAGE + SPARE
        items = items[:PER_PAGE] if more else items
    else:
        more, items = True, _former_items(PER_PAGE, beside)
    if beside is None:
        return _listing(items, more, 1)
    return _listing(items, more, _count_before(items[0]) + 1) if items else queue_page(None)


def _listing(items: Sequence[Item], more: bool, start: int) -> Listing[Item]:
    following = _cursor_of(items[-1], True) if more else None
    former = _cursor_of(items[0], False) if start > 1 else None
    last = start + len(items) - 1
    total = waiting_total() if following is not None else last
    is_cut = following is not None and total > MOST_COUNTED
    count = max(MOST_COUNTED, last) if is_cut else total
    return Listing(items, following, former, start, count, is_cut)


def _cursor_of(item: Item, forward: bool) -> str:
    since, thing, number = item.position
    return write_cursor((since.isoformat(), thing, number), forward)


def _count_before(item: Item) -> int:
    numbers = {_number_of(kind): _id_beside(kind, item.position) for kind in KINDS}
    return read_number(_BEFORE, after_since=item.position[0], **numbers, **_moments())


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
    items = reversed(_former_items(PER_PAGE, before))
    return next((item for item in items if item.may_be_decided_by(person)), None)


def oldest_item() -> Item | None:
    """Return the item that has waited longest, None when nothing waits."""
    return next(iter(_items(1)), None)


def waiting_total() -> int:
    """Return how many things wait, in one query; MOST_COUNTED + 1 for more than MOST_COUNTED."""
    return min(read_number(_TOTAL, **_moments()), MOST_COUNTED + 1)


def waiting_count(person: Person) -> int | None:
    """Return how many things wait for a moderator, as `waiting_total`; None for everybody else."""
    return waiting_total() if can(person, Permission.QUEUE_READ) else None
