"""Clears away files that no row points to: uploads whose form was never finished."""

from __future__ import annotations

from datetime import timedelta

from portal.core import clock
from portal.documents.queries import is_owned
from portal.services.storage import storage
from portal.services.upkeep import every

# A form remembers a file for a day; a younger one may still get its row.
KEEP_UNOWNED = timedelta(days=2)


@every(timedelta(hours=24))
def sweep_files() -> None:
    """Remove files of two days and older without a row, and what a broken-off upload left."""
    oldest = clock.now() - KEEP_UNOWNED
    for file in storage().files():
        if file.stored_at < oldest and not is_owned(file.key):
            storage().delete(file.key)
    storage().remove_unfinished(oldest)
