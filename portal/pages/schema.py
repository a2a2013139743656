"""Whether the database stands at the newest migration."""

from __future__ import annotations

from functools import cache

from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import text

from portal.core.db import db


@cache
def _head(folder: str) -> str | None:
    return ScriptDirectory(folder).get_current_head()


def database_is_at_head(app: Flask) -> bool:
    """Return whether the schema is the one that this code was written for."""
    folder = app.extensions["migrate"].directory
    found = db.session.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return bool(found == _head(str(folder)))
