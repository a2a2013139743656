"""A kept answer is what every visitor would get now; whatever is not that reaches Flask."""

from __future__ import annotations

import contextvars
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from portal.comments import actions as comments
from portal.core.db import connection, write_section
from portal.kept.models import PublicMark
from portal.kept.triggers import unwatch, watch
from portal.kept.watching import Away
from tests import factories as make
from tests.harness.portal import count_queries, session_cookie
from tests.kept.process import Process, processes
from tests.test_policy import Who

BR = ("accept-encoding", "gzip, deflate, br")


@pytest.fixture
def process(app: Flask) -> Iterator[Process]:
    """A web process that keeps, with nothing kept yet."""
    with processes(app) as (made,):
        yield made


def test_it_answers_the_second_reader_without_a_page_being_made(
    process: Process, app: Flask
) -> None:
    path = f"/toezeggingen/{make.make_commitment().slug}"
    first = process.get(path)
    with count_queries() as statements:
        second, head = process.get(path), process.get(path, method="HEAD")
    assert not statements
    assert first.body == second.body == Process(app, is_keeping=False).get(path).body
    assert (head.status, head.body) == (200, b"")
    assert head.headers == second.headers
    assert process.kept == 1


def test_it_shows_nothing_that_was_hidden_a_moment_ago(app: Flask) -> None:
    commitment = make.make_commitment()
    comment = make.make_comment(commitment.discussion, body="Dit verdwijnt straks.")
    address = f"/toezeggingen/{commitment.slug}"
    moderator = Who(make.make_moderator().id, is_moderator=True)
    with processes(app, 2) as both:
        for process in (*both, *both):
            assert b"Dit verdwijnt straks" in process.get(address).body
        with write_section():
            comments.hide(comment, ground="other", reason="Daarom.", by=moderator)
        for process in both:
            assert b"Dit verdwijnt straks" not in process.get(address).body


def test_it_changes_at_midnight_without_anybody_writing(
    process: Process, set_clock: Callable[[datetime | None], None]
) -> None:
    # In Amsterdam the day begins an hour earlier than in UTC.
    set_clock(datetime(2027, 1, 30, 22, 59, 59, tzinfo=UTC))
    slug = make.make_commitment(term="voor 1 januari 2027", progress="loopt").slug
    path = f"/toezeggingen/{slug}"
    before = process.get(path).body
    assert b"verstreken" not in before
    set_clock(datetime(2027, 1, 30, 23, 0, 1, tzinfo=UTC))
    assert process.get(path).body != before
    assert process.kept == 1


class TestTag:
    def test_it_answers_304_to_the_reader_that_has_it(self, process: Process) -> None:
        plain, packed = process.get("/"), process.get("/", BR)
        assert plain.headers["etag"] != packed.headers["etag"]
        for wish, more in (
            (plain.headers["etag"], ()),
            (packed.headers["etag"], (BR,)),
            (f'"x", W/{packed.headers["etag"]}', (BR,)),
            ("*", ()),
        ):
            again = process.get("/", ("if-none-match", wish), *more)
            assert (again.status, again.body) == (304, b"")
            assert "content-type" not in again.headers
            assert again.headers["cache-control"] == "no-cache"
        for wish in (plain.headers["etag"], '"x"', ""):
            assert process.get("/", BR, ("if-none-match", wish)).status == 200


class TestWhatIsNotKept:
    @pytest.mark.parametrize(
        "path",
        [
            "/nergens",
            "/nieuws/nergens",
            "/inloggen",
            "/registreren",
            "/healthz",
            "/account",
            "/nieuws/",
            "/toezeggingen?q=water",
            "/toezeggingen?laag=verzonnen",
            "/toezeggingen?laag=data&laag=data",
            "/toezeggingen?na=x",
            "/toezeggingen?utm_source=x",
            "/?laag=data",
            "/?x",
            "//",
            "/en//",
            "//toezeggingen",
            "/sitemap/toezeggingen-000.xml",
            "/toezeggingen?laag=%ff",
            "/toezeggingen?" + "&".join(["soort=plan"] * 40),
        ],
    )
    def test_it_is_made_anew_as_flask_makes_it(
        self, process: Process, app: Flask, path: str
    ) -> None:
        fresh = Process(app, is_keeping=False)
        for _again in range(2):
            got, made = process.get(path), fresh.get(path)
            assert (got.status, got.headers.get("location")) == (
                made.status,
                made.headers.get("location"),
            )
        assert process.kept == 0

    def test_it_is_nothing_that_a_signed_in_reader_gets(self, process: Process, app: Flask) -> None:
        name, value = session_cookie(app, make.make_account(name="Noor van Dijk"))
        for said in (
            [("cookie", f"{name}={value}")],
            [("cookie", f"a=b; {name}={value}")],
            # Two headers of one name: a server that reads the last, and one that reads the first.
            [("cookie", f"{name}={value}"), ("cookie", "a=b")],
            [("cookie", "a=b"), ("cookie", f"{name}={value}")],
        ):
            mine = process.get("/", *said)
            assert b"Noor van Dijk" in mine.body
            assert mine.headers["cache-control"] == "no-store"
        assert process.kept == 0
        assert b"Noor van Dijk" not in process.get("/").body
        assert b"Noor van Dijk" in process.get("/", ("cookie", f"{name}={value}")).body

    @pytest.mark.parametrize("host", ["evil.example", "", "localhost.evil.example", "localhost, x"])
    def test_it_is_no_answer_to_another_host(self, process: Process, host: str) -> None:
        process.get("/")
        assert process.get("/", ("host", host)).status == 400
        assert process.kept == 1

    def test_it_is_nothing_that_a_header_wrote(self, process: Process, app: Flask) -> None:
        clean = Process(app, is_keeping=False).get("/")
        poisoned = process.get(
            "/",
            ("x-forwarded-host", "evil.example"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-prefix", "/evil"),
            ("accept-language", "en"),
            ("referer", "http://localhost/nieuws/evil"),
            ("user-agent", "evil"),
            ("range", "bytes=0-3"),
            ("accept-encoding", "br;q=0, x-evil, gzip;q=oops, *;q=0"),
            ("cookie", "thema=evil"),
        )
        assert poisoned.body == process.get("/").body == clean.body
        assert b"evil" not in poisoned.body
        assert "content-encoding" not in poisoned.headers

    def test_it_is_no_answer_to_a_form(self, process: Process) -> None:
        process.get("/")
        assert process.get("/", method="OPTIONS").status == 200
        assert process.get("/", method="OPTIONS").body == b""
        assert process.kept == 1


def test_it_is_one_answer_however_the_arguments_stand(process: Process) -> None:
    one = process.get("/toezeggingen?soort=plan&laag=data")
    other = process.get("/toezeggingen?laag=data&soort=plan")
    assert one.status == 200
    assert one.body == other.body
    assert process.kept == 1


def test_it_is_made_once_for_readers_who_come_together(process: Process) -> None:
    got = process.together(["/nieuws"] * 8)
    assert {answer.body for answer in got} == {got[0].body}
    assert process.counted["miss"] == 1


def test_it_takes_no_more_memory_than_it_may(app: Flask, make_app: Callable[..., Flask]) -> None:
    small = make_app(KEPT_PAGES_MB="1", WEB_PROCESSES="12")
    slugs = [make.make_commitment().slug for _number in range(6)]
    with processes(small) as (process,):
        for slug in slugs:
            assert process.get(f"/toezeggingen/{slug}", BR).status == 200
        assert process.reading is not None
        assert process.reading.kept is not None
        assert 1 <= process.kept < 6
        assert process.reading.kept.used <= 1024 * 1024 // 12


def test_it_keeps_nothing_where_that_is_off(make_app: Callable[..., Flask]) -> None:
    process = Process(make_app(KEPT_PAGES_MB="0"))
    assert process.reading is not None
    assert process.reading.kept is None
    assert process.get("/").body == process.get("/").body


class TestCommand:
    def test_it_lets_everything_be_made_anew(self, app: Flask, process: Process) -> None:
        process.get("/")
        runner = app.test_cli_runner()
        made = contextvars.Context().run(runner.invoke, args=["kept", "--empty"])
        assert made.exit_code == 0, made.output
        process.get("/")
        assert process.counted == {"miss": 2}


class TestDatabaseAway:
    def test_it_sends_what_it_has_for_a_while_and_then_asks_flask(
        self, process: Process, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = process.get("/")
        reading: Any = process.reading
        monkeypatch.setattr(reading, "watch", _Silent())
        assert process.get("/").body == before.body
        assert process.counted["away"] == 1
        assert process.get("/nieuws").status == 200, "made, not kept"
        monkeypatch.setattr(reading, "away_seconds", -1)
        process.get("/")
        assert process.counted["away"] == 1

    def test_it_keeps_nothing_on_a_database_that_does_not_tell(
        self, app: Flask, make_app: Callable[..., Flask]
    ) -> None:
        with write_section():
            unwatch(connection())
        try:
            with closing(Process(app)) as other:
                for _again in range(2):
                    assert other.get("/").status == 200
                assert other.kept == 0
        finally:
            # The tables are put back for the next test, triggers are not.
            with write_section():
                watch(connection(), PublicMark.metadata)


class _Silent:
    async def mark(self) -> str:
        raise Away

    def close(self) -> None: ...
