"""Clears away files that no row points to: uploads whose form was never finished."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import or_, select

from portal.core import clock
from portal.core.db import db
from portal.documents.models import DocumentVersion, Picture
from portal.services.storage import storage
from portal.services.upkeep import every

# A form remembers a file for a day; a younger one may still get its row.
KEEP_UNOWNED = timedelta(days=2)


def _is_owned(key: str) -> bool:
    version = select(DocumentVersion.id).where(
        or_(DocumentVersion.storage_key == key, DocumentVersion.preview_key == key)
    )
    picture = select(Picture.id).where(or_(Picture.storage_key == key, Picture.small_key == key))
    return (
        db.session.scalar(version.limit(1)) is not None
        or db.session.scalar(picture.limit(1)) is not None
    )


@every(timedelta(hours=24))
def sweep_files() -> None:
    """Remove files of two days and older without a row, and what a broken-off upload left."""
    oldest = clock.now() - KEEP_UNOWNED
    for file in storage().files():
        if file.stored_at < oldest and not _is_owned(file.key):
            storage().delete(file.key)
    storage().remove_unfinished(oldest)
