"""Whether the portal can do its work."""

from __future__ import annotations

import shutil

from sqlalchemy.exc import SQLAlchemyError

from portal.config import Settings
from portal.core.db import watching_engine
from portal.core.gate import is_upgrade_under_way
from portal.core.schema import Schema, database_schema

LOW_DISK_BYTES = 64 * 1024 * 1024


def what_is_wrong(settings: Settings) -> list[str]:
    """Return the names of what keeps the portal from working; none when it is ready."""
    wrong = []
    try:
        with watching_engine().connect() as connection:
            if database_schema(connection) is not Schema.FITS:
                wrong.append("migrations")
        if is_upgrade_under_way():
            wrong.append("upgrade")
    except SQLAlchemyError:
        wrong.append("database")
    settings.files_dir.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(settings.files_dir).free < LOW_DISK_BYTES:
        wrong.append("disk")
    return wrong
