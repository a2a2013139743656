"""What a served portal says while the worker stands still, mail is away or the disk is full."""

from __future__ import annotations

import shutil
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path

import psutil
import pytest
from PIL import Image
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import select, text

from portal.comments.models import CommentVersion
from portal.core.db import db, write_section
from portal.services.mail import send
from tests import factories as make
from tests.harness.databases import Database, Sqlite, run_folder
from tests.harness.served import ServedPortal
from tests.served.reader import Reader

Serve = Callable[..., ServedPortal]
BEA = "bea@example.nl"
# More than the portal leaves free for itself, and little to fill.
DISK_MB = 160
# The answers to a form that was taken.
TAKEN = (302, 303)
_file = BytesIO()
Image.effect_noise((600, 400), 90).save(_file, "PNG")
PICTURE = _file.getvalue()


def figure(portal: ServedPortal, name: str, /, **labels: str) -> float | None:
    """Return one figure of the portal, None when it is not told."""
    with urllib.request.urlopen(f"{portal.url}/metrics", timeout=30) as answer:
        told = answer.read().decode()
    for family in text_string_to_metric_families(told):
        for sample in family.samples:
            if sample.name == f"groeipact_{name}" and sample.labels == labels:
                return sample.value
    return None


def readiness(portal: ServedPortal) -> tuple[int, str]:
    """Return status and words of /readyz."""
    page = Reader(portal).get("/readyz")
    return page.status, page.body.decode().strip()


def wait_until(holds: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Wait for a condition, and say what was waited for when it does not come."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, what
        time.sleep(0.2)


def worker_of(portal: ServedPortal) -> psutil.Process:
    """Return the process that does the jobs."""
    tree = psutil.Process(portal.pid).children(recursive=True)
    (found,) = (process for process in tree if process.cmdline()[-1:] == ["worker"])
    return found


def test_it_tells_that_the_worker_stands_still_also_once_mail_was_away(serve: Serve) -> None:
    portal = serve(is_loaded=False, WATCH_SECONDS="1")
    with portal.app.app_context():
        beheerder = Reader(portal, make.make_beheerder(email=BEA))
        wait_until(lambda: figure(portal, "processes", kind="worker") == 1, "a worker")
        wait_until(lambda: figure(portal, "processes", kind="web") == 2, "both web processes")
        for _number in range(12):
            assert Reader(portal).get("/inloggen").status == 200
        asked = {"route": "accounts.sign_in", "status": "2xx"}
        assert figure(portal, "http_requests_total", **asked) == 12, "over both processes"

        portal.mailbox.go_down()
        worker = worker_of(portal)
        worker.suspend()
        try:
            with write_section():
                send("account_password", to="later@example.nl", name="Iemand")
            wait_until(lambda: figure(portal, "trouble", name="worker") == 1, "the trouble")
            wait_until(lambda: "trouble_not_told" in portal.log_text(), "a try to tell it")
            assert readiness(portal) == (200, "ok"), "readers notice nothing"
            page = beheerder.get("/beheer/draaien").main
            assert "De werker staat stil sinds" in page
            assert figure(portal, "jobs", kind="mail", state="waiting") == 1
            portal.mailbox.come_back()
            told = portal.mailbox.wait_for(BEA, "1 punt vraagt om iemand", seconds=60)
            assert "De werker staat stil sinds" in told.text
        finally:
            worker.resume()
        portal.mailbox.wait_for("later@example.nl", seconds=60)
        assert "Werker, van" in portal.mailbox.wait_for(BEA, "weer goed", seconds=60).text
        assert len(portal.mailbox.to(BEA)) == 2
        assert figure(portal, "trouble", name="worker") == 0
        assert figure(portal, "mails_total", outcome="sent") == 1


@pytest.fixture
def disk() -> Iterator[Path]:
    """A small disk of its own."""
    folder = run_folder() / "disk"
    folder.mkdir()
    size = f"size={DISK_MB}m"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)
    folder.rmdir()


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Leave nothing free on the disk of a folder."""
    filler = folder / "filler"
    block = bytes(64 * 1024)
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(block):
            pass
    try:
        yield
    finally:
        filler.unlink()


@pytest.fixture
def on_disk(disk: Path, database: Database, serve: Serve) -> ServedPortal:
    """A portal with all its data on the small disk, but for those of PostgreSQL."""
    environment = {"DATA_DIR": str(disk), "WATCH_SECONDS": "1", "LOW_DISK_MB": "10"}
    if isinstance(database, Sqlite):
        made = database.create("on_disk").removeprefix("sqlite:///")
        kept = shutil.copy(made, disk / "portal.sqlite3")
        environment["DATABASE_URL"] = f"sqlite:///{kept}"
    return serve(**environment)


def test_it_loses_nothing_on_a_full_disk_and_goes_on_when_there_is_room(
    on_disk: ServedPortal, disk: Path, database: Database
) -> None:
    portal = on_disk
    with portal.app.app_context():
        wait_until(lambda: figure(portal, "processes", kind="web") == 2, "both web processes")
        # They have looked at the portal, and hear of her when the disk may be full already.
        bea = Reader(portal, make.make_beheerder(email=BEA))
        make.make_vereniging()
        writer, path = Reader(portal, make.make_account()), f"/reacties/{make.make_discussion().id}"
        assert post(writer, path, "voor") in TAKEN
        assert readiness(portal) == (200, "ok")
        if isinstance(database, Sqlite):
            # No room in its log of writes either.
            db.session.rollback()
            db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            db.session.rollback()
        with filled(disk):
            tried = [f"tijdens {number}" for number in range(9)]
            during = [(words, post(writer, path, words)) for words in tried]
            facts = {"name": "V", "site_name": "P", "email": "p@vereniging.example"}
            form = bea.get("/beheer/vereniging").form()
            upload = form.submit(**facts, logo=(PICTURE, "logo.png"))
            told = portal.mailbox.wait_for(BEA, "vraagt om iemand", seconds=60)
            # On a busy machine a database may not have answered in time when it was asked once.
            wait_until(lambda: readiness(portal) == (503, "disk"), "that the disk alone is full")
            assert Reader(portal).get("/healthz").status == 200
            assert Reader(portal).get("/toezeggingen").status == 200, "reading goes on"
            assert figure(portal, "trouble", name="disk") == 1
            assert figure(portal, "disk_free_bytes") == 0
            assert "vrij op de schijf" in bea.get("/beheer/draaien").main
        assert "Schijf, sinds" in told.text
        assert upload.status in (503, 507), upload.main
        assert {status for _words, status in during} <= {*TAKEN, 503, 507}
        assert isinstance(database, Sqlite) or {status for _words, status in during} <= set(TAKEN)
        wait_until(lambda: readiness(portal) == (200, "ok"), "readiness again")
        assert post(writer, path, "na") in TAKEN
        portal.mailbox.wait_for(BEA, "weer goed", seconds=60)
        ordered = select(CommentVersion.body).order_by(CommentVersion.id)
        taken = ["voor", *(words for words, status in during if status in TAKEN), "na"]
        db.session.rollback()
        assert list(db.session.scalars(ordered)) == taken
        assert form.submit(**facts, logo=(PICTURE, "logo.png")).status in (200, 302, 303)
        wait_until(lambda: jobs_are_done(portal), "the jobs that waited for room")
        if isinstance(database, Sqlite):
            assert db.session.execute(text("PRAGMA integrity_check")).scalar() == "ok"


def jobs_are_done(portal: ServedPortal) -> bool:
    """Return whether nothing that could be done is left."""
    return figure(portal, "jobs_overdue_seconds") == 0


def post(writer: Reader, path: str, words: str) -> int:
    """Post a comment; return the status of the answer."""
    fields = writer.get(path).form().fill({"body": words})
    sent = {name: value for name, value in fields.items() if value is not None}
    return writer.post(path, data=sent).status
