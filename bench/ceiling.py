"""The least that a server of the portal's interface does: sends bytes that it has, or says 304.

Served by the same server in the same way, it shows what the portal's own code could gain at most.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

PAGES = Path(os.environ.get("BENCH_PAGES", "."))
TYPE = (b"content-type", b"text/html; charset=utf-8")
TAG = (b"etag", b'"ceiling"')
UNCHANGED = {"type": "http.response.start", "status": 304, "headers": [TAG]}
NOTHING = {"type": "http.response.body", "body": b""}

Messages = tuple[dict[str, Any], dict[str, Any]]


def _answer(name: str, *headers: tuple[bytes, bytes]) -> Messages:
    place = PAGES / name
    body = place.read_bytes() if place.exists() else b""
    head = [TYPE, TAG, (b"content-length", str(len(body)).encode()), *headers]
    start = {"type": "http.response.start", "status": 200, "headers": head}
    return start, {"type": "http.response.body", "body": body}


PLAIN = _answer("plain")
PACKED = _answer("packed", (b"content-encoding", b"br"))


async def application(
    scope: dict[str, Any], _receive: object, send: Callable[[dict[str, Any]], Awaitable[None]]
) -> None:
    """Answer any request with the one page."""
    said = dict(scope["headers"])
    if b"if-none-match" in said:
        start, body = UNCHANGED, NOTHING
    else:
        start, body = PACKED if said.get(b"accept-encoding") == b"br" else PLAIN
    await send(start)
    await send(body)
