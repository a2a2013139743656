"""Addresses: which path may be returned to, who asks, and where mails point."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Blueprint, Flask, url_for
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.urls import iri_to_uri

from portal.core.addresses import full_address
from portal.web.address import client_address, safe_path
from portal.web.guard import public
from tests.factories import make_account
from tests.harness.client import Client

OWN = [
    "/",
    "/nieuws",
    "/nieuws/een-titel?na=abc&soort=x#reacties",
    "/en/toezeggingen/plan-2020",
    "/ondertekenaars?q=caf%C3%A9%20au%20lait",
    "/a//b",
    "/:80",
    "/@evil.example",
    "/?verder=//evil.example",
]
FOREIGN = [
    None,
    "",
    "nieuws",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\tevil.example",
    "/\n/evil.example",
    "/\x00",
    "/\x7f",
    "/%0d%0aSet-Cookie:x=y",
    "/%00",
    "/%5cevil.example",
    "/%255cevil.example",
    "/%2f%2fevil.example",
    "/%252f/evil.example",
    "%2f%2fevil.example",
    "https://evil.example",
    "https:evil.example",
    "https:///evil.example",
    "javascript:alert(1)",
    " /nieuws",
    "?x",
    "#x",
    "/" + "a" * 2000,
]


@pytest.mark.parametrize("target", OWN)
def test_it_returns_to_a_path_of_its_own(target: str) -> None:
    assert safe_path(target, "/anders") == target


@pytest.mark.parametrize("target", FOREIGN)
def test_it_returns_to_nothing_else(target: str | None) -> None:
    assert safe_path(target, "/anders") == "/anders"


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_it_never_leaves_the_site_whatever_the_words(tail: str) -> None:
    target = safe_path(f"/{tail}", "/anders")
    # What a browser reads in it: white space and backslashes count for it, too.
    read = iri_to_uri(target).replace("\\", "/").replace("\t", "").replace("\n", "")
    assert read.startswith("/")
    assert not read.startswith("//")


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1:2:3:4%eth0", "fe80::"),
        ("onbekend", "onbekend"),
        ("", "0.0.0.0"),
    ],
)
def test_it_counts_a_network_as_one_client(app: Flask, address: str, counted: str) -> None:
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert client_address() == counted


def test_it_writes_addresses_from_the_settings_and_never_from_the_request(
    make_app: Callable[..., Flask],
) -> None:
    app = make_app(PUBLIC_URL="https://groeipact.example/")
    with app.test_request_context("/", headers={"Host": "evil.example"}):
        assert full_address("news.index") == "https://groeipact.example/nieuws"
        assert (
            full_address("commitments.show", "en", slug="plan", reacties=None, _anchor="reacties")
            == "https://groeipact.example/en/toezeggingen/plan#reacties"
        )


@pytest.mark.parametrize(
    ("hops", "counted"), [("0", "127.0.0.1"), ("1", "203.0.113.9"), ("2", "198.51.100.1")]
)
def test_it_trusts_as_many_proxies_as_it_was_told(
    scratch: Callable[..., Client], hops: str, counted: str
) -> None:
    def add(bp: Blueprint) -> None:
        @bp.get("/scratch/who")
        @public()
        def view() -> tuple[str, int, dict[str, str]]:
            return client_address(), 200, {"Content-Type": "text/plain"}

    reader = scratch(add, TRUSTED_PROXY_HOPS=hops)
    forwarded = {"X-Forwarded-For": "192.0.2.66, 198.51.100.1, 203.0.113.9"}
    assert reader.get("/scratch/who", headers=forwarded).body.decode() == counted


@pytest.mark.parametrize(
    ("back", "location"),
    [
        ("/nieuws/plan – versie 1", "/nieuws/plan%20%E2%80%93%20versie%201"),
        ("/toezeggingen?q=€ ’s 计", "/toezeggingen?q=%E2%82%AC%20%E2%80%99s%20%E8%AE%A1"),
        ("/nieuws\r\nSet-Cookie: a=b", "/mijn-werk"),
    ],
)
def test_it_leads_back_by_a_header_that_every_server_can_send(
    sign_in: Callable[..., Client], back: str, location: str
) -> None:
    page = sign_in(make_account()).get("accounts.sign_in", verder=back)
    assert (page.status, page.location) == (302, location)


def test_it_remembers_a_path_for_its_language_and_its_own_values(app: Flask) -> None:
    for _time in range(2):
        for root, language in (("", ""), ("/en", "/en")):
            with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": root}):
                assert url_for("commitments.show", slug="plan") == f"{language}/toezeggingen/plan"
                assert url_for("commitments.index", na=1) == f"{language}/toezeggingen?na=1"
                assert url_for("commitments.index", na=True) == f"{language}/toezeggingen?na=True"


@pytest.mark.parametrize("host", ["een.example", "twee.example"])
def test_it_builds_a_whole_address_for_the_host_that_was_asked(app: Flask, host: str) -> None:
    with app.test_request_context("/", base_url=f"http://{host}"):
        assert url_for("home.show", _external=True) == f"http://{host}/"
