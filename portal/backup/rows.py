"""Tables as lines of text that are the same whichever of the two databases wrote them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any, TypeAlias

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Text,
    cast,
    exists,
    func,
    insert,
    select,
)
from sqlalchemy.types import TypeEngine

from portal.backup.archive import NoBackup
from portal.core.columns import Moment

# The values of a row, in the order of the columns.
Row: TypeAlias = list[Any]

VERSION_TABLE = "alembic_version"
# What a database says of itself, and not of what is in it: every database has its own.
OWN_TABLES = (
    VERSION_TABLE,
    "public_mark",
    # The index is made anew of what is restored.
    "search_due",
    "search_entry",
    "search_gram",
    "search_posting",
    "search_word",
)
# What migrations fill by themselves: rows in these alone are nobody's work.
FILLED_BY_MIGRATIONS = ("layer", "organisation_kind", "principle")
AT_ONCE = 500

# What a column holds, as the database says it; JSON comes before the text that it is kept as.
_KINDS: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (Boolean, "boolean"),
    (Integer, "integer"),
    (DateTime, "moment"),
    (Date, "date"),
    (JSON, "json"),
    (String, "text"),
)
# JSON goes along as the text that was stored: reading it would change how it is written.
_TYPES: Mapping[str, type[TypeEngine[Any]]] = {
    "boolean": Boolean,
    "integer": Integer,
    "moment": Moment,
    "date": Date,
    "json": Text,
    "text": Text,
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A table: the kind of each column by its name, and the columns of its key."""

    name: str
    kinds: Mapping[str, str]
    key: tuple[str, ...]

    @property
    def counted(self) -> str | None:
        """The column that the database numbers by itself; None without one."""
        is_number = len(self.key) == 1 and self.kinds[self.key[0]] == "integer"
        return self.key[0] if is_number else None


def shapes_of(connection: Connection) -> list[Shape]:
    """Return every table of the portal, those that others point to first."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [
        Shape(
            table.name,
            {column.name: _kind(table, column) for column in table.columns},
            tuple(column.name for column in table.primary_key.columns),
        )
        for table in metadata.sorted_tables
        if table.name not in OWN_TABLES
    ]


def _kind(table: Table, column: Column[Any]) -> str:
    for kind, name in _KINDS:
        if isinstance(column.type, kind):
            return name
    raise NoBackup(f"It cannot hold {table.name}.{column.name}, which is {column.type}.")


def table_of(shape: Shape) -> Table:
    """Return the table, its columns as both databases take them."""
    columns = [Column(name, _TYPES[kind]()) for name, kind in shape.kinds.items()]
    return Table(shape.name, MetaData(), *columns)


def _in_order(connection: Connection, shape: Shape) -> Select[*tuple[Any, ...]]:
    """Return a select of all rows, in an order that is the same on both databases."""
    table = table_of(shape)
    is_postgresql = connection.dialect.name == "postgresql"
    columns = [
        cast(column, Text) if is_postgresql and shape.kinds[column.name] == "json" else column
        for column in table.columns
    ]
    keys = [
        table.c[name].collate("C")
        if is_postgresql and shape.kinds[name] == "text"
        else table.c[name]
        for name in shape.key
    ]
    return select(*columns).order_by(*keys)


def rows_of(connection: Connection, shape: Shape) -> Iterator[Row]:
    """Yield each row as JSON has it, in the order of its key."""
    write = [_WRITTEN.get(kind) for kind in shape.kinds.values()]
    query = _in_order(connection, shape).execution_options(yield_per=AT_ONCE)
    for row in connection.execute(query):
        yield [
            value if as_text is None or value is None else as_text(value)
            for as_text, value in zip(write, row, strict=True)
        ]


def line_of(row: Row) -> bytes:
    """Return a row as a line of JSON in UTF-8."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def insert_lines(connection: Connection, shape: Shape, lines: Iterable[bytes]) -> int:
    """Add the rows that these lines hold; return how many."""
    read = [_READ.get(kind) for kind in shape.kinds.values()]
    names = list(shape.kinds)
    table, count = table_of(shape), 0
    waiting = iter(lines)
    while some := list(islice(waiting, AT_ONCE)):
        rows = [
            {
                name: value if from_text is None or value is None else from_text(value)
                for name, from_text, value in zip(names, read, json.loads(line), strict=True)
            }
            for line in some
        ]
        connection.execute(insert(table), rows)
        count += len(rows)
    return count


def count_on(connection: Connection, shape: Shape) -> None:
    """Let the database number new rows from the highest on; SQLite does so by itself."""
    if connection.dialect.name != "postgresql" or shape.counted is None:
        return
    table = table_of(shape)
    highest = connection.scalar(select(func.max(table.c[shape.counted])))
    sequence = func.pg_get_serial_sequence(shape.name, shape.counted)
    if highest is not None and connection.scalar(select(sequence)) is not None:
        connection.execute(select(func.setval(sequence, highest)))


def count_rows(connection: Connection, shape: Shape) -> int:
    """Return how many rows a table has."""
    return connection.execute(select(func.count()).select_from(table_of(shape))).scalar_one()


def first_filled(connection: Connection) -> str | None:
    """Return a table with rows that somebody made; None when there is none."""
    for shape in shapes_of(connection):
        query = select(exists().select_from(table_of(shape)))
        if shape.name not in FILLED_BY_MIGRATIONS and connection.scalar(query):
            return shape.name
    return None


def _moment_written(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


_WRITTEN: dict[str, Callable[[Any], Any]] = {
    "moment": _moment_written,
    "date": date.isoformat,
    "boolean": bool,
}
_READ: dict[str, Callable[[Any], Any]] = {
    "moment": datetime.fromisoformat,
    "date": date.fromisoformat,
}
