"""Whether the schema of the database is the one that this code was written for."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from portal.core.db import Bound, db

migrations_folder: Bound[str] = Bound("migrations_folder")


class Schema(StrEnum):
    """How the schema of the database stands to this code."""

    FITS = "fits"
    # Or there is none at all.
    OLDER = "older"
    # Made by code that knows migrations which this code does not.
    NEWER = "newer"


@cache
def _revisions(folder: str) -> tuple[str, ...]:
    """Return every migration that this code knows, the newest first."""
    return tuple(script.revision for script in ScriptDirectory(folder).walk_revisions())


def is_known(revision: str) -> bool:
    """Return whether this code has the migration of that number."""
    return revision in _revisions(migrations_folder())


def newest_revision() -> str:
    """Return the number of the newest migration that this code has."""
    return _revisions(migrations_folder())[0]


def database_schema(connection: Connection | None = None) -> Schema:
    """Return how the schema of the database stands to this code; asked over the session's own."""
    newest, *older = _revisions(migrations_folder())
    asked = db.session().connection() if connection is None else connection
    if not inspect(asked).has_table("alembic_version"):
        return Schema.OLDER
    revision = asked.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if revision == newest:
        return Schema.FITS
    return Schema.OLDER if revision is None or revision in older else Schema.NEWER
