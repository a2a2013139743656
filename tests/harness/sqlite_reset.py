"""A database of SQLite is put back row by row, so that whoever has it open need not read it anew.

To copy the template over it takes less, but then each connection reads the schema again and
prepares every statement again: five times as long, in every test.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

TABLES = """SELECT name FROM main.sqlite_schema
    WHERE type = 'table' AND (name = 'sqlite_sequence' OR name NOT LIKE 'sqlite\\_%' ESCAPE '\\')"""


def _authorize(_action: int, _one: str, _two: str, _database: str, trigger: str | None) -> int:
    # No trigger does anything: append-only tables are emptied as well.
    return sqlite3.SQLITE_IGNORE if trigger else sqlite3.SQLITE_OK


class Resetting:
    """A connection to a database and its template; foreign keys are off, so any order will do."""

    def __init__(self, template: Path, path: Path) -> None:
        self._path = path
        self._connection = sqlite3.connect(path, timeout=20, isolation_level=None)
        self._connection.execute("ATTACH ? AS template", (str(template),))
        self._schema, self._place = self._schema_version(), path.stat().st_ino
        self._connection.set_authorizer(_authorize)
        self._tables = [f'"{name}"' for (name,) in self._connection.execute(TABLES)]
        self._filled = " UNION ALL ".join(
            f"SELECT '{table}', EXISTS (SELECT 1 FROM main.{table}),"
            f" EXISTS (SELECT 1 FROM template.{table})"
            for table in self._tables
        )

    def _schema_version(self) -> int:
        return int(self._connection.execute("PRAGMA main.schema_version").fetchone()[0])

    def is_alike(self) -> bool:
        """Return whether the database has the tables, indexes and triggers of the template."""
        main, template = (
            set(self._connection.execute(f"SELECT type, name, sql FROM {one}.sqlite_schema"))
            for one in ("main", "template")
        )
        return main == template

    def is_possible(self) -> bool:
        """Return whether it is the file that was opened, with the tables that it had then."""
        place = self._path.stat().st_ino if self._path.exists() else 0
        return place == self._place and self._schema_version() == self._schema

    def reset(self) -> None:
        """Bring every table back to what the template has in it."""
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        try:
            for table, is_filled, is_wanted in execute(self._filled).fetchall():
                if is_filled:
                    execute(f"DELETE FROM main.{table}")
                if is_wanted:
                    execute(f"INSERT INTO main.{table} SELECT * FROM template.{table}")
            execute("COMMIT")
        except sqlite3.Error:
            execute("ROLLBACK")
            raise

    def close(self) -> None:
        self._connection.close()
