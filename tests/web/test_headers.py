"""The same safe headers on every answer, and no cookie for plain reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Blueprint, Flask
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from portal.accounts.models import Account, AccountSession
from portal.core.db import db
from portal.services.models import Draft, LimitCounter, UsedKey
from portal.web.guard import public
from portal.web.headers import FIXED
from tests import factories as make
from tests.harness.client import Client
from tests.harness.page import Page

SignIn = Callable[[Account | None], Client]
FORBIDDEN = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "http:", "https:", "*", "data:")


def _assert_safe(page: Page) -> None:
    for name, value in FIXED.items():
        found = page.headers.getlist(name)
        assert len(found) == 1, f"{page}: {name} {found}"
        if name != "Content-Security-Policy":
            assert found == [value], f"{page}: {name}"
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'"), page
    assert not [word for word in FORBIDDEN if word in policy], page
    assert page.headers.get("X-Request-Id"), page
    assert "Server" not in page.headers or "Python" not in page.headers["Server"]


def _status(client: Client, path: str, status: int) -> Page:
    page = client.get(path)
    assert page.status == status, page
    return page


@pytest.fixture
def public_pages(app: Flask) -> Iterator[list[str]]:
    """The path of every page that anybody may read."""
    commitment = make.make_commitment()
    article = make.make_article()
    pact = make.make_pact_version()
    make.make_comment(commitment.discussion)
    make.make_vereniging()
    fixed = ["/", "/ondertekenaars", "/toezeggingen", "/nieuws", "/groeipact", "/ondertekenen"]
    legal = ["/spelregels", "/privacy", "/toegankelijkheid", "/colofon"]
    machines = ["/robots.txt", "/.well-known/security.txt", "/healthz", "/readyz"]
    own = [
        f"/toezeggingen/{commitment.slug}",
        f"/toezeggingen/{commitment.slug}/geschiedenis",
        f"/ondertekenaars/{commitment.organisation.slug}",
        f"/nieuws/{article.slug}",
        f"/groeipact/versies/{pact.label}",
        f"/groeipact/versies/{pact.label}/tekst",
    ]
    read = [*fixed, *legal, *own]
    yield [*read, *(f"/en{path}" for path in read), *machines]


def test_it_sets_no_cookie_and_writes_nothing_for_who_only_reads(
    client: Client, public_pages: list[str]
) -> None:
    for path in public_pages:
        page = _status(client, path, 200)
        assert "Set-Cookie" not in page.headers, path
        assert "csrf_token" not in page.html, path
        _assert_safe(page)
    db.session.rollback()
    for table in (AccountSession, Draft, LimitCounter, UsedKey):
        assert db.session.scalar(select(func.count()).select_from(table)) == 0, table


def test_it_lets_no_shared_cache_keep_what_depends_on_who_asks(
    client: Client, sign_in: SignIn, public_pages: list[str]
) -> None:
    reader = sign_in(make.make_account())
    for path in public_pages[:16]:
        anonymous, own = client.get(path), reader.get(path)
        assert own.headers["Cache-Control"] == "no-store", path
        if anonymous.is_html:
            assert "Cookie" in anonymous.headers.get("Vary", ""), path
            assert anonymous.headers["Cache-Control"] == "no-cache", path


@pytest.mark.parametrize("path", ["/inloggen", "/registreren", "/wachtwoord-vergeten"])
def test_it_lets_nobody_keep_the_first_page_with_a_form(client: Client, path: str) -> None:
    page = client.get(path)
    assert "Set-Cookie" in page.headers
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nergens", 404),
        ("/toezeggingen/nergens", 404),
        ("/static/dist/nergens.css", 404),
        ("/beelden/nergens", 404),
        ("/account", 303),
        ("/bevestigen/verzonnen", 410),
    ],
)
def test_it_keeps_every_other_answer_safe(client: Client, path: str, status: int) -> None:
    _assert_safe(_status(client, path, status))


def test_it_keeps_refusals_and_faults_safe(scratch: Callable[..., Client], sign_in: SignIn) -> None:
    def add(bp: Blueprint) -> None:
        @bp.get("/scratch/fault")
        @public()
        def fault() -> ResponseReturnValue:
            raise ZeroDivisionError

    reader = scratch(add)
    reader.may_fail = True
    _assert_safe(_status(reader, "/scratch/fault", 500))
    _assert_safe(_status(sign_in(make.make_account()), "/beheer", 403))
    for page in (
        reader.post("home.show"),
        reader.post("/inloggen", data={"x": "y" * 700_000}),
        reader.post("/inloggen", data={f"f{n}": "" for n in range(400)}, multipart=True),
        reader.post("/inloggen", headers={"Origin": "https://evil.example"}),
        reader.post("/inloggen"),
    ):
        assert page.status in (403, 405, 413, 422), page
        _assert_safe(page)


def test_it_keeps_built_files_safe(client: Client) -> None:
    styles = client.get("home.show").soup.select_one("link[rel=stylesheet]")
    assert styles is not None
    _assert_safe(_status(client, str(styles["href"]), 200))


@pytest.mark.parametrize(
    ("url", "name", "secure"),
    [
        ("https://groeipact.example", "__Host-groeipact", True),
        ("http://localhost", "groeipact", False),
    ],
)
def test_it_guards_its_one_cookie(
    make_app: Callable[..., Flask], url: str, name: str, secure: bool
) -> None:
    app = make_app(PUBLIC_URL=url)
    answer = app.test_client().get("/inloggen", base_url=url)
    [cookie] = answer.headers.getlist("Set-Cookie")
    parts = [part.strip() for part in cookie.split(";")]
    assert parts[0].startswith(f"{name}=")
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(parts)
    assert ("Secure" in parts) == secure
    assert not [part for part in parts if part.startswith(("Domain", "Expires", "Max-Age"))]
    hsts = answer.headers.get("Strict-Transport-Security", "")
    assert (hsts == "max-age=63072000; includeSubDomains") == secure
    answer.close()
