"""The socket on which this web process takes connections: what it says of each that it takes."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

OWN_FILES = Path("/proc/self/fd")
LOOK_SECONDS = 60.0


def end_stuck_answers(port: int, seconds: int) -> None:
    """Let the system end a connection whose client takes in nothing for so long.

    The server sees no end to an answer that is not taken in, and a connection has the option of its
    listener. That one is opened after this is called, so a thread waits for it.
    """
    if hasattr(socket, "TCP_USER_TIMEOUT") and OWN_FILES.is_dir():
        threading.Thread(target=_set_patience, args=(port, seconds), daemon=True).start()


def _set_patience(port: int, seconds: int) -> None:
    until = time.monotonic() + LOOK_SECONDS
    while not _set_on_all(port, seconds) and time.monotonic() < until:
        time.sleep(0.05)
    # Who came before the listener had it got it not from there.
    _set_on_all(port, seconds)


def _set_on_all(port: int, seconds: int) -> bool:
    """Set the option on the listener and on what it took already; False without a listener."""
    is_there = False
    for found in _sockets(port):
        with found:
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, seconds * 1000)
            is_there |= bool(found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
    return is_there


def _sockets(port: int) -> Iterator[socket.socket]:
    """Yield what this process has on this port of its own, as sockets that are to be closed."""
    for link in OWN_FILES.iterdir():
        with suppress(OSError):
            if not str(link.readlink()).startswith("socket:"):
                continue
            found = socket.socket(fileno=os.dup(int(link.name)))
            is_tcp = found.family in (socket.AF_INET, socket.AF_INET6)
            if is_tcp and found.getsockname()[1] == port:
                yield found
            else:
                found.close()
