"""Kinds of columns: moments in UTC, states, and the language of a text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import DateTime, Dialect, String, TypeDecorator
from sqlalchemy.orm import MappedColumn, mapped_column

from portal.core.i18n import current_locale

State = TypeVar("State", bound=StrEnum)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: aware in Python, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None or dialect.name != "sqlite":
            return value
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value if value is None else value.astimezone(UTC)

    def result_processor(self, dialect: Any, coltype: object) -> Any:
        """Return how a column is read; on SQLite straight from its text, for long lists."""
        if dialect.name == "sqlite":
            return _read_moment
        return super().result_processor(dialect, coltype)


def _read_moment(value: str | None) -> datetime | None:
    return value if value is None else datetime.fromisoformat(value + "+00:00")


class StateColumn(TypeDecorator[State]):
    """A state as its word: text in the database, a member of its enumeration in Python.

    An unknown word is refused when it is written.
    """

    impl = String
    cache_ok = True

    def __init__(self, states: type[State], length: int) -> None:
        super().__init__(length)
        self.states = states
        self._words = {str(state): str(state) for state in states}
        self._states = {str(state): state for state in states}

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None]:
        """Return how a state is written."""
        words = self._words
        return lambda state: None if state is None else words[state]

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], State | None]:
        """Return how a column is read: one look in a dict, for long lists."""
        return self._states.get

    def coerce_compared_value(self, op: object, value: object) -> StateColumn[State]:
        """Let what is compared with a state be a state as well."""
        return self


def spoken_in() -> MappedColumn[str]:
    """Return a column for the language of a text in the same row: "nl" or "en".

    It is that of the page on which the row was made. Where the text can change afterwards, its
    language goes with it: see `keeps_language`.
    """
    return mapped_column(String(2), default=current_locale, server_default="nl")
