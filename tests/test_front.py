"""The front: a body is complete before a thread is spent on it, and no answer holds one up."""

from __future__ import annotations

import asyncio
import errno
import threading
from collections.abc import Callable, Coroutine, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.utils import send_file

from portal.front import Front, gathering
from portal.front.calm import NO_ID_YET, STATUSES, CalmPages
from portal.front.gathering import IN_MEMORY, Message, Pace
from portal.front.intake import Intake
from portal.front.room import Room
from portal.front.threads import BLOCK, Threads, environ_of
from portal.web.headers import fixed_headers
from tests.harness.log_fixtures import LogLines

MOST = 2 * IN_MEMORY
PAGES = CalmPages(
    {
        (status, locale): f"<p>{status} in {locale}: {NO_ID_YET}</p>"
        for status in STATUSES
        for locale in ("nl", "en")
    },
    fixed_headers(is_https=True),
)


def run(asked: Coroutine[Any, Any, Any]) -> Any:
    """Run to the end in a thread of its own: a browser's loop may be running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asked).result()


class Server:
    """What an ASGI server hands over, and what came back."""

    def __init__(self, chunks: list[Any], method: str = "POST", **headers: str) -> None:
        self.scope: Message = {
            "type": "http",
            "method": method,
            "path": "/formulier",
            "query_string": b"",
            "http_version": "1.1",
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

    @property
    def body(self) -> bytes:
        return b"".join(message["body"] for message in self.sent[1:])

    @property
    def header(self) -> dict[str, str]:
        return {name.decode(): value.decode() for name, value in self.sent[0]["headers"]}


class App:
    """A WSGI app that reads everything and remembers it."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.environs: list[dict[str, Any]] = []

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        self.environs.append(environ)
        self.bodies.append(environ["wsgi.input"].read())
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"o", b"k"]

    @property
    def lengths(self) -> list[str | None]:
        return [environ.get("CONTENT_LENGTH") for environ in self.environs]


def _intake(pace: Pace = Pace(30, 1)) -> Intake:  # noqa: B008
    room = Room(whole=10 * MOST, each=10 * MOST, drains=1)
    return Intake(lambda _scope: MOST, room, pace)


def _pass(server: Server, patience: float = 30.0) -> App:
    app = App()
    front = Front(Threads(app, 1), PAGES, _intake(pace=Pace(patience, 1)))
    run(front(server.scope, server.receive, server.send))
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
    assert (server.status, server.body) == (200, b"ok")


def test_it_says_how_long_a_body_is_whatever_the_client_claims() -> None:
    app = _pass(Server([(b"vijf!",)], content_length="5000000", transfer_encoding="chunked"))
    assert app.lengths == ["5"]
    assert "HTTP_TRANSFER_ENCODING" not in app.environs[0]


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


def test_it_stops_reading_what_is_larger_than_anybody_needs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gathering, "DRAIN", 4 * MOST)
    server = Server([b"x" * IN_MEMORY] * 10)
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
    app = _pass(Server([], method=method, content_length="1000"))
    assert app.bodies == [b""]
    assert app.lengths == [None]


def test_it_answers_readers_while_files_are_looked_at() -> None:
    looking, most = threading.Event(), []

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            most.append(1)
            looking.wait(30)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"ok"]

    async def ask() -> None:
        front = Front(Threads(app, 4), PAGES, _intake())
        kind = "multipart/form-data; boundary=x"
        senders = [Server([(b"--x--",)], content_type=kind) for _ in range(6)]
        sent = [asyncio.create_task(front(s.scope, s.receive, s.send)) for s in senders]
        reader = Server([], "GET")
        while len(most) < 2:
            await asyncio.sleep(0)
        await front(reader.scope, reader.receive, reader.send)
        assert (reader.status, len(most)) == (200, 2)
        looking.set()
        await asyncio.gather(*sent)
        assert [sender.status for sender in senders] == [200] * 6

    run(ask())


class TestRefusal:
    def test_it_is_a_page_as_safe_as_the_others(self) -> None:
        server = Server([b"naam="])
        _pass(server, patience=0.05)
        number = server.header["x-request-id"]
        assert server.body.decode() == f"<p>408 in nl: {number}</p>"
        assert len(number) == 16
        assert server.header["x-content-type-options"] == "nosniff"
        assert server.header["content-security-policy"].startswith("default-src 'none'")
        assert "max-age" in server.header["strict-transport-security"]
        assert server.header["cache-control"] == "no-store"
        assert server.header["content-type"] == "text/html; charset=utf-8"
        assert server.header["content-length"] == str(len(server.body))
        assert server.header["connection"] == "close"


def _answers(*headers: tuple[str, str]) -> Callable[..., Any]:
    def app(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [*headers])
        return [b"ok"]

    return app


def _halfway(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", [])
    yield from _broken_off()


def _raises(error: Exception) -> Callable[..., Any]:
    def app(_environ: dict[str, Any], _start_response: Callable[..., Any]) -> Iterable[bytes]:
        raise error

    return app


def _broken_off() -> Iterator[bytes]:
    yield b"begin"
    raise ZeroDivisionError


class TestFault:
    """Whatever goes wrong outside Flask: a calm page, whose id stands in the log."""

    def _ask(self, app: Callable[..., Any], path: str = "/", method: str = "GET") -> Server:
        server = Server([(b"",)], method=method)
        server.scope["path"] = path
        front = Front(Threads(app, 1), PAGES, _intake())
        run(front(server.scope, server.receive, server.send))
        return server

    @pytest.mark.parametrize("method", ["GET", "POST"])
    @pytest.mark.parametrize(
        ("app", "kind"),
        [
            (_answers(("X-Naam", "plan \u2013 versie 1")), "UnsendableHeader"),
            (_answers(("X-Naam", "plan \u20ac")), "UnsendableHeader"),
            (_answers(("X-Naam", "een\r\nSet-Cookie: a=b")), "UnsendableHeader"),
            (_answers(("X-Naam", "\x00")), "UnsendableHeader"),
            (_answers(("X-Náám\u2013", "x")), "UnicodeEncodeError"),
            (_halfway, "ZeroDivisionError"),
            (_raises(ZeroDivisionError("1/0")), "ZeroDivisionError"),
            (lambda _environ, _start: [b"never started"], "IndexError"),
        ],
        ids=["dash", "euro", "second line", "nul", "name", "halfway", "app", "no start"],
    )
    def test_it_is_a_calm_page(
        self, log_lines: LogLines, app: Callable[..., Any], kind: str, method: str
    ) -> None:
        server = self._ask(app, method=method)
        assert server.status == 500
        number = server.header["x-request-id"]
        assert server.body.decode() == f"<p>500 in nl: {number}</p>"
        assert server.header["content-security-policy"].startswith("default-src 'none'")
        assert server.header["cache-control"] == "no-store"
        (line,) = log_lines()
        assert (line["event"], line["kind"]) == ("front_failed", kind)
        assert line["request_id"] == number
        assert kind in line["traceback"]
        assert "versie 1" not in str(line), "what somebody typed"

    @pytest.mark.parametrize(
        ("path", "locale"), [("/en", "en"), ("/en/nieuws", "en"), ("/energie", "nl")]
    )
    def test_it_speaks_the_language_of_the_address(self, path: str, locale: str) -> None:
        server = self._ask(_raises(ZeroDivisionError()), path)
        assert f"500 in {locale}" in server.body.decode()

    def test_it_has_no_body_where_none_is_wanted(self) -> None:
        server = self._ask(_raises(ZeroDivisionError()), method="HEAD")
        assert (server.status, server.body) == (500, b"")
        assert int(server.header["content-length"]) > 0

    def test_it_says_that_nothing_can_be_kept_when_the_disk_is_full(self) -> None:
        server = self._ask(_raises(OSError(errno.ENOSPC, "vol")), method="POST")
        assert server.status == 507

    def test_it_replaces_an_answer_that_the_server_refuses(self) -> None:
        server = Server([])
        server.scope["method"] = "GET"
        refused = []

        async def send(message: Message) -> None:
            if not refused:
                refused.append(message)
                raise RuntimeError("unsupported")
            server.sent.append(message)

        front = Front(Threads(_answers(), 1), PAGES, _intake())
        run(front(server.scope, server.receive, send))
        assert server.status == 500
        assert b"500 in nl" in server.body


class TestEnviron:
    def _environ(self, *headers: tuple[bytes, bytes], **scope: Any) -> dict[str, Any]:
        told = {**Server([]).scope, "headers": headers, **scope}
        return environ_of(told, None, 0)

    def test_it_tells_an_app_what_was_asked(self) -> None:
        environ = self._environ(
            (b"host", b"groeipact.example"),
            (b"x-forwarded-for", b"192.0.2.1"),
            path="/caf\u00e9/een plan",
            query_string=b"q=caf%C3%A9&x=\xff",
            server=("127.0.0.1", 8000),
            client=("192.0.2.7", 1234),
            scheme="https",
        )
        wanted = EnvironBuilder(
            "/caf\u00e9/een plan", base_url="https://groeipact.example"
        ).get_environ()
        for name in ("PATH_INFO", "HTTP_HOST", "wsgi.url_scheme", "SCRIPT_NAME"):
            assert environ[name] == wanted[name], name
        assert environ["QUERY_STRING"] == "q=caf%C3%A9&x=\xff"
        assert (environ["REMOTE_ADDR"], environ["SERVER_PORT"]) == ("192.0.2.7", "8000")
        assert environ["HTTP_X_FORWARDED_FOR"] == "192.0.2.1"

    def test_it_joins_what_is_said_twice(self) -> None:
        environ = self._environ(
            (b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"accept", b"x/y"), (b"accept", b"z/*")
        )
        assert (environ["HTTP_COOKIE"], environ["HTTP_ACCEPT"]) == ("a=1; b=2", "x/y,z/*")

    def test_it_lets_nobody_speak_for_a_proxy_under_another_spelling(self) -> None:
        environ = self._environ((b"x_forwarded_for", b"192.0.2.66"), (b"X_Forwarded-Host", b"evil"))
        assert not [name for name in environ if "FORWARDED" in name]


class TestFiles:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        path = tmp_path / "plan.pdf"
        path.write_bytes(bytes(range(256)) * 4096 + b"einde")
        return path

    def _front(self, file: Path) -> Front:
        def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            if environ["PATH_INFO"] == "/snel":
                start_response("200 OK", [])
                return [b"snel"]
            return send_file(file, environ, conditional=True)(environ, start_response)

        return Front(Threads(app, 1), PAGES, _intake(), patience=0.2)

    def _ask(self, file: Path, server: Server) -> None:
        front = self._front(file)
        run(front(server.scope, server.receive, server.send))

    def test_it_sends_a_file_in_blocks(self, file: Path) -> None:
        server = Server([], method="GET")
        self._ask(file, server)
        assert server.status == 200
        assert server.body == file.read_bytes()
        assert max(len(message["body"]) for message in server.sent[1:]) <= BLOCK
        assert [message["more_body"] for message in server.sent[1:-1]] == [True] * 5
        assert not server.sent[-1].get("more_body", False)

    def _ask_for(self, parts: Iterator[bytes]) -> Server:
        """Ask for a file that is read from `parts`."""

        class File:
            def read(self, _size: int) -> bytes:
                return next(parts, b"")

            def close(self) -> None:
                pass

        def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
            start_response("200 OK", [("Content-Length", "9"), ("X-Request-Id", "abc")])
            return environ["wsgi.file_wrapper"](File())

        server = Server([], method="GET")
        front = Front(Threads(app, 1), PAGES, _intake())
        run(front(server.scope, server.receive, server.send))
        return server

    def test_it_gives_the_calm_page_when_the_disk_gives_nothing(self) -> None:
        def nothing() -> Iterator[bytes]:
            raise OSError(errno.EIO, "stuk")
            yield b""

        server = self._ask_for(nothing())
        assert server.status == 500
        assert b"500 in nl" in server.body

    def test_it_ends_short_when_the_disk_stops_halfway(self, log_lines: LogLines) -> None:
        server = self._ask_for(_broken_off())
        assert (server.status, server.body) == (200, b"begin")
        assert all(message["more_body"] for message in server.sent[1:]), "it never says: the end"
        (line,) = log_lines()
        assert (line["event"], line["request_id"]) == ("file_broken_off", "abc")

    def test_it_sends_a_part_of_a_file(self, file: Path) -> None:
        server = Server([], method="GET", range="bytes=1048570-1048580")
        self._ask(file, server)
        assert server.status == 206
        assert server.body == file.read_bytes()[1048570:]

    def test_it_sends_no_file_where_none_is_wanted(self, file: Path) -> None:
        server = Server([], method="HEAD")
        self._ask(file, server)
        assert (server.status, server.body) == (200, b"")
        headers = dict(server.sent[0]["headers"])
        assert headers[b"content-length"] == str(file.stat().st_size).encode()

    def test_it_answers_others_while_nobody_reads_the_file(self, file: Path) -> None:
        async def ask() -> None:
            slow, quick = Server([], method="GET"), Server([], method="GET")
            quick.scope["path"] = "/snel"
            stuck = asyncio.Event()
            reading = asyncio.Event()

            async def send(message: Message) -> None:
                if message.get("body"):
                    stuck.set()
                    await reading.wait()
                slow.sent.append(message)

            front = self._front(file)
            download = asyncio.create_task(front(slow.scope, slow.receive, send))
            await stuck.wait()
            await front(quick.scope, quick.receive, quick.send)
            assert quick.body == b"snel"
            reading.set()
            await download
            assert slow.body == file.read_bytes()

        run(ask())

    def test_it_gives_up_on_who_never_reads(self, file: Path) -> None:
        async def ask() -> Server:
            server = Server([], method="GET")

            async def send(message: Message) -> None:
                server.sent.append(message)
                if message.get("body"):
                    await asyncio.sleep(3600)

            await self._front(file)(server.scope, server.receive, send)
            return server

        server = run(ask())
        assert len(server.body) == BLOCK


class TestHealth:
    """Whoever asks whether the portal is well waits for no reader."""

    def test_it_is_answered_while_every_thread_is_busy(self) -> None:
        begun, release = threading.Event(), threading.Event()

        def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            if environ["PATH_INFO"] == "/":
                begun.set()
                release.wait(30)
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [b"ok"]

        async def ask() -> None:
            front = Front(Threads(app, 1), PAGES, _intake())
            reader, prober = Server([], "GET"), Server([], "GET")
            reader.scope["path"], prober.scope["path"] = "/", "/readyz"
            reading = asyncio.create_task(front(reader.scope, reader.receive, reader.send))
            while not begun.is_set():
                await asyncio.sleep(0)
            await asyncio.wait_for(front(prober.scope, prober.receive, prober.send), 20)
            assert (prober.status, reader.status) == (200, None)
            release.set()
            await reading

        run(ask())
