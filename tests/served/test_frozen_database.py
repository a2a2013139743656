"""PostgreSQL whose processes stand still, as on a disk or a host that hangs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

import psutil
import pytest

from tests.harness.databases import POSTGRES, RUN, Postgres, run_folder
from tests.harness.mailbox import MailServer
from tests.harness.portal import migrate
from tests.harness.served import ServedPortal


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


def test_it_says_so_in_time_and_recovers_by_itself(
    own_server: Postgres, mail_server: MailServer
) -> None:
    # One process: it is asked again on a connection that it has.
    environment = {"DATABASE_SECONDS": "2", "WEB_PROCESSES": "1"}
    portal = ServedPortal(own_server, "frozen", mail_server, **environment)
    portal.start()
    try:
        assert ask(portal, "/readyz")[0] == ask(portal, "/toezeggingen")[0] == 200
        with frozen(run_folder()):
            statuses = {
                path: ask(portal, path)
                for path in ("/toezeggingen", "/ondertekenaars", "/readyz", "/healthz")
            }
        told = {path: status for path, (status, _seconds) in statuses.items()}
        # What held a moment ago goes out for a while; what was never asked for cannot be made.
        kept = {"/toezeggingen": 200, "/ondertekenaars": 503}
        assert told == {**kept, "/readyz": 503, "/healthz": 200}
        # Bounded, however busy this machine is: without a bound nothing would answer at all.
        assert max(seconds for _status, seconds in statuses.values()) < 20
        until = time.monotonic() + 30
        while (found := ask(portal, "/readyz")[0]) != 200 and time.monotonic() < until:
            time.sleep(0.2)
        assert (found, ask(portal, "/toezeggingen")[0]) == (200, 200)
        # As when the server is started again: what the pool held is dead, and no reader sees it.
        own_server.end_connections("frozen")
        assert [ask(portal, "/toezeggingen")[0] for _number in range(6)] == [200] * 6
    finally:
        portal.close()
