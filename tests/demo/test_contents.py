"""What the demo shows: every state, two real parties told by the source, the rest made up."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.exceptions import HTTPException

from portal.accounts.models import Account
from portal.comments.models import Comment, CommentVersion
from portal.commitments.models import Commitment, TermMove
from portal.core import clock
from portal.core.db import db
from portal.demo.numbers import numbers_of
from portal.documents.models import DocumentVersion
from portal.intake.verdicts import Verdict
from portal.lifecycle import states_of
from portal.news.models import Article
from portal.organisations.likeness import likeness
from portal.organisations.models import (
    AccessRequest,
    Invitation,
    Organisation,
    OrganisationKind,
    OrganisationName,
    ProfileText,
)
from portal.pact.models import PactVersion
from portal.services.models import HistoryRow, Job
from portal.signatures.models import Signature
from tests.harness.client import Client
from tests.harness.page import Page
from tests.harness.portal import signed_in
from tests.home.numbers_on_pages import wrong_numbers
from tests.intake.scenes import seen_in

REAL = ("Dimpact", "Centric")
MOST_OF_A_ROUTE = 25
READERS = [
    (None, ""),
    (None, "/en"),
    ("noor@lindewoude.example", "/en"),
    ("hanneke@voorbeeldvereniging.example", ""),
]
ADDRESSES = [
    "/",
    "/nieuws",
    "/ondertekenaars",
    "/ondertekenaars?status=ondertekenaar&provincie=utrecht",
    "/ondertekenaars?status=voormalig",
    "/ondertekenaars?soort=gemeente&soort=leverancier",
    "/ondertekenaars?q=software&sorteer=nieuwste",
    "/toezeggingen",
    "/toezeggingen?stand=te-laat&stand=ingetrokken",
    "/toezeggingen?soort=whitepaper&organisatiesoort=leverancier",
    "/toezeggingen?termijn=zonder&sorteer=titel",
    "/toezeggingen?laag=data&q=gemeente",
]
THINGS = [
    (Comment, set()),
    (CommentVersion, {"replaced", "superseded"}),
    (Commitment, set()),
    (Signature, {"cancelled", "awaiting_owner"}),
    (ProfileText, {"refused"}),
    (Article, set()),
    (PactVersion, set()),
    (Invitation, {"revoked"}),
    (AccessRequest, {"granted", "refused", "cancelled"}),
]


class TestVariety:
    @pytest.mark.parametrize(
        ("model", "but"), THINGS, ids=lambda value: getattr(value, "__tablename__", "")
    )
    def test_it_has_one_in_every_state(
        self, demo: Flask, model: type[Signature], but: set[str]
    ) -> None:
        found = set(db.session.scalars(select(model.state).distinct()))
        assert set(states_of(model.thing)) - found <= but

    def test_it_has_organisations_of_every_kind_in_many_provinces(self, demo: Flask) -> None:
        kinds = set(
            db.session.scalars(
                select(OrganisationKind.slug)
                .join(Organisation, Organisation.kind_id == OrganisationKind.id)
                .where(Organisation.published_at.is_not(None))
            )
        )
        assert kinds == set(db.session.scalars(select(OrganisationKind.slug)))
        provinces = select(func.count(Organisation.province.distinct()))
        assert (db.session.scalar(provinces) or 0) >= 8

    def test_it_has_promises_of_every_kind_and_stage(self, demo: Flask) -> None:
        kinds = set(db.session.scalars(select(Commitment.kind).distinct()))
        assert kinds == {"whitepaper", "plan", "realisatie", "standaard", "beeindiging", "overig"}
        stages = set(db.session.scalars(select(Commitment.progress).distinct()))
        told = {"gepland", "loopt", "vertraagd", "gereed", "ingetrokken"}
        assert stages - {"gereed-bron"} == {*told, "geen-bericht"}
        words = set(db.session.scalars(select(Commitment.term_precision).distinct()))
        assert len(words) >= 8
        assert db.session.query(Commitment).filter(Commitment.term_is_picked).count() >= 1
        assert db.session.query(TermMove).count() >= 5

    def test_it_has_what_was_hidden_frozen_disowned_and_withdrawn_from_a_source(
        self, demo: Flask
    ) -> None:
        reader = Client(demo)
        hidden = "/toezeggingen/bomen-bankjes-en-lantaarns-als-open-data"
        assert "De vereniging heeft dit bericht verborgen." in reader.get(hidden).main
        assert "gereed zonder bewijsstuk" in reader.get(hidden).main
        assert "tijdelijk bevroren" in reader.get("/ondertekenaars").main
        disowned = reader.get("/toezeggingen/alle-koppelingen-volgens-de-nieuwe-standaard").main
        assert "De vereniging heeft de toelichting verborgen." in disowned
        assert "oud-collega" not in disowned
        withdrawn = reader.get("/toezeggingen/een-plan-voor-het-oude-zaaksysteem").main
        assert "ingetrokken door de vereniging, volgens Raadsbesluit" in withdrawn
        moderator = db.session.query(Account).filter_by(name="Hanneke Postma").one()
        desk = signed_in(demo, moderator).get("/werkvoorraad").main
        section = desk[desk.index("Eerste publicaties na een claim") :]
        assert "Vlietenberg" in section and "Oosterwaard" not in section

    def test_it_fills_more_than_one_page_of_promises_and_one_of_signatories(
        self, demo: Flask
    ) -> None:
        reader = Client(demo)
        assert reader.get("/toezeggingen").follow("Volgende").status == 200
        # A row or two beyond a page make no page of their own.
        assert "Volgende" not in reader.get("/ondertekenaars").links

    def test_it_tells_of_years_and_never_of_days_to_come(self, demo: Flask) -> None:
        first, last = db.session.execute(
            select(func.min(HistoryRow.at), func.max(HistoryRow.at))
        ).one()
        assert first.year == 2019
        assert clock.now() - timedelta(days=30) < last <= clock.now()
        years = {row.at.year for row in db.session.scalars(select(HistoryRow))}
        assert len(years) >= 8

    def test_it_describes_every_picture(self, demo: Flask) -> None:
        articles = db.session.query(Article).filter(Article.picture_id.is_not(None)).all()
        assert len(articles) >= 4
        assert all(len(article.picture_alt) > 20 for article in articles)

    def test_it_has_real_documents_that_a_screen_reader_can_read(self, demo: Flask) -> None:
        versions = db.session.query(DocumentVersion).all()
        pdfs = [found for found in versions if found.media_type == "application/pdf"]
        assert len(versions) - len(pdfs) >= 2
        assert all(found.is_tagged and found.has_text and found.preview_key for found in pdfs)
        assert any(found.number == 2 for found in pdfs)

    @pytest.mark.parametrize("name", ["ondertekenaars", "toezeggingen"])
    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_what_is_taken_along_of_it_comes_in_as_equal(
        self, demo: Flask, tmp_path: Path, name: str, prefix: str
    ) -> None:
        taken = Client(demo).get(f"{prefix}/{name}.csv").body
        seen = list(seen_in(taken, tmp_path))
        assert len(seen) > 20
        assert not [
            (row.cells, told.remarks, told.changes)
            for row, told in seen
            if told.verdict is not Verdict.EQUAL
        ]

    def test_it_sends_no_mail_about_what_is_long_past(self, demo: Flask) -> None:
        waiting = db.session.query(Job).filter_by(state="waiting").all()
        assert all(clock.now() - job.created_at < timedelta(days=7) for job in waiting)
        assert db.session.query(Job).filter_by(state="parked").count() == 1


class TestFictional:
    def test_it_marks_everybody_else_as_made_up(self, demo: Flask) -> None:
        others = db.session.query(Organisation).filter(Organisation.name.not_in(REAL)).all()
        assert len(others) >= 20
        assert all(found.is_fictional for found in others)
        assert all(found.name.endswith("(fictief)") for found in others)

    def test_it_resembles_no_gemeente(self, demo: Flask, shared_data: Path) -> None:
        with (shared_data / "gemeenten.csv").open(encoding="utf-8") as file:
            gemeenten = [row["naam"] for row in csv.DictReader(file)]
        alike = [
            (found, gemeente)
            for found in db.session.scalars(select(OrganisationName.name))
            for gemeente in gemeenten
            if likeness(found.removesuffix(" (fictief)"), f"Gemeente {gemeente}")
        ]
        assert not alike

    @pytest.mark.parametrize("serial", [1, 11, 12, 62, 99])
    def test_it_has_numbers_that_hold_and_are_nobodys(self, serial: int) -> None:
        numbers = numbers_of(serial, "gemeente")
        assert numbers["kvk"] == f"{serial:08d}"
        assert str(numbers["oin"]).startswith("00000099")
        assert str(numbers["cbs"]).startswith("GM99")
        assert len(set(numbers.values())) == 4


def route_of(app: Flask, address: str) -> tuple[str, str]:
    """Return language and route of an address; what redirects or is of no route stands alone."""
    language = "en" if address.startswith("/en/") else "nl"
    path = address.removeprefix("/en" if language == "en" else "").split("?")[0]
    try:
        return language, app.url_map.bind("localhost").match(path)[0]
    except HTTPException:
        return language, path


def evenly(found: list[str], room: int) -> list[str]:
    """Return at most `room` of what was found, from its whole length."""
    if len(found) <= room:
        return found
    return [found[number * len(found) // room] for number in range(room)]


def on_page(page: Page) -> set[str]:
    """Return the addresses of this portal to which a page leads; a file leads nowhere."""
    links = page.links.values() if page.is_html else ()
    return {link.split("#")[0] for link in links if link.startswith("/")}


class TestPages:
    def test_it_leads_nowhere_that_is_not_there(self, demo: Flask) -> None:
        """Follow links from the two front pages on, step by step: some of each route and language.

        Every route to which a page leads is visited, in each language at most MOST_OF_A_ROUTE
        times: of all that a step found, evenly.
        """
        reader, visits = Client(demo), Counter[tuple[str, str]]()
        ahead = seen = {"/", "/en/"}
        while ahead:
            routes: dict[tuple[str, str], list[str]] = defaultdict(list)
            for address in sorted(ahead):
                routes[route_of(demo, address)].append(address)
            ahead = set()
            for route, found in routes.items():
                for address in evenly(found, MOST_OF_A_ROUTE - visits[route]):
                    visits[route] += 1
                    page = reader.get(address, follow=True)
                    assert page.status == 200, address
                    # Filters lead on for ever: one step is enough.
                    ahead |= on_page(page) if "?" not in address else set()
            ahead -= seen
            seen = seen | ahead
        assert len(seen) > 250
        assert len(visits) > 60

    @pytest.mark.parametrize(("email", "language"), READERS)
    def test_it_counts_what_its_lists_hold(
        self, demo: Flask, email: str | None, language: str
    ) -> None:
        account = db.session.query(Account).filter_by(email=email).one() if email else None
        reader = signed_in(demo, account)
        assert not wrong_numbers(reader, [language + address for address in ADDRESSES])
