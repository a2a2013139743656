"""What the front takes in of bodies: by route, in all, for one client, and how slow they may be."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from flask import Flask

from portal.front import Front
from portal.front.gathering import IN_MEMORY, Message, Pace
from portal.front.intake import AROUND_TEXT, Intake, intake_of
from portal.front.room import Room
from portal.front.threads import Threads
from tests.harness.log_fixtures import LogLines
from tests.test_front import MOST, PAGES, App, Server, run

KB = 1024


def _front(app: App, **bounds: Any) -> Front:
    given = {
        "most_of": lambda _scope: MOST,
        "room": Room(whole=10 * MOST, each=10 * MOST, drains=1),
        "pace": Pace(30, 1),
        **bounds,
    }
    return Front(Threads(app, 1), PAGES, Intake(**given))


class Waiting(Server):
    """A client that has sent a part, and sends the rest when it is told."""

    def __init__(self, part: bytes, address: str) -> None:
        super().__init__([part, (b"rest",)])
        self.scope["client"] = (address, 1234)
        self.goes_on = asyncio.Event()
        self._asked = 0

    async def receive(self) -> Message:
        self._asked += 1
        if self._asked == 2:
            await self.goes_on.wait()
        return await super().receive()


class TestRoutes:
    @pytest.fixture
    def intake(self, app: Flask) -> Intake:
        return intake_of(app, app.extensions["portal_settings"])

    @pytest.mark.parametrize(
        ("method", "path", "takes"),
        [
            ("POST", "/inloggen", "text"),
            ("POST", "/en/inloggen", "text"),
            ("POST", "/reacties/1", "text"),
            ("POST", "/organisaties/1/logo", "file"),
            ("POST", "/en/organisaties/1/logo", "file"),
            ("POST", "/", "nothing"),
            ("POST", "/nergens", "nothing"),
            ("POST", "/inloggen/", "nothing"),
            ("PUT", "/inloggen", "nothing"),
            ("DELETE", "/reacties/1", "nothing"),
        ],
    )
    def test_it_takes_what_the_form_of_the_route_holds(
        self, app: Flask, intake: Intake, method: str, path: str, takes: str
    ) -> None:
        sizes = {
            "nothing": 0,
            "text": app.config["MAX_FORM_MEMORY_SIZE"] + AROUND_TEXT,
            "file": app.config["MAX_CONTENT_LENGTH"],
        }
        assert intake.most_of({"method": method, "path": path}) == sizes[takes]

    def test_it_reads_nothing_where_no_route_takes_a_body(self) -> None:
        server, app = Server([b"x" * IN_MEMORY]), App()
        front = _front(app, most_of=lambda _scope: 0)
        run(front(server.scope, server.receive, server.send))
        assert (server.status, app.bodies, app.lengths) == (200, [b""], [None])


class TestRoom:
    def _come(self, front: Front, clients: list[Waiting]) -> None:
        """Let the clients begin one after the other, and then end together."""

        async def come() -> None:
            asked = []
            for client in clients:
                asked.append(asyncio.create_task(front(client.scope, client.receive, client.send)))
                while client._asked < 2 and client.status is None:
                    await asyncio.sleep(0)
            for client in clients:
                client.goes_on.set()
            await asyncio.gather(*asked)

        run(come())

    def test_it_refuses_what_is_more_than_it_holds_at_once(self, log_lines: LogLines) -> None:
        front = _front(App(), room=Room(whole=100 * KB, each=90 * KB, drains=1))
        clients = [Waiting(b"x" * 40 * KB, f"192.0.2.{number}") for number in range(3)]
        self._come(front, clients)
        assert [client.status for client in clients] == [200, 200, 503]
        refused = clients[-1]
        assert refused.header["retry-after"] == "30"
        number = refused.header["x-request-id"]
        assert refused.body.decode() == f"<p>503 in nl: {number}</p>"
        (line,) = log_lines()
        assert (line["event"], line["status"]) == ("request_finished", 503)
        assert line["request_id"] == number

    def test_it_lets_nobody_fill_it_alone(self) -> None:
        front = _front(App(), room=Room(whole=500 * KB, each=90 * KB, drains=1))
        one, more, other = (
            Waiting(b"x" * 50 * KB, address)
            for address in ("2001:db8::1", "2001:db8::2", "2001:db8:1::1")
        )
        self._come(front, [one, more, other])
        assert [client.status for client in (one, more, other)] == [200, 503, 200]

    @pytest.mark.parametrize(
        "sent",
        [
            [b"x" * 50 * KB, (b"",)],
            [b"x" * 50 * KB, ConnectionError()],
            [b"x" * 50 * KB, b"x" * 50 * KB],
            [*[b"x" * IN_MEMORY] * 3, (b"",)],
        ],
        ids=["whole", "left", "refused", "too large"],
    )
    def test_it_has_all_of_its_room_again_afterwards(self, sent: list[Any]) -> None:
        room = Room(whole=90 * KB, each=90 * KB, drains=1)
        front = _front(App(), room=room, most_of=lambda _scope: 95 * KB)
        server = Server(sent)
        run(front(server.scope, server.receive, server.send))
        assert (room.kept, room.drained, dict(room.of_client)) == (0, 0, {})

    def test_it_reads_few_that_are_too_large_to_their_end(self) -> None:
        front = _front(App(), most_of=lambda _scope: 10 * KB)
        clients = [Waiting(b"x" * 20 * KB, "192.0.2.1") for _ in range(2)]
        self._come(front, clients)
        assert [client.status for client in clients] == [200, 413]


class TestClient:
    @pytest.mark.parametrize(
        ("hops", "client"), [(0, "198.51.100.9"), (1, "203.0.113.9"), (2, "192.0.2.66")]
    )
    def test_it_believes_as_many_proxies_as_it_was_told(self, hops: int, client: str) -> None:
        intake = Intake(lambda _scope: MOST, Room(1, 1, 1), Pace(1, 1), hops)
        said = [(b"x-forwarded-for", b"192.0.2.66"), (b"x-forwarded-for", b"203.0.113.9")]
        scope: Message = {"client": ("198.51.100.9", 1), "headers": said}
        assert intake.client_of(scope) == client

    def test_it_counts_the_connection_when_the_proxies_say_less(self) -> None:
        intake = Intake(lambda _scope: MOST, Room(1, 1, 1), Pace(1, 1), 2)
        scope: Message = {
            "client": ("198.51.100.9", 1),
            "headers": [(b"x-forwarded-for", b"203.0.113.9")],
        }
        assert intake.client_of(scope) == "198.51.100.9"


class Trickle(Server):
    """A client that sends a piece every tenth of a second."""

    async def receive(self) -> Message:
        await asyncio.sleep(0.1)
        return await super().receive()


class TestPace:
    def test_it_ends_what_comes_too_slowly(self) -> None:
        server, app = Trickle([*[b"x"] * 50, (b"",)]), App()
        front = _front(app, pace=Pace(0.2, 1000))
        run(front(server.scope, server.receive, server.send))
        assert (server.status, app.bodies) == (408, [])

    def test_it_waits_for_what_goes_on_coming_however_long_that_takes(self) -> None:
        server, app = Trickle([*[b"x" * 1000] * 30, (b"",)]), App()
        front = _front(app, pace=Pace(2.5, 1000))
        run(front(server.scope, server.receive, server.send))
        assert (server.status, len(app.bodies[0])) == (200, 30_000)
