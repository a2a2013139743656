"""The demo, played once for all tests of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from portal.core.db import db
from tests.harness import databases, portal
from tests.harness.indexing import catch_up
from tests.harness.mailbox import MailServer


@dataclass(frozen=True)
class Played:
    """The portal with the demo in it, and what both runs of the command said and left."""

    app: Flask
    first: Result
    second: Result
    counts: dict[str, int]
    counts_again: dict[str, int]


def count_rows(app: Flask) -> dict[str, int]:
    """Return table -> how many rows it has."""
    with app.app_context():
        return {
            name: db.session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in db.metadata.tables.items()
        }


@pytest.fixture(scope="session")
def played(database: databases.Database, worker: str, mail_server: MailServer) -> Played:
    """`flask demo`, twice, on a database of its own."""
    name = f"demo_{worker}"
    folder = databases.run_folder() / name
    app = portal.make_portal(database.create(name), folder, mail_server)
    runner = app.test_cli_runner()
    first = runner.invoke(args=["demo"])
    assert first.exception is None, first.output
    counts = count_rows(app)
    second = runner.invoke(args=["demo"])
    counts_again = count_rows(app)
    # What a worker does of its own accord: the tests that look for words find them.
    with app.app_context():
        catch_up()
    return Played(app, first, second, counts, counts_again)


@pytest.fixture
def demo(played: Played) -> Iterator[Flask]:
    """The portal with the demo in it, its context open."""
    with played.app.app_context():
        yield played.app
        db.session.rollback()
