"""Flask in a few threads, each free again before its answer goes out to a slow client."""

from __future__ import annotations

import asyncio
import contextvars
import re
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any, BinaryIO

from werkzeug.wsgi import FileWrapper

from portal.front.answer import Answer, Environ
from portal.front.gathering import Message
from portal.front.leaving import leave
from portal.web.https import HEALTH

WsgiApp = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
BLOCK = 256 * 1024
PLAIN_NAMES = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}


# What no server can send as the value of a header.
UNSENDABLE = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")


class UnsendableHeader(ValueError):
    """A header of this name holds what no header can: a sign beyond Latin-1, or a control sign."""


class Threads:
    """Runs a WSGI app; a request that comes when all threads are busy waits for the first.

    Who asks whether the portal is well has threads beside them, and waits for no reader; whether
    it lives is said also while the question whether it can work waits for the database.
    """

    def __init__(self, app: WsgiApp, threads: int) -> None:
        self._app = app
        self.count = threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="web")
        self._beside = {path: ThreadPoolExecutor(1, thread_name_prefix="health") for path in HEALTH}

    async def ask(self, scope: Message, body: BinaryIO | None, length: int) -> Answer:
        """Return the answer to a request whose body is complete."""
        environ = environ_of(scope, body, length)
        return await self._run(self._call_and_leave, environ, scope["path"])

    async def ask_as(self, environ: Environ) -> Answer:
        """Return the answer to a request that was written out already, as Flask made it."""
        return await self._run(self._call, environ, "")

    async def _run(self, call: Callable[[Environ], Answer], environ: Environ, path: str) -> Answer:
        loop = asyncio.get_running_loop()
        # A context of its own: nothing of one request is seen by the next in this thread.
        run = contextvars.Context().run
        pool = self._beside.get(path, self._pool)
        return await loop.run_in_executor(pool, run, call, environ)

    def _call_and_leave(self, environ: Environ) -> Answer:
        return leave(environ, self._call(environ))

    async def blocks(self, file: Iterator[bytes]) -> AsyncIterator[bytes]:
        """Read a file block by block, each in a thread that then is free for others."""
        loop = asyncio.get_running_loop()
        while block := await loop.run_in_executor(self._pool, next, file, b""):
            yield block

    def _call(self, environ: Environ) -> Answer:
        started: list[tuple[int, list[tuple[str, str]]]] = []
        files: list[FileWrapper] = []

        def start_response(status: str, headers: list[tuple[str, str]], *_fault: object) -> None:
            started[:] = [(int(status.split()[0]), headers)]

        def wrap(file: BinaryIO, _size: int = 0) -> FileWrapper:
            files.append(FileWrapper(file, BLOCK))
            return files[-1]

        environ["wsgi.file_wrapper"] = wrap
        parts: Any = self._app(environ, start_response)
        if files and started and started[0][0] in (200, 206) and environ["REQUEST_METHOD"] == "GET":
            return _begun(started[0][0], started[0][1], parts)
        try:
            page = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        return Answer(started[0][0], _encoded(started[0][1]), page, None)


def _begun(status: int, headers: list[tuple[str, str]], parts: Any) -> Answer:
    """Return the answer with the first block read: a disk that gives nothing shows up in time."""
    try:
        return Answer(status, _encoded(headers), next(parts, b""), parts)
    except BaseException:
        parts.close()
        raise


def _encoded(headers: list[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode("latin1"), _sendable(name, value)) for name, value in headers]


def _sendable(name: str, value: str) -> bytes:
    # The error says the name alone, since it goes into the log: the value may be personal.
    try:
        sent = value.encode("latin1")
    except UnicodeEncodeError:
        raise UnsendableHeader(name) from None
    if UNSENDABLE.search(sent):
        raise UnsendableHeader(name)
    return sent


def environ_of(scope: Message, body: BinaryIO | None, length: int) -> Environ:
    """Return the request as a WSGI environ; `length` is that of its complete body in bytes."""
    host, port = scope.get("server") or ("localhost", 80)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin1"),
        "QUERY_STRING": scope["query_string"].decode("latin1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 80),
        "REMOTE_ADDR": (scope.get("client") or ("", 0))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body or BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    _add_headers(environ, scope["headers"])
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    environ.pop("CONTENT_LENGTH", None)
    if body is not None:
        environ["CONTENT_LENGTH"] = str(length)
    return environ


def _add_headers(environ: Environ, headers: Iterable[tuple[bytes, bytes]]) -> None:
    for raw, value in headers:
        name = raw.lower()
        # X_Forwarded_For would get the same name as the X-Forwarded-For of a trusted proxy.
        if b"_" in name:
            continue
        key = PLAIN_NAMES.get(name) or "HTTP_" + name.decode("latin1").upper().replace("-", "_")
        text = value.decode("latin1")
        if key in environ:
            text = environ[key] + ("; " if key == "HTTP_COOKIE" else ",") + text
        environ[key] = text
