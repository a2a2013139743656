"""Files that nobody else on the machine can read, also those that an earlier start left open."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from portal import create_app
from portal.config import read_settings
from portal.core.db import db, write_section
from portal.core.private import close_to_others
from portal.services import mail

ROOT = Path(__file__).parents[2]
OWN = ("mail", "files")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def open_for_all(path: Path) -> list[str]:
    """What others can read or enter there, itself included."""
    found = (path, *path.rglob("*"))
    return [str(inner) for inner in found if mode(inner) & 0o077]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for data as a portal with open files left it."""
    data = tmp_path / "data"
    for name in ("mail", "files/ab/cd"):
        (data / name).mkdir(parents=True)
    for name in ("mail/een.eml", "files/ab/cd/abcd.pdf"):
        (data / name).write_text("geheim")
    for path in (data, *data.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return data


def test_it_closes_what_is_its_own(folder: Path) -> None:
    assert close_to_others(folder, OWN) == []
    assert open_for_all(folder) == []
    assert mode(folder / "mail/een.eml") == 0o600
    assert mode(folder / "files/ab") == 0o700


def test_it_leaves_a_folder_alone_that_others_use_too(folder: Path) -> None:
    (folder / "website").mkdir()
    assert close_to_others(folder, OWN) == []
    assert mode(folder) == 0o755
    assert open_for_all(folder / "mail") == []


def test_it_says_what_it_leaves_open(folder: Path) -> None:
    (folder / "mail").chmod(0o2775)
    assert close_to_others(folder, OWN) == [folder / "mail"]
    assert mode(folder / "mail") == 0o775 | stat.S_ISGID


def test_it_follows_no_link_out_of_the_folder(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("van een ander")
    outside.chmod(0o644)
    (folder / "mail/link.eml").symlink_to(outside)
    close_to_others(folder, OWN)
    assert mode(outside) == 0o644


def test_it_writes_nothing_that_others_can_read(folder: Path) -> None:
    environment = {"PORTAL_ENV": "test", "DATA_DIR": str(folder), "MAIL_SERVER": ""}

    def run(*command: str) -> None:
        asked = [sys.executable, "-m", "flask", "--app", "wsgi", *command]
        kept = {"PATH": os.environ["PATH"]}
        subprocess.run(asked, cwd=ROOT, env={**kept, **environment}, umask=0o022, check=True)

    run("db", "upgrade")
    app = create_app(read_settings(environment))
    with app.app_context():
        with write_section():
            mail.send("account_reset", to="noor@example.org", name="N", token="t", minutes=60)
        db.session.remove()
        db.engine.dispose()
    run("worker", "--once")
    assert len(list((folder / "mail").glob("*-account_reset-*.eml"))) == 1
    assert (folder / "portal.sqlite3").exists()
    assert open_for_all(folder) == []
