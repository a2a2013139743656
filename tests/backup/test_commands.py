"""Everything is kept, and comes back: on both databases, and from the one to the other."""

from __future__ import annotations

import contextvars
import json
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import insert, text

from portal.backup.archive import SEAL_LENGTH
from portal.backup.rows import VERSION_TABLE
from portal.core.db import db
from portal.services.models import LimitCounter
from portal.services.storage import new_key, storage
from tests.factories import (
    make_account,
    make_comment,
    make_commitment,
    make_document,
    make_moderator,
    make_telephone,
)
from tests.harness.client import Client
from tests.harness.databases import Database
from tests.harness.mailbox import MailServer
from tests.harness.portal import make_portal

# What a visitor reads of the filled register.
PAGES = ("/toezeggingen/het-plan", "/", "/toezeggingen", "/ondertekenaars", "/groeipact")
SECRET = "a-secret-of-the-old-place-that-is-long"


@pytest.fixture
def filled(app: Flask) -> Flask:
    """A portal with people, words, a telephone, and a stored file."""
    commitment = make_commitment(title="Het plan")
    body = "Wanneer is het plan er? – ’s Avonds “graag” 😀 \u2028 nog een regel"
    make_comment(commitment.discussion, body=body)
    make_telephone(make_moderator())
    make_account(name="Ĳsbrand ‘t Hart")
    # Text is the key here, and two databases order text in their own ways.
    for key in ("a", "B", "é", "-", "Z", "_"):
        db.session.execute(
            insert(LimitCounter).values(name="test", key=key, started_at=db.func.now(), count=1)
        )
    db.session.commit()
    storage().put(new_key("pdf"), b"%PDF-1.7 kept")
    return app


@pytest.fixture
def run(app: Flask) -> Callable[..., Result]:
    """Type a command of the portal, or of another one."""

    def typed(*words: object, on: Flask = app) -> Result:
        db.session.rollback()
        # In no context of a test: a command opens that of its own app.
        invoke = on.test_cli_runner().invoke
        return contextvars.Context().run(invoke, args=[str(word) for word in words])

    return typed


@pytest.fixture
def other(
    tmp_path: Path, database: Database, worker: str, mail_server: MailServer
) -> Iterator[Callable[..., Flask]]:
    """Make another place, empty: with tables as the database under test has them, or without."""
    made: list[Flask] = []

    def make(name: str, *, has_tables: bool = False, **environment: str) -> Flask:
        folder = tmp_path / name
        url = f"sqlite:///{folder / 'portal.sqlite3'}"
        if has_tables:
            url = database.create(f"portal_{worker}_{name}")
        made.append(make_portal(url, folder, mail_server, **environment))
        return made[-1]

    yield make
    for portal in made:
        with portal.app_context():
            db.engine.dispose()


def told_by(place: Path) -> dict[str, Any]:
    """Return what a backup says of itself, but for its moment and the version of its server."""
    with tarfile.open(place) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))  # type: ignore[arg-type]
        contents = tar.extractfile("contents.txt").read().decode()  # type: ignore[union-attr]
    files = sorted(line for line in contents.splitlines() if " files/" in line)
    return {**manifest, "made_at": "", "database": "", "list": files}


def test_it_comes_back_whole_also_from_one_database_to_the_other(
    filled: Flask, run: Callable[..., Result], other: Callable[..., Flask], tmp_path: Path
) -> None:
    places = [tmp_path / f"{name}.tar" for name in "abc"]
    made = run("backup", places[0])
    assert made.exit_code == 0, made.output
    assert "rows in" in made.output
    assert "not encrypted" in made.output
    assert "is whole" in run("backup", "--verify", places[0]).output
    steps = (other("sqlite"), other("again", has_tables=True))
    for portal, source, target in zip(steps, places, places[1:], strict=False):
        put_back = run("restore", source, on=portal)
        assert put_back.exit_code == 0, put_back.output
        assert run("backup", target, on=portal).exit_code == 0
    first, *further = map(told_by, places)
    assert first["tables"]["account"]["rows"] >= 3
    assert first["list"]
    assert further == [first, first]
    pages = [Client(portal).raw.get(path).data for portal in (filled, *steps) for path in PAGES]
    assert b"graag" in pages[0]
    assert pages == 3 * pages[: len(PAGES)]
    for portal in steps:
        with portal.app_context():
            # Numbers go on after the highest, and the log stays as it is.
            assert make_account().id > first["tables"]["account"]["rows"] - 1
            with pytest.raises(Exception, match="append-only"):
                db.session.execute(text("UPDATE history SET step = 'none'"))
            db.session.rollback()


def test_it_brings_an_older_schema_to_the_newest(
    run: Callable[..., Result], other: Callable[..., Flask], tmp_path: Path, app: Flask
) -> None:
    old, new, place = other("old"), other("new"), tmp_path / "old.tar"
    assert run("db", "upgrade", "0020", on=old).exit_code == 0
    assert run("backup", place, on=old).exit_code == 0
    put_back = run("restore", place, on=new)
    assert "brought to the newest" in put_back.output
    assert run("backup", tmp_path / "new.tar", on=new).exit_code == 0
    newest = told_by(tmp_path / "new.tar")["schema"]
    assert told_by(place)["schema"] == "0020" < newest


class TestRefusals:
    @pytest.fixture
    def backup(self, filled: Flask, run: Callable[..., Result], tmp_path: Path) -> Path:
        """A backup that is whole."""
        assert run("backup", tmp_path / "whole.tar").exit_code == 0
        return tmp_path / "whole.tar"

    @pytest.fixture
    def refused(
        self, run: Callable[..., Result], other: Callable[..., Flask]
    ) -> Callable[..., str]:
        """Restore a backup, see that nothing came of it, and return what is said."""

        def restore(place: Path, *words: str, on: Flask | None = None) -> str:
            portal = on or other("here")
            result = run("restore", place, *words, on=portal)
            assert result.exit_code == 1, result.output
            with portal.app_context():
                assert on or not list(storage().files())
            return result.output

        return restore

    def test_it_refuses_what_is_damaged(self, backup: Path, refused: Callable[..., str]) -> None:
        whole = backup.read_bytes()
        middle = whole.index(b"%PDF-1.7 kept") + 3
        backup.write_bytes(whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :])
        assert "is not what was written" in refused(backup)
        backup.write_bytes(whole[:-SEAL_LENGTH])
        assert "cut off" in refused(backup)

    def test_it_refuses_a_schema_that_is_newer(
        self, filled: Flask, run: Callable[..., Result], refused: Callable[..., str], tmp_path: Path
    ) -> None:
        db.session.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
        db.session.commit()
        assert run("backup", tmp_path / "newer.tar").exit_code == 0
        assert "schema 9999" in refused(tmp_path / "newer.tar")

    def test_it_refuses_a_place_that_is_not_empty(
        self, backup: Path, refused: Callable[..., str], other: Callable[..., Flask], app: Flask
    ) -> None:
        assert "stored files" in refused(backup, on=app)
        full = other("full", has_tables=True)
        with full.app_context():
            make_account()
        assert "account has rows" in refused(backup, on=full)

    def test_it_refuses_without_the_key_of_the_telephones(
        self,
        backup: Path,
        refused: Callable[..., str],
        run: Callable[..., Result],
        other: Callable[..., Flask],
    ) -> None:
        without = other("without", SECRET_KEY=SECRET)
        assert "1 telephones" in refused(backup, on=without)
        assert "signs in anew" in run("restore", backup, "--without-key", on=without).output

    def test_it_takes_the_old_key_as_a_former_one(
        self, backup: Path, run: Callable[..., Result], other: Callable[..., Flask], app: Flask
    ) -> None:
        former = app.config["SECRET_KEY"]
        with_both = other("both", SECRET_KEY=SECRET, SECRET_KEY_FALLBACKS=former)
        assert run("restore", backup, on=with_both).exit_code == 0

    def test_it_leaves_a_file_that_is_there(self, backup: Path, run: Callable[..., Result]) -> None:
        whole = backup.read_bytes()
        assert "left as it is" in run("backup", backup).output
        assert backup.read_bytes() == whole


def test_it_says_which_files_are_missing_and_keeps_the_rest(
    filled: Flask, run: Callable[..., Result], tmp_path: Path
) -> None:
    document = make_document()
    key = document.versions[0].storage_key
    storage().delete(key)
    result = run("backup", tmp_path / "a.tar")
    assert result.exit_code == 3
    assert key in result.output
    assert told_by(tmp_path / "a.tar")["missing"] == [key]


def test_it_encrypts_to_whoever_is_set(
    filled: Flask,
    run: Callable[..., Result],
    make_app: Callable[..., Flask],
    other: Callable[..., Flask],
    tmp_path: Path,
) -> None:
    key = tmp_path / "key"
    said = run("backup-key", key).output
    recipient = said.rsplit("BACKUP_RECIPIENT=", 1)[1].strip()
    encrypting = make_app(BACKUP_RECIPIENT=recipient)
    folder = tmp_path / "nightly"
    folder.mkdir()
    assert run("backup", folder, on=encrypting).exit_code == 0
    (place,) = folder.iterdir()
    assert place.name.endswith(".tar.age")
    assert "--identity" in run("backup", "--verify", place).output
    assert "is whole" in run("backup", "--verify", place, "--identity", key).output
    assert run("restore", place, "--identity", key, on=other("new")).exit_code == 0
