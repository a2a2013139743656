"""A world that many tests begin with: made once, and put back for each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from types import SimpleNamespace
from typing import Any, TypeVar

from sqlalchemy import inspect

from portal.core.db import Base, db

World = TypeVar("World")


class _Row:
    """Where a row stands, for a session that has not read it yet."""

    def __init__(self, row: Base) -> None:
        self._kind, self._key = type(row), inspect(row).identity

    def read(self) -> Base:
        return db.session.get_one(self._kind, self._key)


def noted(world: World) -> World:
    """Return a world that outlives the session: in the place of each row stands a note of it."""
    return _each(world, lambda part: _Row(part) if isinstance(part, Base) else part)


def found(world: World) -> World:
    """Return a noted world with the rows as they stand in the database now."""
    return _each(world, lambda part: part.read() if isinstance(part, _Row) else part)


def _each(part: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(part, dict):
        return {name: _each(value, change) for name, value in part.items()}
    if isinstance(part, SimpleNamespace):
        return SimpleNamespace(**_each(vars(part), change))
    if is_dataclass(part) and not isinstance(part, type | Base):
        values = {field.name: getattr(part, field.name) for field in fields(part)}
        return replace(part, **_each(values, change))
    return change(part)
