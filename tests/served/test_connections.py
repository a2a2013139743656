"""Connections that ask nothing, or take nothing in, make room for others by themselves."""

from __future__ import annotations

import select
import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import psutil
import pytest

from portal.front.health import AT_ONCE
from tests.harness.databases import Database
from tests.harness.mailbox import MailServer, free_port
from tests.harness.served import ServedPortal

PLACES = 30
PATIENCE = 40
ROOT = Path(__file__).parents[2]
MB = 1024 * 1024
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
TOO_SLOW = b"HTTP/1.1 408 Request Timeout"
HEAD = "Host: 127.0.0.1\r\n"


@pytest.fixture(scope="module")
def strict(database: Database, worker: str, mail_server: MailServer) -> Iterator[ServedPortal]:
    """A portal of one process with few places, that waits for nobody."""
    patience = {"HEADER_SECONDS": "1", "READING_SECONDS": "2", "BODY_SECONDS": "1"}
    few = {"WEB_PROCESSES": "1", "MAX_CONNECTIONS": str(PLACES)}
    health = {"HEALTH_PORT": str(free_port())}
    portal = ServedPortal(database, f"strict_{worker}", mail_server, **few, **patience, **health)
    portal.start()
    yield portal
    portal.close()


def _connected(served: ServedPortal, sent: str, received: int = 0) -> socket.socket:
    client = socket.socket()
    client.settimeout(PATIENCE)
    if received:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, received)
    client.connect(("127.0.0.1", served.port))
    client.sendall(sent.encode())
    return client


def _is_ended(client: socket.socket) -> bool:
    """Wait until the other side has ended it; what it sent before is left where it is."""
    poll = select.poll()
    poll.register(client, select.POLLRDHUP)
    return bool(poll.poll(PATIENCE * 1000))


def _is_left(served: ServedPortal, client: socket.socket) -> bool:
    """Wait until the portal has let go of a client, which need not be told."""
    address = client.getsockname()
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        processes = psutil.Process(served.pid).children(recursive=True)
        held = [found.raddr for process in processes for found in process.net_connections()]
        if address not in [tuple(remote) for remote in held]:
            return True
        time.sleep(0.1)
    return False


def test_it_ends_what_is_silent_and_serves_whoever_comes_after(strict: ServedPortal) -> None:
    with ExitStack() as until_the_end:
        silent = [_connected(strict, "") for _ in range(PLACES)]
        halfway = [_connected(strict, f"GET / HTTP/1.1\r\n{HEAD}X-More: ") for _ in range(PLACES)]
        finished = _connected(strict, f"GET /robots.txt HTTP/1.1\r\n{HEAD}\r\n")
        for client in (*silent, *halfway, finished):
            until_the_end.enter_context(client)
        page = urllib.request.urlopen(strict.url + "/robots.txt", timeout=PATIENCE)
        assert until_the_end.enter_context(page).status == 200
        assert all(_is_ended(client) for client in (*silent, *halfway, finished))


def test_it_leaves_whoever_takes_nothing_in(strict: ServedPortal) -> None:
    # More answers than the system takes off the server's hands.
    [style] = (ROOT / "static/dist").glob("app.*.css")
    large = f"GET /static/dist/{style.name} HTTP/1.1\r\n{HEAD}\r\n"
    with _connected(strict, large * 400, 2048) as deaf:
        assert _is_left(strict, deaf)


def _answer(client: socket.socket) -> bytes:
    """Return what comes until the other side ends the connection."""
    with client, client.makefile("rb") as answer:
        return answer.read()


def test_it_ends_half_a_body_with_a_page(strict: ServedPortal) -> None:
    half = f"POST /inloggen HTTP/1.1\r\n{HEAD}{FORM}Content-Length: 1000\r\n\r\nemail=noor"
    clients = [_connected(strict, half) for _ in range(PLACES)]
    answers = [_answer(client) for client in clients]
    assert {answer.partition(b"\r\n")[0] for answer in answers} == {TOO_SLOW}
    assert all(b"Wij hebben niet alles ontvangen" in answer for answer in answers)


@pytest.mark.parametrize(("path", "status"), [("/nergens", 404), ("/", 405), ("/inloggen/", 404)])
def test_it_answers_at_once_where_no_route_takes_a_body(
    strict: ServedPortal, path: str, status: int
) -> None:
    sent = f"POST {path} HTTP/1.1\r\n{HEAD}{FORM}Content-Length: 20000000\r\n\r\nemail=noor"
    answer = _answer(_connected(strict, sent))
    assert answer.startswith(f"HTTP/1.1 {status} ".encode())


def test_it_has_a_page_for_a_file_that_is_far_too_large(strict: ServedPortal) -> None:
    size = 110 * MB
    kind = "Content-Type: multipart/form-data; boundary=x\r\n"
    begun = f"POST /organisaties/1/logo HTTP/1.1\r\n{HEAD}{kind}Content-Length: {size}\r\n"
    client = _connected(strict, begun + "Connection: close\r\n\r\n")
    for _ in range(size // MB):
        client.sendall(b"x" * MB)
    assert _answer(client).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    ("path", "status"), [("/healthz", 200), ("/readyz", 200), ("/", 404), ("/en/healthz", 404)]
)
def test_it_says_on_a_port_of_its_own_whether_it_is_well(
    strict: ServedPortal, path: str, status: int
) -> None:
    port = int(strict.environment["HEALTH_PORT"])
    with ExitStack() as until_the_end:
        # As many as are answered at once, less one, ask nothing.
        for _ in range(AT_ONCE - 1):
            silent = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
            until_the_end.enter_context(silent)
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request("GET", path, headers={"Host": "10.0.0.5"})
        assert connection.getresponse().status == status
        connection.close()
