"""Rows in bulk past SQLAlchemy, which would take longer about them than the database does."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.sql.schema import ScalarElementColumnDefault

Row = Mapping[str, Any]
# What no text holds: it stands for no value at all.
NOTHING = "\\N"


class Bulk:
    """Puts rows into one table; a column that a row leaves out gets the default of its model."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self._connection = connection
        self._table = table
        self._put = _copy if connection.dialect.name == "postgresql" else _execute_many

    def put(self, rows: Iterable[Row]) -> None:
        """Write the rows; all of them name the same columns."""
        rows = list(rows)
        if not rows:
            return
        defaults = {
            column.name: column.default.arg
            for column in self._table.c
            if column.name not in rows[0] and isinstance(column.default, ScalarElementColumnDefault)
        }
        names = [*rows[0], *defaults]
        writers = [self._writer(name) for name in names]
        rest = tuple(
            write(value)
            for write, value in zip(writers[len(rows[0]) :], defaults.values(), strict=True)
        )
        own = writers[: len(rows[0])]
        written = [
            (*(write(value) for write, value in zip(own, row.values(), strict=True)), *rest)
            for row in rows
        ]
        self._put(self._connection, self._table.name, names, written)

    def _writer(self, name: str) -> Callable[[Any], Any]:
        """Return what turns a value of a column into what the driver takes."""
        dialect = self._connection.dialect
        return self._table.c[name].type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _execute_many(
    connection: Connection, table: str, names: list[str], rows: list[tuple[Any, ...]]
) -> None:
    driver: Any = connection.connection.dbapi_connection
    marks = ", ".join("?" * len(names))
    driver.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)


def _copy(
    connection: Connection, table: str, names: list[str], rows: list[tuple[Any, ...]]
) -> None:
    driver: Any = connection.connection.dbapi_connection
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerows([NOTHING if value is None else value for value in row] for row in rows)
    file.seek(0)
    with driver.cursor() as cursor:
        copy = f"COPY {table} ({', '.join(names)}) FROM STDIN WITH (FORMAT csv, NULL '{NOTHING}')"
        cursor.copy_expert(copy, file)
