"""Every read about backups."""

from __future__ import annotations

from sqlalchemy import select

from portal.backup.models import BackupMade
from portal.core.db import db


def find_last_backup() -> BackupMade | None:
    """Return the backup that was made last, None when there never was one."""
    query = select(BackupMade).order_by(BackupMade.made_at.desc(), BackupMade.id.desc())
    return db.session.scalars(query.limit(1)).first()
