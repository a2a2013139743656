"""Lets SQLite note how long its tables are, by which it chooses an index."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select, text

from portal.core.db import db, read_number, write_section
from portal.services.models import HistoryRow
from portal.services.upkeep import every

# Below so many acts ever, every table is short: whatever index it takes is quick.
LONG = 1000
# So many rows of an index are read at most: enough to tell a long table from a short one.
ROWS_READ = 1000


def is_long() -> bool:
    """Return whether SQLite holds so much that it matters how it finds something."""
    if db.engine.dialect.name != "sqlite":
        return False
    return read_number(select(func.coalesce(func.max(HistoryRow.id), 0))) >= LONG


@every(timedelta(days=1), when=is_long)
def note_lengths() -> None:
    """Let SQLite note how long its tables are; PostgreSQL does that by itself.

    Without it SQLite sorts a whole list that stands sorted in an index.
    """
    with write_section():
        db.session.execute(text(f"PRAGMA analysis_limit={ROWS_READ}"))
        db.session.execute(text("ANALYZE"))
