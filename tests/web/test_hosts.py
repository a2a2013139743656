"""The portal answers to its own names alone, and writes no other into an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from portal.core.db import db
from portal.web.hosts import OwnHosts
from tests.harness.client import Client

ADDRESS = "https://groeipact.example"
Come = Callable[..., Client]


@pytest.fixture
def come(make_app: Callable[..., Flask]) -> Iterator[Come]:
    """Return a visitor of a portal behind a proxy that says that they came over https."""
    made: list[Flask] = []

    def start(**environment: str) -> Client:
        app = make_app(PUBLIC_URL=ADDRESS, TRUSTED_PROXY_HOPS="1", **environment)
        made.append(app)
        return Client(app)

    yield start
    for app in made:
        with app.app_context():
            db.engine.dispose()


def _from(host: str, **more: str) -> dict[str, str]:
    return {"Host": host, "X-Forwarded-Proto": "https", **more}


@pytest.mark.parametrize("path", ["/", "/nieuws/", "/en/inloggen", "/static/dist/app.css", "/x"])
def test_it_refuses_another_host_and_says_where_it_is(come: Come, path: str) -> None:
    page = come().get(path, headers=_from("evil.example"))
    assert (page.status, page.location) == (400, None)
    assert ADDRESS in page.main
    assert "evil" not in page.html + str(page.headers)


def test_it_takes_no_form_from_another_host(come: Come) -> None:
    headers = _from("evil.example", Origin="https://evil.example")
    assert come().post("/inloggen", headers=headers).status == 400


def test_it_believes_no_proxy_about_the_host(come: Come) -> None:
    headers = _from("groeipact.example", **{"X-Forwarded-Host": "evil.example"})
    page = come().get("/nieuws//x", headers=headers)
    assert page.status == 308
    assert page.location == f"{ADDRESS}/nieuws/x"


def test_it_answers_to_the_names_that_its_operator_adds(come: Come) -> None:
    reader = come(EXTRA_HOSTS="oud.example, 10.0.0.5:8000")
    found = [reader.get("/", headers=_from(host)).status for host in ("oud.example", "10.0.0.5")]
    assert found == [200, 200]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_it_says_to_every_name_whether_it_is_well(come: Come, path: str) -> None:
    assert come().get(path, headers={"Host": "10.0.0.5:8000"}).status == 200


@pytest.mark.parametrize(
    ("address", "host", "is_own"),
    [
        ("https://groeipact.example", "GROEIPACT.example", True),
        ("https://groeipact.example", "groeipact.example:8080", False),
        ("https://groeipact.example", "groeipact.example.evil.example", False),
        ("https://groeipact.example", "127.0.0.1:8000", False),
        ("https://groeipact.example", "", False),
        ("https://groeipact.example:8443/", "groeipact.example:8443", True),
        ("https://groeipact.example:8443", "groeipact.example", True),
        ("http://127.0.0.1:8000", "localhost:9000", True),
        ("http://localhost:8000", "[::1]:8000", True),
        ("http://localhost:8000", "evil.example:8000", False),
    ],
)
def test_it_knows_its_own_names(address: str, host: str, is_own: bool) -> None:
    assert (host in OwnHosts(address)) is is_own
