"""Connections that ask nothing, or take nothing in, make room for others by themselves."""

from __future__ import annotations

import select
import socket
import time
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import psutil

from tests.harness.served import ServedPortal

Serve = Callable[..., ServedPortal]
PLACES = 30
PATIENCE = 40
ROOT = Path(__file__).parents[2]
HEAD = "Host: 127.0.0.1\r\n"


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


def test_it_ends_what_is_silent_and_serves_whoever_comes_after(serve: Serve) -> None:
    served = serve(
        WEB_PROCESSES="1", MAX_CONNECTIONS=str(PLACES), HEADER_SECONDS="1", READING_SECONDS="2"
    )
    with ExitStack() as until_the_end:
        silent = [_connected(served, "") for _ in range(PLACES)]
        halfway = [_connected(served, f"GET / HTTP/1.1\r\n{HEAD}X-More: ") for _ in range(PLACES)]
        finished = _connected(served, f"GET /robots.txt HTTP/1.1\r\n{HEAD}\r\n")
        # More answers than the system takes off the server's hands.
        [style] = (ROOT / "static/dist").glob("app.*.css")
        large = f"GET /static/dist/{style.name} HTTP/1.1\r\n{HEAD}\r\n"
        deaf = _connected(served, large * 400, 2048)
        for client in (*silent, *halfway, finished, deaf):
            until_the_end.enter_context(client)

        page = urllib.request.urlopen(served.url + "/robots.txt", timeout=PATIENCE)
        assert until_the_end.enter_context(page).status == 200
        assert all(_is_ended(client) for client in (*silent, *halfway, finished))
        assert _is_left(served, deaf)
