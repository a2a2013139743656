"""The ASGI front: gathers a body before a thread is spent on it, so nobody can hold us up."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, MutableMapping
from tempfile import SpooledTemporaryFile
from typing import Any

from a2wsgi import WSGIMiddleware

from portal import create_app
from portal.config import Settings
from portal.web.headers import FIXED

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

IN_MEMORY = 1024 * 1024
CHUNK = 64 * 1024
PATIENCE_SECONDS = 120.0
# What is too large is still read, up to this many times the limit, so that the client gets to see
# the page that says so instead of a broken connection.
DRAIN = 4
# Of what is too large the end is kept as well: the fields that come after a file.
TAIL = 64 * 1024
# The headers of an answer that Flask never saw.
LAST_WORDS = [
    (name.lower().encode(), value.encode())
    for name, value in {
        **FIXED,
        "Content-Type": "text/plain; charset=utf-8",
        "Cache-Control": "no-store",
        "Connection": "close",
    }.items()
]


class ClientLeft(Exception):
    """The client went away before its request was complete."""


class NoEnd(Exception):
    """The client sends more than anybody needs."""


class Gathered:
    """A request body on its way in: in memory while small, on disk when larger.

    Of one that is too large the app gets nothing but its length, so it answers 413. With `is_form`
    it gets the body without its middle: that can only be the middle of a file, since the app takes
    far less text. What is left of that file is too large still, so the page says so with all that
    was typed.
    """

    def __init__(self, most: int, *, is_form: bool = False) -> None:
        self.most = most
        self.size = 0
        self.file: Any = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        self._keeps_ends = is_form
        self._tail = bytearray()

    async def take(self, receive: Receive) -> None:
        """Read the whole body; what passes the limit is counted and dropped."""
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientLeft
            chunk = message.get("body", b"")
            room = max(self.most - self.size, 0)
            self.size += len(chunk)
            if self.size > self.most * DRAIN:
                raise NoEnd
            self.file.write(chunk[:room])
            self._tail += chunk[-TAIL:]
            del self._tail[:-TAIL]
            if not message.get("more_body", False):
                self._close()
                return

    def _close(self) -> None:
        if self.size > self.most and self._keeps_ends:
            self.file.seek(self.most - len(self._tail))
            self.file.write(self._tail)
            self.size = self.most
        self.file.seek(0)

    async def receive(self) -> Message:
        """Hand the body on, a piece at a time."""
        chunk = self.file.read(CHUNK) if self.size <= self.most else b""
        return {"type": "http.request", "body": chunk, "more_body": len(chunk) == CHUNK}


class Front:
    """The app as servers see it: bodies are complete before Flask and its thread begin."""

    def __init__(self, wsgi: Any, most: int, patience: float = PATIENCE_SECONDS) -> None:
        self._wsgi = wsgi
        self._most = most
        self._patience = patience

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._wsgi(scope, receive, send)
            return
        body = Gathered(self._most, is_form=_is_form(scope))
        try:
            refusal = await self._gather(body, receive)
            if refusal is not None:
                await _give_up(send, refusal)
            else:
                await self._wsgi(_with_length(scope, body.size), body.receive, send)
        finally:
            body.file.close()

    async def _gather(self, body: Gathered, receive: Receive) -> int | None:
        """Read the body; return the status of the refusal when it does not come to an end."""
        try:
            await asyncio.wait_for(body.take(receive), self._patience)
        except (ClientLeft, TimeoutError):
            return 408
        except NoEnd:
            return 413
        return None


def _is_form(scope: Message) -> bool:
    return any(
        name.lower() == b"content-type" and value.lower().startswith(b"multipart/form-data")
        for name, value in scope["headers"]
    )


def _with_length(scope: Message, size: int) -> Message:
    """Say how long the body turned out to be, whatever the client claimed."""
    kept = [
        (name, value)
        for name, value in scope["headers"]
        if name.lower() not in (b"content-length", b"transfer-encoding")
    ]
    return {**scope, "headers": [*kept, (b"content-length", str(size).encode())]}


async def _give_up(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": LAST_WORDS})
    await send({"type": "http.response.body", "body": f"{status}\n".encode()})


def make_front() -> Front:
    """Return the app for an ASGI server; its garbage collector leaves the start-up's objects be."""
    flask = create_app()
    settings: Settings = flask.extensions["portal_settings"]
    # The two libraries type WSGI and ASGI each in their own way: Any is where they meet.
    wsgi: Any = flask
    threads = WSGIMiddleware(wsgi, workers=settings.web_threads)
    front = Front(threads, settings.max_body_bytes)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    return front
