"""The front page."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Any

from flask import Flask

from portal.core.db import write_section
from portal.organisations.models import Organisation
from tests.factories import (
    make_account,
    make_article,
    make_comment,
    make_commitment,
    make_membership,
    make_moderator,
    make_organisation,
    make_signature,
)
from tests.harness.client import Client
from tests.harness.page import Page
from tests.harness.portal import count_queries, signed_in
from tests.home.numbers_on_pages import every_filter, wrong_numbers
from tests.register.signers import make_signer

KINDS = ("gemeente", "leverancier", "samenwerkingsverband")
PROVINCES = (None, "fryslan", "utrecht")
STATES = ("admitted", "admitted", "ended")
TERMS = ("eind 2020", "eind 2090", "doorlopend")
PROGRESSES = ("gepland", "loopt", "vertraagd", "gereed")
ADDRESSES = (
    "/",
    "/nieuws",
    "/ondertekenaars",
    "/ondertekenaars?provincie=utrecht",
    "/ondertekenaars?status=voormalig&soort=gemeente",
    "/ondertekenaars?status=ondertekenaar&q=voorbeeld",
    "/toezeggingen",
    "/toezeggingen?stand=te-laat",
    "/toezeggingen?stand=ingetrokken&organisatiesoort=leverancier",
    "/toezeggingen?termijn=zonder",
)


def fill(chance: random.Random) -> Organisation:
    """Make signatories, promises, news and comments in every state; return one signatory."""
    signers = [
        make_signer(
            f"Voorbeeld {number}",
            kind_slug=chance.choice(KINDS),
            province=chance.choice(PROVINCES),
            state=chance.choice(STATES),
        )
        for number in range(9)
    ]
    make_organisation(name="Tekende niet", is_public=True)
    for _ in range(32):
        state = chance.choice(("published", "published", "published", "withdrawn", "draft"))
        promise = make_commitment(
            chance.choice(signers),
            state=state,
            term=chance.choice(TERMS),
            progress=chance.choice(PROGRESSES),
        )
        if chance.random() < 0.1:
            with write_section():
                promise.hidden_at = promise.created_at
    articles = [make_article(state=state) for state in ("published", "published", "draft")]
    for _ in range(8):
        article = chance.choice(articles)
        state = chance.choice(("placed", "placed", "pending", "refused", "withdrawn"))
        comment = make_comment(article.discussion, state=state)
        if state == "placed" and chance.random() < 0.5:
            make_comment(parent=comment, state=chance.choice(("placed", "pending")))
    return signers[0]


def figures(page: Page) -> dict[str, str]:
    """What is counted -> the figure."""
    items = page.soup.select(".facts__item")
    return {
        item.dt.get_text(strip=True): item.dd.get_text(strip=True)
        for item in items
        if item.dt and item.dd
    }


class TestHome:
    def test_it_shows_at_once_what_changed(self, client: Client, set_clock: Any) -> None:
        set_clock(datetime(2026, 11, 1, 12, tzinfo=UTC))
        signer = make_signer("Gemeente Lindewoude")
        make_commitment(signer, title="Eerste", term="eind november 2026")
        assert figures(client.get("/"))["termijn verstreken"] == "0"
        set_clock(datetime(2027, 3, 1, 12, tzinfo=UTC))
        assert figures(client.get("/"))["termijn verstreken"] == "1"
        make_commitment(signer, title="Tweede")
        page = client.get("/")
        assert figures(page)["toezeggingen"] == "2"
        assert "Tweede" in page.main
        make_article(title="Nieuws van vandaag")
        assert "Nieuws van vandaag" in client.get("/").main

    def test_it_counts_what_stands_and_nothing_else(self, client: Client, app: Flask) -> None:
        signer = make_signer("Gemeente Lindewoude")
        make_signature(state="ended")
        make_signature(state="confirmed")
        make_commitment(signer, progress="gereed")
        make_commitment(signer, term="eind 2020", progress="loopt")
        make_commitment(signer, term="eind 2020", progress="gereed")
        make_commitment(signer, state="withdrawn", term="eind 2020")
        make_commitment(signer, state="draft")
        assert figures(client.get("/")) == {
            "ondertekenaars": "1",
            "toezeggingen": "3",
            "gereed": "2",
            "termijn verstreken": "1",
        }

    def test_its_figures_lead_to_lists_of_that_length(self, client: Client) -> None:
        signer = make_signer("Gemeente Lindewoude")
        make_commitment(signer, title="Klaar", progress="gereed")
        make_commitment(signer, title="Te laat", term="eind 2020")
        make_commitment(signer, state="withdrawn")
        make_commitment(signer, state="withdrawn", term="eind 2020")
        make_commitment(signer, state="draft")
        make_signer("Gemeente Oud-Linde", state="ended")
        for address, many in (("/", 4), ("register.signatories", 3)):
            page = client.get(address)
            links = {str(link["href"]): link.get_text() for link in page.soup.select(".facts a")}
            assert len(links) == many
            for opened, figure in links.items():
                heads = [head.get_text(strip=True) for head in client.get(opened).soup.select("h2")]
                assert any(head.startswith(f"{figure} ") for head in heads), (opened, figure)

    def test_it_shows_the_newest_first(self, client: Client) -> None:
        for day in range(1, 8):
            make_commitment(title=f"Nummer {day}", published_at=datetime(2026, 1, day, tzinfo=UTC))
        page = client.get("/")
        titles = [link for link in page.links if link.startswith("Nummer")]
        assert titles == ["Nummer 7", "Nummer 6", "Nummer 5", "Nummer 4", "Nummer 3"]

    def test_it_shows_the_news_without_drafts(self, client: Client) -> None:
        make_article(title="Wel")
        make_article(title="Nog niet", state="draft")
        page = client.get("/")
        assert "Wel" in page.links
        assert "Nog niet" not in page.html

    def test_it_stands_while_the_portal_is_empty(self, client: Client) -> None:
        page = client.get("/")
        assert page.status == 200
        assert "Er zijn nog geen toezeggingen" in page.main
        assert figures(page)["ondertekenaars"] == "0"

    def test_it_leads_nowhere_that_is_not_there(self, client: Client) -> None:
        make_article()
        make_commitment()
        page = client.get("/")
        for address in {link.split("#")[0] for link in page.links.values()}:
            if address.startswith("/"):
                assert client.get(address, follow=True).status == 200, address

    def test_it_sets_no_cookie(self, client: Client) -> None:
        assert "Set-Cookie" not in client.get("/").headers

    def test_it_speaks_english_too(self, client: Client) -> None:
        page = client.get("/en/")
        assert page.language == "en"
        assert page.status == 200

    def test_it_asks_the_database_equally_often_however_much_there_is(self, client: Client) -> None:
        make_article()
        make_commitment()
        client.get("/")
        with count_queries() as few:
            client.get("/")
        for _ in range(6):
            make_article()
            make_commitment()
        client.get("/")
        with count_queries() as many:
            client.get("/")
        assert len(few) == len(many) <= 6


class TestNumbers:
    def test_it_counts_what_its_lists_hold(self, app: Flask) -> None:
        signer = fill(random.Random(1))
        editor = make_account()
        make_membership(signer, editor, role="redacteur")
        readers = [(None, ""), (None, "/en"), (editor, "/en"), (make_moderator(), "")]
        for account, language in readers:
            addresses = [language + address for address in ADDRESSES]
            assert not wrong_numbers(signed_in(app, account), addresses)
        visitor = signed_in(app, None)
        lists = [every_filter(visitor, address) for address in ("/ondertekenaars", "/toezeggingen")]
        assert min(map(len, lists)) > 9
        assert not wrong_numbers(visitor, lists[0] + lists[1])
