"""Every read about backups."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from portal.backup.models import BackupMade
from portal.backup.queries import find_last_backup
from portal.core import clock
from portal.core.db import db


class TestFindLastBackup:
    def test_it_is_the_newest_and_none_without_any(self, app: Flask) -> None:
        assert find_last_backup() is None
        for days in (1, 0, 2):
            made_at = clock.now() - timedelta(days=days)
            db.session.add(BackupMade(made_at=made_at, size=days, is_encrypted=True, missing=0))
        db.session.commit()
        found = find_last_backup()
        assert found is not None
        assert found.size == 0
