"""The built files: named by their content, small on the wire, kept for ever."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.client import Client

DIST = Path(__file__).parents[2] / "static/dist"


def _built() -> dict[str, str]:
    found: dict[str, str] = json.loads((DIST / "manifest.json").read_text())
    return found


@pytest.fixture
def files() -> Iterator[dict[str, str]]:
    found = _built()
    assert found, "nothing was built: make build"
    yield found


@pytest.mark.parametrize("name", ["app.css", "app.js"])
@pytest.mark.parametrize("encoding", ["br", "gzip", "identity", ""])
def test_it_serves_each_file_in_the_smallest_form_that_is_taken(
    client: Client, files: dict[str, str], name: str, encoding: str
) -> None:
    plain = (DIST / files[name]).read_bytes()
    answer = client.get(f"/static/dist/{files[name]}", headers={"Accept-Encoding": encoding})

    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.response.mimetype == ("text/css" if name.endswith("css") else "text/javascript")
    found = answer.headers.get("Content-Encoding", "")
    if encoding in ("br", "gzip"):
        assert found == encoding
        assert len(answer.body) < len(plain) / 2
        assert encoding == "br" or gzip.decompress(answer.body) == plain
    else:
        assert (found, answer.body) == ("", plain)


def test_it_prefers_the_smaller_of_two(client: Client, files: dict[str, str]) -> None:
    accepted = {"Accept-Encoding": "gzip, deflate, br"}
    answer = client.get(f"/static/dist/{files['app.css']}", headers=accepted)
    assert answer.headers["Content-Encoding"] == "br"


def test_it_puts_a_hash_in_every_name_that_a_page_asks_for(
    client: Client, files: dict[str, str]
) -> None:
    page = client.get("home.show")
    asked = [str(e.get("src") or e.get("href")) for e in page.soup.select("script, link[rel]")]
    own = [path for path in asked if path.startswith("/static/")]
    assert len(own) >= 4
    for path in own:
        assert path.removeprefix("/static/dist/") in files.values(), path
        assert client.get(path).status == 200


@pytest.mark.parametrize(
    "name",
    [
        "nergens.css",
        "../src/css/app.css",
        "%2e%2e/src/css/app.css",
        "..%2f..%2fwsgi.py",
        "/etc/passwd",
        "fonts",
        "a" * 300,
        "",
    ],
)
def test_it_serves_nothing_else(client: Client, name: str) -> None:
    assert client.get(f"/static/dist/{name}", follow=True).status == 404


def test_it_serves_a_packed_form_only_as_what_it_is(client: Client, files: dict[str, str]) -> None:
    for suffix in (".br", ".gz"):
        assert client.get(f"/static/dist/{files['app.css']}{suffix}").status == 404


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_it_sends_nothing_that_a_browser_has(
    client: Client, files: dict[str, str], encoding: str
) -> None:
    path, accepted = f"/static/dist/{files['app.css']}", {"Accept-Encoding": encoding}
    with client.raw.get(path, headers=accepted) as first:
        tag = {"If-None-Match": first.headers["ETag"]}
        assert (first.status_code, bool(first.data)) == (200, True)
    with client.raw.get(path, headers={**accepted, **tag}) as again:
        assert (again.status_code, again.data) == (304, b"")


def test_it_has_an_icon_where_programs_look_for_one(client: Client) -> None:
    with client.raw.get("/favicon.ico") as icon:
        assert (icon.status_code, icon.mimetype) == (200, "image/png")
        assert icon.data.startswith(b"\x89PNG")
        assert icon.headers["Cache-Control"] == "public, max-age=86400"
        tag = {"If-None-Match": icon.headers["ETag"]}
    with client.raw.get("/favicon.ico", headers=tag) as again:
        assert (again.status_code, again.data) == (304, b"")


def test_it_sets_no_cookie_for_a_file(client: Client, files: dict[str, str]) -> None:
    assert "Set-Cookie" not in client.get(f"/static/dist/{files['app.js']}").headers
