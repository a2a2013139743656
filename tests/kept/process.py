"""A web process as far as reading goes: its front, its kept answers, its own watch."""

from __future__ import annotations

import asyncio
import contextvars
from collections import Counter
from collections.abc import Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote

from flask import Flask

from portal.core.db import db
from portal.front.asgi import Front
from portal.front.calm import CalmPages
from portal.front.gathering import Message
from portal.front.intake import intake_of
from portal.front.reading import Reading, reading_of
from portal.front.threads import Threads

Said = Sequence[tuple[str, str]]
Answer = TypeVar("Answer")


def run_apart(asked: Coroutine[Any, Any, Answer]) -> Answer:
    """Return what a coroutine tells; a browser of another test may have a loop in this thread."""
    context = contextvars.copy_context()
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(context.run, asyncio.run, asked).result()


class Got(NamedTuple):
    """An answer as its reader gets it."""

    status: int
    headers: dict[str, str]
    body: bytes


class Process:
    """Answers readers; `is_keeping` off: always anew."""

    def __init__(self, app: Flask, *, is_keeping: bool = True) -> None:
        settings = app.extensions["portal_settings"]
        threads, intake = Threads(app, 2), intake_of(app, settings)
        self.reading: Reading | None = (
            reading_of(app, settings, threads, intake) if is_keeping else None
        )
        # What this process alone counted.
        self.counted: Counter[str] = Counter()
        if self.reading is not None:
            self.reading.count = self._count
        self._front = Front(threads, CalmPages({}, {}), intake, reading=self.reading)

    def _count(self, outcome: str) -> None:
        self.counted[outcome] += 1

    @property
    def kept(self) -> int:
        """How many answers it keeps."""
        assert self.reading is not None
        assert self.reading.kept is not None
        return len(self.reading.kept)

    def get(self, path: str, *said: tuple[str, str], method: str = "GET") -> Got:
        """Return the answer to one request; `said` are more headers, in their order."""
        return run_apart(self._get(path, said, method))

    def together(self, paths: Sequence[str]) -> list[Got]:
        """Return the answers to requests that come at the same moment."""

        async def ask() -> list[Got]:
            return await asyncio.gather(*(self._get(path, (), "GET") for path in paths))

        return run_apart(ask())

    async def _get(self, address: str, said: Said, method: str) -> Got:
        path, _, query = address.partition("?")
        hosts = [] if any(name == "host" for name, _value in said) else [("host", "localhost")]
        scope: Message = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": quote(query, safe="=&%+?;/-").encode(),
            "http_version": "1.1",
            "headers": [(n.encode(), v.encode("latin1")) for n, v in [*hosts, *said]],
            "client": ("192.0.2.7", 1),
            "server": ("localhost", 80),
            "scheme": "http",
        }
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        async def receive() -> Message:
            return {"type": "http.disconnect"}

        await self._front(scope, receive, send)
        headers = {name.decode(): value.decode("latin1") for name, value in sent[0]["headers"]}
        return Got(sent[0]["status"], headers, b"".join(m["body"] for m in sent[1:]))

    def close(self) -> None:
        if self.reading is not None:
            self.reading.watch.close()


@contextmanager
def processes(app: Flask, count: int = 1) -> Iterator[list[Process]]:
    """Let so many web processes answer, all on the database of the app."""
    db.session.commit()
    made = [Process(app) for _number in range(count)]
    yield made
    for process in made:
        process.close()
