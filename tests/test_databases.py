"""What many tests share must be to each of them as if it were new."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from portal.core.db import Base, db
from tests import factories as make
from tests.harness import databases
from tests.harness.rules import KnownRule
from tests.harness.sqlite_reset import Resetting

KEPT = """
CREATE TABLE log (id INTEGER PRIMARY KEY AUTOINCREMENT, word TEXT);
CREATE TABLE mark (word TEXT);
CREATE TRIGGER kept BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'log is append-only'); END;
CREATE TRIGGER marked AFTER INSERT ON log BEGIN UPDATE mark SET word = NEW.word; END;
INSERT INTO mark VALUES ('nothing');
INSERT INTO log (word) VALUES ('first');
"""
PATHS = ("/", "/een/", "/een", "/een/7", "/een/woord", "/een/7/a/b.txt", "/twee", "/twee/", "/drie")


def _rows() -> dict[str, list[tuple[Any, ...]]]:
    db.session.rollback()
    tables = Base.metadata.sorted_tables
    return {table.name: sorted(map(tuple, db.session.execute(select(table)))) for table in tables}


def test_it_is_put_back_to_what_the_migrations_left(
    app: Flask, database: databases.Database, worker: str
) -> None:
    before = _rows()
    first = make.make_comment().id
    assert _rows() != before
    database.reset(f"portal_{worker}")
    assert _rows() == before
    assert make.make_comment().id == first


def test_it_is_put_back_to_what_was_kept(
    app: Flask, database: databases.Database, worker: str
) -> None:
    make.make_comment()
    kept = _rows()
    database.keep(f"portal_{worker}", "kept")
    make.make_comment()
    for word, is_kept in (("kept", True), ("", False), ("kept", True)):
        database.reset(f"portal_{worker}", word)
        assert (_rows() == kept) is is_kept


class TestSqlite:
    @pytest.fixture
    def files(self, tmp_path: Path) -> tuple[Path, Path]:
        """A template with tables that only grow, and a copy."""
        template, copy = tmp_path / "template", tmp_path / "copy"
        with closing(sqlite3.connect(template)) as connection:
            connection.executescript(KEPT)
        shutil.copy(template, copy)
        return template, copy

    def test_it_empties_what_only_grows_and_no_trigger_does_anything(
        self, files: tuple[Path, Path]
    ) -> None:
        resetting = Resetting(*files)
        with closing(sqlite3.connect(files[1], isolation_level=None)) as user:
            for _round in range(2):
                user.execute("INSERT INTO log (word) VALUES ('second')")
                assert user.execute("SELECT id, word FROM log").fetchall()[1:] == [(2, "second")]
                with pytest.raises(sqlite3.IntegrityError):
                    user.execute("DELETE FROM log")
                assert resetting.is_alike() and resetting.is_possible()
                resetting.reset()
                assert user.execute("SELECT id, word FROM log").fetchall() == [(1, "first")]
                assert user.execute("SELECT word FROM mark").fetchall() == [("first",)]
        resetting.close()

    def test_it_knows_a_database_that_was_taken_apart(self, files: tuple[Path, Path]) -> None:
        resetting = Resetting(*files)
        with closing(sqlite3.connect(files[1])) as user:
            user.execute("DROP TRIGGER marked")
        assert not resetting.is_alike() and not resetting.is_possible()
        resetting.close()


def test_it_reads_and_writes_addresses_as_the_library_does() -> None:
    def addresses(kind: type[Rule]) -> list[object]:
        rules = [
            kind("/", endpoint="home"),
            kind("/een/", endpoint="one"),
            kind("/een/<int:number>", endpoint="number"),
            kind("/een/<word>", endpoint="word"),
            kind("/een/<int:number>/<path:rest>", endpoint="rest"),
            kind("/twee", endpoint="two", defaults={"number": 2}),
        ]
        adapter = Map(rules).bind("voorbeeld.example")
        found: list[object] = []
        for path in PATHS:
            try:
                found.append(adapter.match(path))
            except HTTPException as refused:
                found.append(type(refused))
        values = {"number": 2, "word": "a b", "rest": "c/d", "more": "?"}
        found += [adapter.build(rule.endpoint, values) for rule in rules]
        return [*found, *(sorted(rule.arguments) for rule in rules)]

    wanted = addresses(Rule)
    # The first compiles, the second takes over.
    assert addresses(KnownRule) == wanted
    assert addresses(KnownRule) == wanted
