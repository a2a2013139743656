"""Whether the portal is alive and ready, as machines ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text

from portal.core.db import db, write_section
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

    def test_it_is_not_ready_for_a_schema_of_a_later_version(self, client: Client) -> None:
        with write_section():
            db.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        page = client.get("/readyz")
        assert (page.status, page.body) == (503, b"migrations\n")

    def test_it_is_not_ready_before_the_schema_is(self, client: Client, old_schema: None) -> None:
        page = client.get("/readyz")
        assert (page.status, page.body) == (503, b"migrations\n")
        assert client.get("/healthz").status == 200

    @pytest.mark.parametrize("path", ["/healthz", "/readyz", "/robots.txt"])
    def test_it_answers_in_plain_words_without_a_cookie(self, client: Client, path: str) -> None:
        page = client.get(path)
        assert page.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert "Set-Cookie" not in page.headers
