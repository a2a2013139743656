"""When the archive of the register is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from flask import Flask

from portal.opendata.jobs import renew_archive
from portal.opendata.queries import archive_is_due, find_archive
from portal.services.storage import storage
from tests import factories as make


def test_it_is_made_once_a_night_and_the_one_before_is_deleted(
    app: Flask, set_clock: Callable[[datetime], None]
) -> None:
    today = datetime(2026, 11, 2, 12, tzinfo=UTC)
    set_clock(today)
    assert archive_is_due()
    renew_archive()
    former = find_archive()
    assert former is not None
    first = former.archive_key
    make.make_commitment(title="Van vandaag")
    assert not archive_is_due()
    set_clock(today + timedelta(hours=13))
    assert not archive_is_due()
    set_clock(today + timedelta(hours=15))
    assert archive_is_due()
    renew_archive()
    assert not archive_is_due()
    assert not storage().exists(first)
