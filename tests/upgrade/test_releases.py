"""What an earlier version left is all there after the upgrade to this one."""

from __future__ import annotations

import contextvars
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, inspect, select, table

from portal.accounts.queries import find_account
from portal.backup.manifest import Manifest
from portal.backup.restoring import put_back
from portal.backup.soundness import faults
from portal.core.db import db
from portal.core.version import VERSION
from tests.harness import databases, portal
from tests.harness.mailbox import MailServer
from tests.harness.migrations import add_migrations
from tests.harness.release import Snapshot, heads_at, snapshots

# Tables that a later version has emptied or dropped on purpose.
GONE: set[str] = set()
DESKS = {
    "hanneke@voorbeeldvereniging.example": "/werkvoorraad",
    "esther@voorbeeldvereniging.example": "/beheer/controlelijst",
}
# What a careless migration does to rows that its author did not have.
NO_VALUE = """with op.batch_alter_table("commitment") as batch:
        batch.add_column(sa.Column("weight", sa.Integer(), nullable=False))"""
LOSES_ROWS = 'op.execute("DELETE FROM commitment_principle WHERE commitment_id % 2 = 0")'
COUNTS_FROM_NOTHING = 'op.execute("UPDATE discussion SET placed_count = 0")'
FORGETS_WORDS = """op.execute("UPDATE commitment SET title = ''")"""


class Place:
    """A portal on what an earlier version left."""

    def __init__(self, app: Flask, snapshot: Snapshot, left: Manifest) -> None:
        self.app, self._snapshot, self._left = app, snapshot, left

    def type(self, *words: str) -> Result:
        invoke = self.app.test_cli_runner().invoke
        return contextvars.Context().run(invoke, args=list(words))

    def lacks(self, *, one_page_in: int = 1) -> set[str]:
        """Return what is no longer there or no longer agrees, in a word each."""
        disagree = (line.partition(" ")[0] for line in self._faults())
        return {*self._rows(), *disagree, *self._pages(one_page_in)}

    def _faults(self) -> list[str]:
        with self.app.app_context():
            return list(faults(lambda _count: None))

    def _rows(self) -> Iterator[str]:
        with self.app.app_context(), db.engine.connect() as connection:
            there = set(inspect(connection).get_table_names())
            for name, said in self._left.tables.items():
                count = select(func.count()).select_from(table(name))
                if name in GONE:
                    continue
                if name not in there or (connection.scalar(count) or 0) < said.rows:
                    yield f"rows:{name}"

    def _pages(self, one_page_in: int) -> Iterator[str]:
        wanted = dict(list(self._snapshot.heads.items())[::one_page_in])
        heads = heads_at(self.app, wanted)
        lost = {
            address.split("/")[1] for address in wanted if heads.get(address) != wanted[address]
        }
        yield from (f"pages:{name}" for name in lost)
        with self.app.app_context():
            for email, path in DESKS.items():
                reader = portal.signed_in(self.app, find_account(email))
                answer = contextvars.Context().run(reader.raw.get, path)
                if answer.status_code != 200:
                    yield f"pages:{path}"


@pytest.fixture
def put(
    database: databases.Database, worker: str, mail_server: MailServer, tmp_path: Path
) -> Iterator[Callable[[Snapshot], Place]]:
    """Put a snapshot back as its version left it: with its schema of that day."""
    made: list[Flask] = []

    def put(snapshot: Snapshot) -> Place:
        name, backup = f"release_{worker}_{len(made)}", tmp_path / "backup.tar"
        url = database.blank(name)
        app = portal.make_portal(url, tmp_path / name, mail_server)
        made.append(app)
        snapshot.unpack(backup)
        with app.app_context():
            left = put_back(backup, identity=None, loses_secrets=False, progress=lambda _size: None)
        return Place(app, snapshot, left)

    yield put
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def test_it_keeps_what_this_version_left() -> None:
    names = [snapshot.name for snapshot in snapshots()]
    assert any(name.startswith(f"{VERSION}-") for name in names), "type: make release-snapshot"


@pytest.mark.parametrize("snapshot", snapshots(), ids=lambda snapshot: snapshot.name)
def test_it_has_everything_after_the_upgrade_and_would_see_what_is_lost(
    put: Callable[[Snapshot], Place], snapshot: Snapshot, tmp_path: Path
) -> None:
    place = put(snapshot)
    assert len(snapshot.heads) > 50
    upgraded = place.type("db", "upgrade", "--no-backup")
    assert upgraded.exit_code == 0, upgraded.output
    assert place.lacks() == set()
    if snapshot != snapshots()[-1]:
        return
    careless = {
        LOSES_ROWS: "rows:commitment_principle",
        COUNTS_FROM_NOTHING: "discussion",
        FORGETS_WORDS: "pages:toezeggingen",
    }
    add_migrations(place.app, tmp_path / "careless", *careless)
    assert place.type("db", "upgrade", "--no-backup").exit_code == 0
    assert place.lacks(one_page_in=10) == set(careless.values())
    add_migrations(place.app, tmp_path / "no-value", NO_VALUE)
    refused = place.type("db", "upgrade", "--no-backup")
    assert refused.exit_code == 1
    assert "rolled back" in refused.output
