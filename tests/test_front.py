"""The front: a body is complete before a thread is spent on it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from portal.front import DRAIN, IN_MEMORY, Front, Message

MOST = 2 * IN_MEMORY


class Server:
    """What an ASGI server hands over, and what came back."""

    def __init__(self, chunks: list[Any], method: str = "POST", **headers: str) -> None:
        self.scope: Message = {
            "type": "http",
            "method": method,
            "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()],
        }
        self._chunks = iter(chunks)
        self.sent: list[Message] = []

    async def receive(self) -> Message:
        chunk = next(self._chunks, None)
        if chunk is None:
            await asyncio.sleep(3600)
        if isinstance(chunk, Exception):
            return {"type": "http.disconnect"}
        last = isinstance(chunk, tuple)
        return {
            "type": "http.request",
            "body": chunk[0] if last else chunk,
            "more_body": not last,
        }

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    @property
    def status(self) -> int | None:
        return self.sent[0]["status"] if self.sent else None


class App:
    """An app that reads everything and remembers it."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.scopes: list[Message] = []

    async def __call__(
        self, scope: Message, receive: Callable[..., Any], send: Callable[..., Any]
    ) -> None:
        self.scopes.append(scope)
        self.bodies.append(b"".join([part async for part in _parts(receive)]))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})

    @property
    def lengths(self) -> list[str]:
        return [value.decode() for name, value in self.scopes[0]["headers"] if b"length" in name]


async def _parts(receive: Callable[..., Any]) -> AsyncIterator[bytes]:
    while True:
        message = await receive()
        yield message["body"]
        if not message["more_body"]:
            return


def _pass(server: Server, patience: float = 30.0) -> App:
    app = App()
    asyncio.run(Front(app, MOST, patience)(server.scope, server.receive, server.send))
    return app


@pytest.mark.parametrize(
    "chunks",
    [
        [(b"",)],
        [(b"naam=Noor",)],
        [b"naam=", b"", b"Noor", (b"",)],
        [b"x" * IN_MEMORY, (b"y" * IN_MEMORY,)],
        [*[b"z" * 1000] * 300, (b"",)],
    ],
    ids=["empty", "one", "pieces", "as large as it may be", "many"],
)
def test_it_hands_the_whole_body_over_with_its_length(chunks: list[Any]) -> None:
    whole = b"".join(chunk[0] if isinstance(chunk, tuple) else chunk for chunk in chunks)
    server = Server(chunks, content_type="text/plain")
    app = _pass(server)
    assert app.bodies == [whole]
    assert app.lengths == [str(len(whole))]
    assert server.status == 200


def test_it_says_how_long_a_body_is_whatever_the_client_claims() -> None:
    app = _pass(Server([(b"vijf!",)], content_length="5000000", transfer_encoding="chunked"))
    assert app.lengths == ["5"]
    assert b"transfer-encoding" not in dict(app.scopes[0]["headers"])


def test_it_lets_the_app_say_that_a_body_is_too_large_and_keeps_none_of_it() -> None:
    chunks = [b"x" * IN_MEMORY, b"x" * IN_MEMORY, (b"x",)]
    app = _pass(Server(chunks))
    assert app.lengths == [str(MOST + 1)]
    assert app.bodies == [b""]


def test_it_keeps_both_ends_of_a_form_with_a_file_that_is_too_large() -> None:
    fields, more_fields = b"--grens: wat er staat", b"wat erna komt --grens--"
    chunks = [fields, *[b"x" * IN_MEMORY] * 3, (more_fields,)]
    app = _pass(Server(chunks, content_type="multipart/form-data; boundary=grens"))
    assert app.lengths == [str(MOST)]
    assert len(app.bodies[0]) == MOST
    assert app.bodies[0].startswith(fields + b"xxx")
    assert app.bodies[0].endswith(b"xxx" + more_fields)


def test_it_stops_reading_what_is_larger_than_anybody_needs() -> None:
    server = Server([b"x" * IN_MEMORY] * (2 * DRAIN + 2))
    app = _pass(server)
    assert app.bodies == []
    assert server.status == 413


def test_it_gives_up_on_a_body_that_never_comes() -> None:
    server = Server([b"naam="])
    app = _pass(server, patience=0.05)
    assert app.bodies == []
    assert server.status == 408


def test_it_asks_nothing_of_the_app_when_the_client_leaves() -> None:
    app = _pass(Server([b"naam=", ConnectionError()]))
    assert app.bodies == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_it_waits_for_no_body_where_none_is_read(method: str) -> None:
    seen: list[str] = []

    async def app(scope: Message, receive: Any, send: Any) -> None:
        seen.append(scope["method"])

    server = Server([], method=method)
    asyncio.run(Front(app, MOST)(server.scope, server.receive, server.send))
    assert seen == [method]


def test_it_keeps_its_own_answers_as_safe_as_the_others() -> None:
    server = Server([b"naam="])
    _pass(server, patience=0.05)
    headers = {name.decode(): value.decode() for name, value in server.sent[0]["headers"]}
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["cache-control"] == "no-store"
