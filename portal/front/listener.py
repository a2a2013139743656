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


def end_stuck_answers(seconds: int) -> None:
    """Let the system end a connection whose client takes in nothing for so long.

    The server sees no end to an answer that is not taken in, and a connection has the option of its
    listener. That one is opened after this is called, so a thread waits for it.
    """
    if hasattr(socket, "TCP_USER_TIMEOUT") and OWN_FILES.is_dir():
        threading.Thread(target=_set_patience, args=(seconds,), daemon=True).start()


def _set_patience(seconds: int) -> None:
    until = time.monotonic() + LOOK_SECONDS
    while not (found := list(_listeners())) and time.monotonic() < until:
        time.sleep(0.05)
    for listener in found:
        with listener:
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, seconds * 1000)


def _listeners() -> Iterator[socket.socket]:
    """Yield every TCP listener of this process, as a socket of its own that is to be closed."""
    for link in OWN_FILES.iterdir():
        with suppress(OSError):
            if not str(link.readlink()).startswith("socket:"):
                continue
            found = socket.socket(fileno=os.dup(int(link.name)))
            is_tcp = found.family in (socket.AF_INET, socket.AF_INET6)
            if is_tcp and found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                yield found
            else:
                found.close()
