"""An address with a sign too many, or in capitals, leads to the page that was meant."""

from __future__ import annotations

import contextvars
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.accounts.models import Account
from portal.core.db import db
from portal.web.cached import cached_parts
from tests import factories as make
from tests.harness.client import Client

SignIn = Callable[[Account | None], Client]


@pytest.fixture
def pages(app: Flask) -> list[str]:
    """A page of each kind that everybody may read."""
    organisation = make.make_signature().organisation
    version = make.make_pact_version(label="1.0")
    return [
        "/",
        "/toezeggingen",
        f"/toezeggingen/{make.make_commitment(organisation).slug}",
        f"/ondertekenaars/{organisation.slug}",
        f"/nieuws/{make.make_article().slug}",
        f"/groeipact/versies/{version.label}",
        "/privacy",
        "/inloggen",
    ]


def leads(client: Client, address: str, **how: Any) -> str | None:
    """Where an address leads for good; None where there is nothing."""
    db.session.commit()
    # As a request comes: with nothing remembered of the one before.
    answer = contextvars.Context().run(client.raw.open, address, **how)
    answer.close()
    assert answer.status_code in (301, 404), (address, answer.status)
    return answer.headers.get("Location")


@pytest.mark.parametrize("tail", ["/", ".", ",", ").", ">", "’", "%22", "%20", "%E2%80%A6", "//"])
def test_it_leads_to_the_page_in_both_languages(
    client: Client, pages: list[str], tail: str
) -> None:
    for page in pages[1:]:
        assert leads(client, f"{page}{tail}") == page
        assert leads(client, f"/en{page}{tail}", method="HEAD") == f"/en{page}"


def test_it_takes_capitals_and_keeps_the_query(client: Client, pages: list[str]) -> None:
    for page in pages[1:]:
        assert leads(client, f"{page.upper()}?stand=loopt&q=A%20b") == f"{page}?stand=loopt&q=A%20b"
        assert leads(client, f"/EN{page}/") == f"/en{page}"
    assert leads(client, "/EN/") == "/en/"
    assert leads(client, "/).") == "/"


@pytest.mark.parametrize(
    "path",
    [
        "/toezeggingen/geen-plan.",
        "/Toezeggingen/geen-plan",
        "/niets/",
        "/static/dist/app.css.",
        "/toezeggingen/999/voortgang/x.",
    ],
)
def test_it_leads_nowhere_where_there_is_nothing(client: Client, path: str) -> None:
    assert leads(client, path) is None
    assert leads(client, f"/en{path}") is None


def test_it_gives_nothing_away(client: Client, sign_in: SignIn) -> None:
    draft = make.make_commitment(state="draft", title="Geheim plan")
    stranger = sign_in(make.make_account())
    for reader in (client, stranger):
        assert leads(reader, "/toezeggingen/geheim-plan.") is None
    # Before signing in what is there looks like what is not.
    for number in (draft.id, 999_999):
        place = f"/toezeggingen/{number}/bewerken"
        assert leads(client, f"{place})") == place
    assert leads(stranger, f"/toezeggingen/{draft.id}/bewerken)") is None
    assert leads(stranger, "/Account.") == "/account"


def test_it_is_for_reading_only(client: Client, pages: list[str]) -> None:
    assert (
        leads(client, "/inloggen.", method="POST", headers={"Origin": "http://localhost"}) is None
    )


def test_a_link_of_a_mail_may_have_a_sign_behind_it(client: Client) -> None:
    signature = make.make_signature(state="awaiting_confirmation")
    token = make.make_signature_link(signature, purpose="confirm")[1]
    place = f"/ondertekening-bevestigen/{token}"
    assert leads(client, f"{place}).") == place


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_it_leads_to_this_site_whatever_is_asked_and_remembers_nothing(
    client: Client, app: Flask, text: str
) -> None:
    with app.app_context():
        before = len(cached_parts())
    for path in (f"/{text}.", f"//voorbeeld.example/{text}", f"/toezeggingen/{text}/"):
        # As a server hands it over: what begins with // is a path, and names no host.
        place = {"PATH_INFO": path.encode().decode("latin-1")}
        answer = client.raw.get("/", environ_overrides=place)
        answer.close()
        leads_to = answer.headers.get("Location", "/")
        assert leads_to.startswith(("/", "http://localhost/")), leads_to
        assert not leads_to.startswith(("//", "/\\")), leads_to
        assert answer.status_code < 500
    with app.app_context():
        assert len(cached_parts()) == before
