"""Whether the schema of the database is the one that this code was written for."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from alembic import command
from alembic.config import Config
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


class Migration(NamedTuple):
    """A step from one schema to the next: its number, and what it is for."""

    number: str
    words: str


# Told the number of each migration when it is done.
OnStep = Callable[[str], object]


@cache
def _migrations(folder: str) -> tuple[Migration, ...]:
    """Return every migration that this code knows, the oldest first."""
    scripts = reversed(list(ScriptDirectory(folder).walk_revisions()))
    return tuple(Migration(script.revision, _sentence(script.doc)) for script in scripts)


def _sentence(doc: str) -> str:
    words = doc.replace("_", " ").removesuffix(".")
    return f"{words[:1].upper()}{words[1:]}"


def is_known(revision: str) -> bool:
    """Return whether this code has the migration of that number."""
    return any(revision == known.number for known in _migrations(migrations_folder()))


def newest_revision() -> str:
    """Return the number of the newest migration that this code has."""
    return _migrations(migrations_folder())[-1].number


def migrations_between(revision: str | None, target: str) -> tuple[Migration, ...]:
    """Return the steps from a schema, None for no tables, to another; none to one that is older."""
    numbers = [known.number for known in _migrations(migrations_folder())]
    begin = 0 if revision is None else numbers.index(revision) + 1
    return _migrations(migrations_folder())[begin : numbers.index(target) + 1]


def migrate(target: str, on_step: OnStep | None = None) -> None:
    """Bring the database to a schema that this code knows: all steps, or nothing at all."""
    folder = Path(migrations_folder())
    config = Config(folder / "alembic.ini")
    config.set_main_option("script_location", str(folder))
    config.attributes["on_step"] = on_step
    command.upgrade(config, target)


def revision_of(connection: Connection) -> str | None:
    """Return the newest migration that the database has; None where it has none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def database_schema(connection: Connection | None = None) -> Schema:
    """Return how the schema of the database stands to this code; asked over the session's own."""
    asked = db.session().connection() if connection is None else connection
    revision = revision_of(asked)
    if revision == newest_revision():
        return Schema.FITS
    return Schema.OLDER if revision is None or is_known(revision) else Schema.NEWER
