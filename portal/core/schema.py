"""Whether the database is at the newest migration."""

from __future__ import annotations

from functools import cache

from alembic.script import ScriptDirectory
from sqlalchemy import text

from portal.core.db import Bound, db

migrations_folder: Bound[str] = Bound("migrations_folder")


@cache
def _head(folder: str) -> str | None:
    return ScriptDirectory(folder).get_current_head()


def database_is_at_head() -> bool:
    """Return whether the schema is the one that this code was written for."""
    revision = db.session.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return bool(revision == _head(migrations_folder()))
