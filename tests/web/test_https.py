"""A portal with an https address leads there whoever comes over http, and takes no form."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from portal.core.db import db
from tests import factories as make
from tests.harness.client import Client
from tests.harness.log_fixtures import LogLines

ORIGIN = "https://groeipact.example"
Come = Callable[..., Client]


@pytest.fixture
def come(make_app: Callable[..., Flask]) -> Iterator[Come]:
    """Return a visitor of a portal with an address: come(ORIGIN, TRUSTED_PROXY_HOPS="1")."""
    made: list[Flask] = []

    def start(address: str = ORIGIN, **environment: str) -> Client:
        made.append(make_app(PUBLIC_URL=address, **environment))
        return Client(made[-1])

    yield start
    for app in made:
        with app.app_context():
            db.engine.dispose()


class TestReading:
    @pytest.mark.parametrize(
        "path",
        [
            "/",
            "/en/nieuws",
            "/toezeggingen?stand=gereed&q=caf%C3%A9",
            "/toezeggingen/caf%C3%A9/documenten/1/1/Plan%20%E2%80%93%20%3F.pdf",
            "/nergens",
            "/robots.txt",
            "/static/dist/app.css",
        ],
    )
    def test_it_is_led_to_the_same_page_over_https(self, come: Come, path: str) -> None:
        page = come().get(path)
        assert (page.status, page.location) == (301, ORIGIN + path)

    def test_it_is_led_there_when_only_the_head_is_asked(self, come: Come) -> None:
        answer = come().raw.head("/nieuws", base_url="http://groeipact.example")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"{ORIGIN}/nieuws")

    def test_it_goes_on_over_https(self, come: Come) -> None:
        assert come().get(f"{ORIGIN}/nieuws").status == 200

    def test_it_stays_where_the_portal_has_no_https(self, come: Come) -> None:
        assert come("http://localhost").get("/nieuws").status == 200

    @pytest.mark.parametrize("path", ["/healthz", "/readyz"])
    def test_it_says_whether_it_is_well_to_whoever_stands_beside_it(
        self, come: Come, path: str
    ) -> None:
        assert come().get(path).status == 200


class TestForms:
    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_it_takes_nothing_and_says_why(self, come: Come, prefix: str) -> None:
        account = make.make_account()
        typed = {"email": account.email, "password": make.PASSWORD}
        page = come().post(f"{prefix}/inloggen", data=typed)
        assert page.status == 422
        words = "without a secure connection" if prefix else "zonder beveiligde verbinding"
        assert words in page.main
        assert "Set-Cookie" not in page.headers


class TestProxy:
    @pytest.mark.parametrize(("said", "status"), [("https", 200), ("http", 301), ("", 301)])
    def test_it_believes_the_one_that_is_trusted(self, come: Come, said: str, status: int) -> None:
        headers = {"X-Forwarded-Proto": said} if said else {}
        page = come(TRUSTED_PROXY_HOPS="1").get("/nieuws", headers=headers)
        assert page.status == status

    def test_it_hears_nobody_beyond_it(self, come: Come) -> None:
        headers = {"X-Forwarded-Proto": "https, http"}
        assert come(TRUSTED_PROXY_HOPS="1").get("/nieuws", headers=headers).status == 301

    def test_it_believes_no_other_and_warns_once(self, come: Come, log_lines: LogLines) -> None:
        reader = come()
        for _ in range(3):
            page = reader.get("/nieuws", headers={"X-Forwarded-Proto": "https"})
            assert page.status == 503, "led to https it would come back here, without end"
            assert "TRUSTED_PROXY_HOPS" in page.html
        (line,) = [line for line in log_lines() if line["event"] == "proxy_not_trusted"]
        assert line["setting"] == "TRUSTED_PROXY_HOPS"
