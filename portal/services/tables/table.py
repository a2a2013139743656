"""What a table holds: columns that explain themselves, rows, and what there is to say of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

Cell: TypeAlias = str | int | date | None


class Kind(StrEnum):
    """What stands in a column, in the words of XML Schema."""

    TEXT = "string"
    NUMBER = "integer"
    DAY = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name for programs, and what it is called and means on a page."""

    # The same in every language: "keer_verschoven".
    name: str
    label: str
    meaning: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """A table in one language; its rows are read once, while it is written."""

    # Of the file and of the sheet: "toezeggingen".
    name: str
    title: str
    language: str
    # The full address of the page that shows the same, filters included.
    address: str
    # What there is to say of it, each with its label: of which moment it is, whose, what was asked.
    notes: Sequence[tuple[str, str]]
    columns: Sequence[Column]
    # Each has a cell for every column.
    rows: Iterable[Sequence[Cell]]
