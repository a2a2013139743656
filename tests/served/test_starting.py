"""What keeps the portal from starting, said in one line."""

from __future__ import annotations

import os
import resource
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask, current_app
from sqlalchemy import text

from portal import cli, create_app
from portal.config import read_settings
from portal.core.db import db, write_section
from portal.documents import sandbox
from portal.serve import OWN_FILES, PortTaken, make_room, wait_for_port
from tests.harness.log_fixtures import LogLines

ROOT = Path(__file__).parents[2]
Serve = Callable[..., Result]


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Another portal: it shares its port with whoever allows that."""
    with socket.socket() as found:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        found.bind(("127.0.0.1", 0))
        found.listen()
        yield found


def ended(folder: Path, *command: str, database: str) -> str:
    """Return the line with which a command ends that refuses to begin."""
    environment = {
        "PATH": os.environ["PATH"],
        "PORTAL_ENV": "test",
        "DATA_DIR": str(folder),
        "DATABASE_URL": database,
    }
    asked = [sys.executable, "-m", "flask", "--app", "wsgi", *command]
    found = subprocess.run(
        asked,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert found.returncode == 1, found.stdout
    lines = found.stderr.strip().splitlines()
    assert len(lines) == 1, found.stderr
    return lines[0]


@pytest.mark.parametrize(
    ("command", "database", "words"),
    [
        (["serve"], "sqlite:///{folder}/leeg.sqlite3", "older schema than this code. Type: flask"),
        (["worker"], "sqlite:///{folder}/leeg.sqlite3", "db upgrade"),
        (["serve"], "postgresql://nobody@127.0.0.1:1/nowhere", "does not answer"),
    ],
)
def test_it_refuses_a_database_that_it_cannot_work_with(
    tmp_path: Path, command: list[str], database: str, words: str
) -> None:
    assert words in ended(tmp_path, *command, database=database.format(folder=tmp_path))


class TestDatabase:
    """The words for a database that does not fit, in the test's own process."""

    def refused(self, *command: str) -> str:
        result = current_app.test_cli_runner().invoke(args=command)
        assert result.exit_code == 1
        [line] = result.output.splitlines()
        return line

    @pytest.mark.parametrize(
        ("number", "words", "not_said"),
        [("0001", "db upgrade", "later version"), ("9999", "a later version", "db upgrade")],
        ids=["older", "newer"],
    )
    @pytest.mark.parametrize("command", ["worker", "demo"])
    def test_it_tells_older_from_newer(
        self, app: Flask, command: str, number: str, words: str, not_said: str
    ) -> None:
        with write_section():
            db.session.execute(text(f"UPDATE alembic_version SET version_num = '{number}'"))
        said = self.refused(command)
        assert words in said
        assert not_said not in said

    @pytest.mark.parametrize(
        ("address", "words"),
        [
            ("sqlite:///file:{folder}/whole?mode=ro&uri=true", "cannot be written"),
            ("sqlite:///{folder}", "cannot be written"),
            ("sqlite:///{folder}/letter", "is damaged, or no database of the portal"),
        ],
        ids=["read-only", "out of reach", "no database"],
    )
    def test_it_does_not_take_a_bad_disk_for_an_old_schema(
        self, tmp_path: Path, address: str, words: str
    ) -> None:
        (tmp_path / "letter").write_text("Dit is een brief, geen database. " * 50)
        with closing(sqlite3.connect(tmp_path / "whole")) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        url = address.format(folder=tmp_path)
        settings = {"PORTAL_ENV": "test", "DATA_DIR": str(tmp_path), "DATABASE_URL": url}
        with create_app(read_settings(settings)).app_context():
            said = self.refused("worker")
            db.engine.dispose()
        assert words in said
        assert str(tmp_path) in said

    def test_it_says_that_it_cannot_make_its_folder(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        settings = {"PORTAL_ENV": "test", "DATA_DIR": str(tmp_path / "file/data")}
        with pytest.raises(SystemExit) as refusal:
            create_app(read_settings(settings))
        assert (
            str(refusal.value)
            == f"The folder {tmp_path}/file/data cannot be made: Not a directory."
        )


class TestWords:
    """What `serve` says before it begins."""

    @pytest.fixture
    def serve(self, make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch) -> Serve:
        monkeypatch.setattr(cli, "serve", lambda *_rest, **_more: None)
        monkeypatch.setattr(cli, "wait_for_port", lambda *_rest: None)

        def run(**environment: str) -> Result:
            app = make_app(
                PORTAL_ENV="production",
                SECRET_KEY="een-lange-sleutel-voor-deze-ene-test-van-de-start",
                PUBLIC_URL="https://groeipact.example",
                **environment,
            )
            with app.app_context():
                result = app.test_cli_runner().invoke(args=["serve"], color=True)
                db.session.remove()
                db.engine.dispose()
            assert result.exit_code == 0
            return result

        return run

    def test_it_says_in_red_that_nobody_gets_a_mail(self, serve: Serve) -> None:
        output = serve(MAIL_SERVER="", MAIL_TO_FILES="on").output
        [line] = [line for line in output.splitlines() if "NOBODY GETS A MAIL" in line]
        assert line.startswith("\x1b[31m")
        assert "NOBODY" not in serve().output

    def test_it_says_once_what_the_kernel_lacks_to_confine_readers(
        self, serve: Serve, monkeypatch: pytest.MonkeyPatch, log_lines: LogLines
    ) -> None:
        monkeypatch.setattr(cli, "missing", lambda _limits: ["seccomp"])
        serve()
        [line] = [line for line in log_lines() if line["event"] == "file_reader_less_confined"]
        assert line["missing"] == ["seccomp"]

    def test_it_says_that_no_file_can_be_read(
        self, serve: Serve, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(sandbox, "_ENTRY", tmp_path / "gone.py")
        assert "FILES CANNOT BE READ HERE" in serve().output


def test_it_takes_no_port_that_somebody_listens_on(listener: socket.socket) -> None:
    host, port = listener.getsockname()
    said: list[str] = []
    with pytest.raises(PortTaken):
        wait_for_port(host, port, said.append, patience=0)
    assert said == []


def test_it_says_that_it_waits_and_goes_on_when_the_port_is_free(listener: socket.socket) -> None:
    host, port = listener.getsockname()
    said: list[str] = []

    def say(words: str) -> None:
        said.append(words)
        listener.close()

    wait_for_port(host, port, say, patience=30)
    assert said == [f"Port {port} is in use. Waiting for whoever has it to stop."]


@pytest.mark.parametrize(
    ("allowed", "share", "opened"),
    [
        ((1024, 20_000), 2000, 2000 + OWN_FILES),
        ((1024, 1024), 1024 - OWN_FILES, 1024),
        ((50_000, 50_000), 2000, 50_000),
        ((1024, resource.RLIM_INFINITY), 2000, 2000 + OWN_FILES),
    ],
    ids=["raised", "as far as it goes", "enough", "without end"],
)
def test_it_takes_no_more_connections_than_it_may_open_files(
    monkeypatch: pytest.MonkeyPatch, allowed: tuple[int, int], share: int, opened: int
) -> None:
    limits = [allowed]
    monkeypatch.setattr(resource, "getrlimit", lambda _which: limits[-1])
    monkeypatch.setattr(resource, "setrlimit", lambda _which, both: limits.append(both))
    assert make_room(4000, 2) == share
    assert limits[-1] == (opened, allowed[1])
