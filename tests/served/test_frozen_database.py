"""PostgreSQL whose processes stand still, as on a disk or a host that hangs."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

import psutil
import pytest
from sqlalchemy import func, select

from portal.accounts.models import Account
from portal.core.db import db
from portal.services.heartbeat import Heartbeat
from tests import factories as make
from tests.harness.databases import POSTGRES, RUN, Postgres, run_folder
from tests.harness.mailbox import MailServer
from tests.harness.portal import migrate
from tests.harness.served import ServedPortal
from tests.served.reader import Reader


@pytest.fixture
def own_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Postgres]:
    """A server of this test alone: what is frozen here holds nobody else up."""
    for name in (RUN, POSTGRES):
        monkeypatch.delenv(name, raising=False)
    server = Postgres()
    server.prepare(lambda url: migrate(url, run_folder() / "template"))
    yield server
    server.stop()


@contextmanager
def frozen(folder: Path) -> Iterator[None]:
    """Let every process of the server in this folder stand still."""
    first = psutil.Process(int(next(folder.rglob("postmaster.pid")).read_text().split()[0]))
    processes = [first, *first.children(recursive=True)]
    for process in processes:
        process.suspend()
    try:
        yield
    finally:
        for process in processes:
            with suppress(psutil.Error):
                process.resume()


def ask(portal: ServedPortal, path: str) -> tuple[int, float]:
    """Return the status of an answer, and after how many seconds it came."""
    begun = time.monotonic()
    connection = HTTPConnection("127.0.0.1", portal.port, timeout=30)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status, time.monotonic() - begun


def wait_until(holds: Callable[[], bool], seconds: float = 40) -> None:
    """Wait for a condition."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.2)


# It waits half a minute, and does nothing: it begins among the first, beside others that work.
@pytest.mark.timeout(300)
def test_it_says_so_in_time_and_recovers_by_itself(
    own_server: Postgres, mail_server: MailServer
) -> None:
    # One process: it is asked again on a connection that it has.
    environment = {"DATABASE_SECONDS": "2", "WEB_PROCESSES": "1", "WATCH_SECONDS": "1"}
    portal = ServedPortal(own_server, "frozen", mail_server, **environment)
    portal.start()
    try:
        assert ask(portal, "/readyz")[0] == ask(portal, "/toezeggingen")[0] == 200
        with portal.app.app_context():
            beheerder = Reader(portal, make.make_beheerder(email="bea@example.nl"))
        assert beheerder.get("/beheer/draaien").status == 200
        # Whom to tell is known from the next look on.
        wait_until(lambda: looks(portal) > 1)
        with frozen(run_folder()):
            asked = ("/toezeggingen", "/ondertekenaars", "/readyz", "/healthz", "/metrics")
            statuses = {path: ask(portal, path) for path in asked}
            assert beheerder.get("/beheer/draaien").status == 503
            figures = urllib.request.urlopen(f"{portal.url}/metrics", timeout=30).read().decode()
            told = portal.mailbox.wait_for("bea@example.nl", "vraagt om iemand", seconds=60)
        # What held a moment ago goes out for a while; what was never asked for cannot be made.
        kept = {"/toezeggingen": 200, "/ondertekenaars": 503}
        machines = {"/readyz": 503, "/healthz": 200, "/metrics": 200}
        assert {path: status for path, (status, _seconds) in statuses.items()} == {
            **kept,
            **machines,
        }
        # Bounded, however busy this machine is: without a bound nothing would answer at all.
        assert max(seconds for _status, seconds in statuses.values()) < 20
        assert "groeipact_database_up 0.0" in figures
        assert 'groeipact_http_requests_total{route="register.signatories",status="5xx"}' in figures
        assert "De database antwoordt niet." in told.text
        wait_until(lambda: ask(portal, "/readyz")[0] == 200)
        assert ask(portal, "/toezeggingen")[0] == beheerder.get("/beheer/draaien").status == 200
        over = portal.mailbox.wait_for("bea@example.nl", "weer goed", seconds=60)
        assert "Database, van" in over.text
        # As when the server is started again: what the pool held is dead, and no reader sees it.
        own_server.end_connections("frozen")
        assert [ask(portal, "/toezeggingen")[0] for _number in range(6)] == [200] * 6
    finally:
        portal.close()


def looks(portal: ServedPortal) -> int:
    """Return how many seconds its web process has been seen at work since its beheerder came."""
    with portal.app.app_context():
        seen = db.session.scalar(select(func.max(Heartbeat.beat_at)))
        made = db.session.scalar(select(func.max(Account.created_at)))
        db.session.rollback()
    return int((seen - made).total_seconds()) if seen and made else 0
