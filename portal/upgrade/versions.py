"""Which version of everything runs here; for who keeps the portal, never for strangers."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from portal.core.db import db
from portal.core.schema import newest_revision, revision_of
from portal.core.version import VERSION

_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Versions:
    """The version of the code with its schema, and of the database."""

    portal: str
    schema: str
    # What the database has: None where there are no tables yet.
    found: str | None
    server: str


def versions() -> Versions:
    """Return what runs here; the database must answer."""
    with db.engine.connect() as connection:
        found, server = revision_of(connection), server_of(connection)
    return Versions(portal=VERSION, schema=newest_revision(), found=found, server=server)


def server_of(connection: Connection) -> str:
    """Return which database it is, with its version."""
    version = ".".join(map(str, connection.dialect.server_version_info or ()))
    return f"{_NAMES[connection.dialect.name]} {version}"
