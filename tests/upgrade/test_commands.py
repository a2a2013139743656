"""An upgrade says what it does, does all of it or nothing, and keeps what there was."""

from __future__ import annotations

import contextvars
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, inspect, select, text

from portal.accounts.models import Account
from portal.backup.models import BackupMade
from portal.backup.rows import OWN_TABLES
from portal.core.db import db, write_section
from portal.core.gate import Presence, Standing, alone
from portal.core.schema import newest_revision
from portal.upgrade import commands, running
from tests.factories import make_comment
from tests.harness import databases, portal
from tests.harness.mailbox import MailServer
from tests.harness.migrations import add_migrations
from tests.test_handbook import BLOCK
from tests.test_migrations import contents

GUIDE = Path(__file__).parents[2] / "docs/beheer/bijwerken.md"
WORKS = """op.add_column("account", sa.Column("shoe_size", sa.Integer(), nullable=True))
    op.execute("UPDATE account SET shoe_size = 42")"""
# Tables are made and rebuilt, rows are changed, and then it goes wrong.
FAILS = """op.create_table("shoe", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("UPDATE account SET name = 'Niemand', shoe_size = 43")
    with op.batch_alter_table("comment") as batch:
        batch.add_column(sa.Column("shoe_id", sa.Integer(), nullable=True))
    op.execute("UPDATE account SET no_such_column = 1")"""

Type = Callable[..., Result]
PATIENCE_SECONDS = 30.0


@pytest.fixture
def app(
    database: databases.Database, worker: str, mail_server: MailServer, tmp_path: Path
) -> Iterator[Flask]:
    """A portal on a database of its own with somebody's rows, which may be taken apart."""
    url = database.create(f"upgraded_{worker}")
    made = portal.make_portal(url, tmp_path / "data", mail_server)
    with made.app_context():
        make_comment()
        db.session.remove()
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def run(app: Flask) -> Type:
    """Type a command in the app, or in another one; `answers` are typed as well."""

    def typed(*words: object, on: Flask = app, answers: str = "") -> Result:
        invoke = on.test_cli_runner().invoke
        asked = [str(word) for word in words]
        return contextvars.Context().run(invoke, args=asked, input=answers)

    return typed


def rows_of(app: Flask) -> dict[str, str]:
    """Return a fingerprint of each table, but for what a database says of itself."""
    with app.app_context():
        return {name: rows for name, rows in contents().items() if name not in OWN_TABLES}


def set_schema(number: str) -> None:
    """Let the database say that it has this schema."""
    with write_section():
        db.session.execute(text(f"UPDATE alembic_version SET version_num = '{number}'"))


def columns_of(app: Flask, table: str) -> set[str]:
    with app.app_context():
        return {str(column["name"]) for column in inspect(db.engine).get_columns(table)}


def test_it_says_what_it_would_do_and_changes_nothing(
    app: Flask, run: Type, tmp_path: Path
) -> None:
    assert "nothing to do" in run("db", "upgrade").output
    (number,) = add_migrations(app, tmp_path / "migrations", WORKS)
    before = rows_of(app)
    for words in (("--dry-run",), ()):
        result = run("db", "upgrade", *words)
        assert f"  {number}  Try step {number}\n" in result.output
        assert f"{number} of portal" in result.output
        assert rows_of(app) == before
    # Somebody's rows are there, and nobody to ask: nothing happens by itself.
    assert result.exit_code == 1
    assert "--backup PLACE" in result.output
    assert run("db", "upgrade", "--backup", "x", "--no-backup").exit_code == 2
    assert f"There is no schema 0{number}" in run("db", "upgrade", f"0{number}").output
    version = run("version").output
    assert f"schema {number}" in version
    assert f"schema {int(number) - 1:04}" in version


def test_it_makes_a_backup_where_somebody_wants_it_and_then_takes_every_step(
    app: Flask, run: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    numbers = add_migrations(app, tmp_path / "migrations", WORKS, "pass")
    monkeypatch.setattr(commands, "is_somebody_there", lambda: True)
    result = run("db", "upgrade", answers=f"y\n{folder}/\n")
    assert result.exit_code == 0, result.output
    for number in numbers:
        assert f"  {number} ... " in result.output
    assert f"schema {numbers[-1]}." in result.output
    assert "Start the portal again" in result.output
    (place,) = folder.iterdir()
    assert str(place) in result.output
    assert "is whole" in run("backup", "--verify", place).output
    with app.app_context():
        assert db.session.scalars(text("SELECT DISTINCT shoe_size FROM account")).all() == [42]
        # The check-list knows of the backup.
        assert db.session.scalar(select(func.count()).select_from(BackupMade)) == 1
    assert "nothing to do" in run("db", "upgrade").output


def test_it_changes_nothing_when_a_step_fails_and_says_the_way_back(
    app: Flask, run: Type, tmp_path: Path, database: databases.Database, mail_server: MailServer
) -> None:
    before, place = rows_of(app), tmp_path / "before.tar"
    with app.app_context():
        schema = newest_revision()
    _works, fails = add_migrations(app, tmp_path / "migrations", WORKS, FAILS)
    result = run("db", "upgrade", "--backup", place)
    assert result.exit_code == 1
    assert f"Step {fails} failed." in result.output
    assert "no_such_column" in result.output
    assert f"as it was, with schema {schema}" in result.output
    assert f"restore {place}" in result.output
    assert rows_of(app) == before
    assert f"schema {schema}" in run("version").output.splitlines()[1]
    assert "shoe_size" not in columns_of(app, "account")
    assert "shoe_id" not in columns_of(app, "comment")
    # The earlier version, in an empty place, as the way back says.
    empty = database.blank("way_back")
    earlier = portal.make_portal(empty, tmp_path / "earlier", mail_server)
    put_back = run("restore", place, on=earlier)
    assert put_back.exit_code == 0, put_back.output
    assert rows_of(earlier) == before
    with earlier.app_context():
        db.engine.dispose()


def comes_in(presence: Presence) -> bool:
    """Return whether a process comes in, now that nobody upgrades any more.

    PostgreSQL lets go of a lock when it has noticed that the connection of its holder is gone.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    while (is_out := presence.look() is not Standing.OPEN) and time.monotonic() < until:
        time.sleep(0.05)
    return not is_out


def test_it_waits_for_whoever_is_at_work_and_lets_nobody_in_meanwhile(
    app: Flask, run: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "PATIENCE_SECONDS", 0.3)
    with app.app_context():
        before = newest_revision()
    add_migrations(app, tmp_path / "migrations", WORKS)
    with app.app_context():
        with alone(0.0):
            assert "Another upgrade" in run("db", "upgrade", "--no-backup").output
            assert "being upgraded" in run("worker", "--once").output
            assert "being upgraded" in run("backup", tmp_path / "a.tar").output
            assert Presence().look() is Standing.UPGRADING
        with write_section():
            db.session.execute(
                text("UPDATE alembic_version SET version_num = :newest").bindparams(
                    newest=newest_revision()
                )
            )
        presence = Presence()
        assert comes_in(presence)
        with write_section():
            db.session.execute(
                text("UPDATE alembic_version SET version_num = :before").bindparams(before=before)
            )
        assert "still at work" in run("db", "upgrade", "--no-backup").output
        presence.leave()
    monkeypatch.setattr(running, "PATIENCE_SECONDS", PATIENCE_SECONDS)
    assert run("db", "upgrade", "--no-backup").exit_code == 0


def test_it_refuses_a_schema_of_a_later_version(app: Flask, run: Type) -> None:
    with app.app_context():
        set_schema("9999")
    result = run("db", "upgrade", "--no-backup")
    assert result.exit_code == 1
    assert "a later version of the portal" in result.output


@pytest.mark.parametrize("words", [("account", "block", "a@b.example", "--yes"), ("check-data",)])
def test_every_command_says_the_one_command_on_an_older_schema(
    app: Flask, run: Type, tmp_path: Path, words: tuple[str, ...]
) -> None:
    add_migrations(app, tmp_path / "migrations", WORKS)
    result = run(*words)
    assert result.exit_code == 1
    assert "Type: flask --app wsgi db upgrade" in result.output


def test_the_guide_leads_to_the_new_version_and_back(
    app: Flask,
    run: Type,
    tmp_path: Path,
    database: databases.Database,
    mail_server: MailServer,
) -> None:
    before, folder = rows_of(app), tmp_path / "backups"
    add_migrations(app, tmp_path / "migrations", WORKS)
    guide = GUIDE.read_text().replace("/var/backups/groeipact", str(folder))
    typed = [line for block in BLOCK.findall(guide) for line in block.splitlines()]
    lines = [line for line in typed if line.startswith("flask ")]
    assert len(lines) == 5
    url = database.blank("guide")
    earlier = portal.make_portal(url, tmp_path / "earlier", mail_server)
    for line in lines:
        words = line.removeprefix("flask --app wsgi ").split()
        if words[0] == "restore":
            (place,) = folder.iterdir()
            words[-1] = str(place)
        result = run(*words, on=earlier if words[0] == "restore" else app)
        assert result.exit_code == 0, result.output
    assert rows_of(earlier) == before
    assert "shoe_size" in columns_of(app, "account")
    with earlier.app_context():
        assert db.session.scalar(select(func.count()).select_from(Account))
        db.session.remove()
        db.engine.dispose()
