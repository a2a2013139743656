"""What an upgrade would do here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, text

from portal.backup.rows import first_filled
from portal.core.db import db
from portal.core.gate import WORDS, Standing
from portal.core.schema import (
    Migration,
    is_known,
    migrations_between,
    newest_revision,
    revision_of,
)
from portal.upgrade.versions import server_of


class CannotUpgrade(Exception):
    """Nothing was changed, and the words say why."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The way from the schema that is there to the one that is wanted."""

    # The database with the version of its server, its bytes, and whether somebody's rows are in it.
    server: str
    size: int
    is_filled: bool
    # None where there are no tables yet.
    schema: str | None
    target: str
    steps: tuple[Migration, ...]


def plan(target: str = "head") -> Plan:
    """Return what would bring the database to a schema; CannotUpgrade when there is no way."""
    wanted = newest_revision() if target == "head" else target
    if not is_known(wanted):
        raise CannotUpgrade(f"There is no schema {wanted}: the newest is {newest_revision()}.")
    with db.engine.connect() as connection:
        schema = schema_of(connection)
        return Plan(
            server=server_of(connection),
            size=size_of(connection),
            is_filled=first_filled(connection) is not None,
            schema=schema,
            target=wanted,
            steps=migrations_between(schema, wanted),
        )


def schema_of(connection: Connection) -> str | None:
    """Return the schema of the database; CannotUpgrade when this code does not know it."""
    schema = revision_of(connection)
    if schema is not None and not is_known(schema):
        raise CannotUpgrade(WORDS[Standing.NEWER])
    return schema


def size_of(connection: Connection) -> int:
    """Return how many bytes the database takes."""
    if connection.dialect.name == "postgresql":
        return connection.scalar(text("SELECT pg_database_size(current_database())")) or 0
    file = Path(str(connection.engine.url.database))
    beside = (file, file.with_name(f"{file.name}-wal"))
    return sum(path.stat().st_size for path in beside if path.exists())
