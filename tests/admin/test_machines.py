"""What machines ask: health, robots, security.txt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from portal.core.db import db, write_section
from portal.services.vereniging import Vereniging
from tests.factories.states import add
from tests.harness.client import Client


@pytest.fixture
def old_schema(app: Flask) -> Iterator[None]:
    """A database that stands at an older migration."""
    with write_section():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    yield


class TestHealth:
    def test_it_is_alive_and_ready(self, client: Client) -> None:
        assert client.get("/healthz").body == b"ok\n"
        ready = client.get("/readyz")
        assert (ready.status, ready.body) == (200, b"ok\n")

    def test_it_is_not_ready_before_the_schema_is(self, client: Client, old_schema: None) -> None:
        page = client.get("/readyz")
        assert (page.status, page.body) == (503, b"migrations\n")
        assert client.get("/healthz").status == 200

    @pytest.mark.parametrize("path", ["/healthz", "/readyz", "/robots.txt"])
    def test_it_answers_in_plain_words_without_a_cookie(self, client: Client, path: str) -> None:
        page = client.get(path)
        assert page.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert "Set-Cookie" not in page.headers


class TestSecurity:
    def test_it_names_a_contact_and_a_day_in_the_future(
        self, client: Client, set_clock: Callable[[datetime | None], None]
    ) -> None:
        set_clock(datetime(2026, 12, 1, 10, tzinfo=UTC))
        with write_section():
            add(Vereniging(name="V", site_name="S", email="mail@v.example"))
        found = client.get("/.well-known/security.txt").body.decode()
        told = dict(line.split(": ", 1) for line in found.splitlines())
        assert told["Contact"] == "mailto:mail@v.example"
        expires = datetime.fromisoformat(told["Expires"])
        assert timedelta(days=30) < expires - datetime(2026, 12, 1, tzinfo=UTC) < timedelta(365)
        assert told["Preferred-Languages"] == "nl, en"
        assert told["Canonical"].endswith("/.well-known/security.txt")

    def test_it_prefers_the_contact_for_vulnerabilities(self, client: Client, app: Flask) -> None:
        with write_section():
            add(
                Vereniging(
                    name="V",
                    site_name="S",
                    email="mail@v.example",
                    security_contact="veilig@v.example",
                )
            )
        found = client.get("/.well-known/security.txt").body
        assert b"Contact: mailto:veilig@v.example\n" in found


class TestRobots:
    def test_it_keeps_crawlers_out_of_work_pages_only(self, client: Client) -> None:
        lines = client.get("/robots.txt").body.decode().splitlines()
        assert "Disallow: /werkvoorraad" in lines
        assert "Disallow: /" not in lines
        assert not [line for line in lines if "/toezeggingen" in line]
