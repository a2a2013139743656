"""Keyset paging: the next page begins after the last row, however many came before."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar, TypeVarTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    and_,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute

Shown = TypeVar("Shown", covariant=True)
Columns = TypeVarTuple("Columns")

# How many rows more the last page of a list takes, so that no page is left for a few.
SPARE = 3
# The largest number that both databases take.
LARGEST = 2**63 - 1


class Connected(Protocol):
    """Whatever a list can be read from: a session."""

    def connection(self) -> Connection:
        """Return the connection of its transaction."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Shown]):
    """Some rows of a list, and the address arguments of the pages beside it (None at an end)."""

    rows: Sequence[Shown]
    next: str | None
    previous: str | None

    @property
    def is_whole(self) -> bool:
        """Whether there is no other page."""
        return self.next is None and self.previous is None


@dataclass(frozen=True, slots=True)
class Listing(Page[Shown]):
    """A page of a list, which row of the list is its first, and how many there are."""

    start: int
    count: int
    # There are more than `count`, and nobody counted how many.
    is_cut: bool = False


def write_cursor(values: Sequence[object], forward: bool) -> str:
    """Return the keys of a row as one word for an address."""
    raw = json.dumps(["v" if forward else "t", *values], default=str, separators=(",", ":"))
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def read_cursor(word: str | None, length: int) -> tuple[bool, list[Any]] | None:
    """Return direction and keys of a cursor; None for none, and for anything malformed."""
    if not word or len(word) > 600:
        return None
    try:
        parts = json.loads(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)))
    except (ValueError, binascii.Error):
        return None
    if not isinstance(parts, list) or len(parts) != length + 1 or parts[0] not in ("v", "t"):
        return None
    keys = parts[1:]
    return (parts[0] == "v", keys) if all(isinstance(k, str | int) for k in keys) else None


def read_moment(word: str) -> datetime:
    """Return the moment that a cursor names; ValueError for one that no row can have."""
    moment = datetime.fromisoformat(word)
    if moment.tzinfo is None or not 1 < moment.year < 9999:
        raise ValueError(word)
    return moment


def read_day(word: str) -> date:
    """Return the day that a cursor names."""
    return date.fromisoformat(word)


@dataclass(frozen=True, slots=True)
class Key:
    """One column that a list is ordered by; never NULL. `read` turns a cursor's word back.

    Numbers and texts need no `read`; a word of another kind is refused with ValueError, since a
    database may answer it with an error of its own.
    """

    column: ColumnElement[Any] | InstrumentedAttribute[Any]
    name: str
    descending: bool = False
    read: Callable[[Any], Any] | None = None

    def value_of(self, word: str | int) -> object:
        """Return what a cursor's word means for this column."""
        if self.read is not None:
            return self.read(word)
        if isinstance(self.column.type, Integer):
            if type(word) is not int or abs(word) > LARGEST:
                raise ValueError(word)
        elif not isinstance(word, str) or "\x00" in word:
            raise ValueError(word)
        else:
            # Half a character, which JSON can name, goes into no database: this is a ValueError.
            word.encode()
        return word


def in_order(keys: Sequence[Key], forward: bool = True) -> list[ColumnElement[Any]]:
    """Return what a select is ordered by for a list with these keys, or for one backwards."""
    return [k.column.desc() if k.descending == forward else k.column.asc() for k in keys]


def _beyond(keys: Sequence[Key], values: Sequence[object], forward: bool) -> ColumnElement[bool]:
    """Return what lies beyond `values` in the order of `keys`.

    Keys of one direction are compared as rows, which an index finds at once however deep the page
    is. Among keys of two directions the first alone leads the index there.
    """
    if len({key.descending for key in keys}) == 1:
        here = tuple_(
            *(literal(value, key.column.type) for key, value in zip(keys, values, strict=True))
        )
        row = tuple_(*(key.column for key in keys))
        return row > here if keys[0].descending != forward else row < here
    steps = []
    for index, key in enumerate(keys):
        equal = [k.column == v for k, v in zip(keys[:index], values[:index], strict=True)]
        later = (
            key.column > values[index]
            if key.descending != forward
            else (key.column < values[index])
        )
        steps.append(and_(*equal, later))
    first, start = keys[0], values[0]
    onward = first.column >= start if first.descending != forward else first.column <= start
    return and_(onward, or_(*steps))


def _start_of(keys: Sequence[Key], cursor: str | None) -> tuple[bool, list[object] | None]:
    """Return the direction and the keys that a cursor names; the beginning when it means none."""
    parts = read_cursor(cursor, len(keys))
    if parts is None:
        return True, None
    try:
        return parts[0], [key.value_of(word) for key, word in zip(keys, parts[1], strict=True)]
    except (ValueError, TypeError):
        return True, None


def page_of(
    session: Connected,
    query: Select[*Columns],
    keys: Sequence[Key],
    *,
    size: int,
    cursor: str | None,
    values: Mapping[str, object] | None = None,
    spare: int = 0,
) -> Page[Row[*Columns]]:
    """Return one page of `query`, ordered by `keys`, from `cursor` on (None: the first page).

    `values` are those of the bound parameters of `query`. The last page takes up to `spare` rows
    more, so that no page is left for a few.
    """
    forward, after = _start_of(keys, cursor)
    onward = query if after is None else query.where(_beyond(keys, after, forward))
    one_more = onward.order_by(*in_order(keys, forward)).limit(size + spare + 1)
    rows = list(session.connection().execute(one_more, values))
    more = len(rows) > size + spare
    rows = rows[:size] if more else rows
    if not forward:
        rows.reverse()
    return _page(rows, keys, more, forward, after is not None)


def start_of(
    session: Connected,
    query: Select[*Columns],
    keys: Sequence[Key],
    page: Page[Row[*Columns]],
    values: Mapping[str, object] | None = None,
) -> int:
    """Return which row of the whole list the first of a page is; it asks nothing on the first."""
    if page.previous is None:
        return 1
    first = [getattr(page.rows[0], key.name) for key in keys]
    return _length(session, query.where(_beyond(keys, first, forward=False)), keys, values) + 1


def listing_of(
    session: Connected,
    query: Select[*Columns],
    keys: Sequence[Key],
    *,
    size: int,
    cursor: str | None,
    values: Mapping[str, object] | None = None,
    most: int | None = None,
) -> Listing[Row[*Columns]]:
    """Return one page of `query` as `page_of` does, with rows to spare on the last.

    It is counted only when there are more pages, and no further than `most`.
    """
    page = page_of(session, query, keys, size=size, cursor=cursor, values=values, spare=SPARE)
    start = start_of(session, query, keys, page, values)
    last = start + len(page.rows) - 1
    if page.next is None:
        return Listing(page.rows, None, page.previous, start, last)
    counted = query if most is None else query.limit(most + 1)
    count = _length(session, counted, keys, values)
    is_cut = most is not None and count > most
    if is_cut:
        count = max(count - 1, last)
    return Listing(page.rows, page.next, page.previous, start, count, is_cut)


def _length(
    session: Connected,
    query: Select[*Columns],
    keys: Sequence[Key],
    values: Mapping[str, object] | None,
) -> int:
    # Its keys alone: what a row shows besides would be looked up for every row that is counted.
    bare = query.order_by(None).with_only_columns(
        *(key.column.label(key.name) for key in keys), maintain_column_froms=True
    )
    counted = select(func.count()).select_from(bare.subquery())
    return session.connection().execute(counted, values).scalar_one()


def _page(
    rows: list[Row[*Columns]], keys: Sequence[Key], more: bool, forward: bool, moved: bool
) -> Page[Row[*Columns]]:
    def cursor(row: Row[*Columns], onward: bool) -> str:
        return write_cursor([getattr(row, key.name) for key in keys], onward)

    has_next = more if forward else True
    has_previous = moved if forward else more
    return Page(
        rows,
        cursor(rows[-1], True) if rows and has_next else None,
        cursor(rows[0], False) if rows and has_previous else None,
    )
