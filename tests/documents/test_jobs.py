"""Files without a row are swept, files with one stay."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from portal.core import clock
from portal.core.db import db, write_section
from portal.documents.actions import keep_picture
from portal.documents.jobs import sweep_files
from portal.documents.storing import store
from portal.documents.upload import KeptUpload
from portal.services.storage import storage


class TestSweepFiles:
    def test_it_removes_a_file_that_no_row_points_to_after_two_days(self, app: Flask) -> None:
        unowned = store("webp", b"nobody's")
        owned = store("webp", b"somebody's")
        with write_section():
            keep_picture(
                KeptUpload(owned, "logo.png", "image/webp", 10, "0" * 64, width=1, height=1),
                by=None,
            )
        sweep_files()
        assert storage().exists(unowned)
        clock.set_now(clock.now() + timedelta(days=3))
        sweep_files()
        clock.set_now(None)
        db.session.rollback()
        assert not storage().exists(unowned)
        assert storage().exists(owned)
