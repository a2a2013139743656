"""A part of what waits: so many rows, and how many there are in all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import func

from portal.core.db import Columnar, connection

Shape = TypeVar("Shape")
# More than somebody does in a day; what is done makes room for the rest.
MOST = 50


@dataclass(frozen=True, slots=True)
class Part(Generic[Shape]):
    """At most `MOST` rows of one kind, the most urgent first, and the number of all."""

    rows: tuple[Shape, ...] = ()
    count: int = 0

    def __bool__(self) -> bool:
        return bool(self.rows)

    def __iter__(self) -> Iterator[Shape]:
        return iter(self.rows)


def part_of(shape: Callable[..., Shape], query: Columnar, **values: object) -> Part[Shape]:
    """Return the first rows of a select, each as `shape`, and how many it finds; in one query."""
    counted = query.add_columns(func.count().over()).limit(MOST)
    found = connection().execute(counted, values).all()
    return Part(tuple(shape(*row[:-1]) for row in found), found[0][-1] if found else 0)
