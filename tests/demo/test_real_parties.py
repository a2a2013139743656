"""The two real parties: a reader who knows only the article finds nothing of them but that."""

from __future__ import annotations

from datetime import date
from itertools import chain
from pathlib import Path

import pytest
from bs4 import Tag
from flask import Flask
from sqlalchemy import select

from portal.comments.models import CommentVersion
from portal.commitments.models import Commitment, Update
from portal.core.db import db
from portal.demo import script
from portal.news.models import Article
from portal.organisations.models import Organisation
from portal.signatures.models import Signature
from tests.demo.what_the_article_says import ADDRESS, falsehoods, sentences, strangers
from tests.harness.client import Client

REAL = ("Dimpact", "Centric")
PEOPLE = ("Hillenaar", "René Bal")
LANGUAGES = ("", "/en")
LISTS = ("/", "/ondertekenaars?q={}", "/toezeggingen?q={}", "/nieuws")


def organisation(name: str) -> Organisation:
    """Return one of the two real parties."""
    return db.session.query(Organisation).filter_by(name=name).one()


def promises() -> list[Commitment]:
    """Return what both have promised, according to the article."""
    return [
        promise
        for name in REAL
        for promise in db.session.query(Commitment).filter_by(organisation_id=organisation(name).id)
    ]


def addresses() -> list[str]:
    """Return the pages about them: of each party, of each promise, its history, the news."""
    pages = [f"/ondertekenaars/{organisation(name).slug}" for name in REAL]
    pages += [f"/toezeggingen/{promise.slug}" for promise in promises()]
    about = db.session.query(Article).filter(Article.title.contains("Dimpact")).one()
    return [*pages, f"/nieuws/{about.slug}"]


def mentions(page: Tag) -> list[str]:
    """Return the smallest pieces of a list that name one of them, but for what it counts."""
    for progress in page.select(".progress"):
        progress.decompose()
    pieces = page.select("main :is(li, article, tr)")
    named = [piece for piece in pieces if any(name in piece.get_text() for name in REAL)]
    smallest = [piece for piece in named if not any(piece in other.parents for other in named)]
    return [piece.get_text(" ", strip=True) for piece in smallest]


@pytest.mark.parametrize("language", LANGUAGES)
class TestPages:
    def test_it_says_nothing_of_them_that_the_article_does_not(
        self, demo: Flask, language: str
    ) -> None:
        faults = {}
        for address in addresses():
            texts = list(sentences(Client(demo).get(language + address).soup))
            assert len(texts) >= 3
            if found := set(chain.from_iterable(map(strangers, texts))):
                faults[address] = found
        assert not faults

    def test_it_repeats_no_known_falsehood(self, demo: Flask, language: str) -> None:
        for address in addresses():
            soup = Client(demo).get(language + address).soup
            links = [f'href="{link["href"]}"' for link in soup.select("a[href]")]
            assert not falsehoods(" ".join([*sentences(soup), *links])), address

    def test_it_says_no_more_of_them_in_lists(self, demo: Flask, language: str) -> None:
        found = []
        for name in REAL:
            for address in LISTS:
                page = Client(demo).get(language + address.format(name), follow=True)
                found += mentions(page.soup)
        assert len(found) >= 8
        assert not set(chain.from_iterable(map(strangers, found)))
        assert not list(chain.from_iterable(map(falsehoods, found)))

    def test_it_leads_to_the_article_and_not_to_the_front_of_its_site(
        self, demo: Flask, language: str
    ) -> None:
        for address in addresses():
            soup = Client(demo).get(language + address).soup
            sources = [link["href"] for link in soup.select("main a[href*='ibestuur']")]
            assert sources and set(sources) == {ADDRESS}, address

    def test_it_says_that_the_year_was_inferred(self, demo: Flask, language: str) -> None:
        words = {"": "Het jaar is daaruit afgeleid.", "/en": "We worked out the year from that."}
        for name in REAL:
            page = Client(demo).get(f"{language}/ondertekenaars/{organisation(name).slug}")
            assert "woensdag 3 juli" in page.main
            assert words[language] in page.main

    def test_it_names_no_day_on_which_they_promised(self, demo: Flask, language: str) -> None:
        words = {"": "verteld bij de ondertekening", "/en": "announced at the signing"}
        for promise in promises():
            page = Client(demo).get(f"{language}/toezeggingen/{promise.slug}")
            assert words[language] in page.main


class TestSignatures:
    @pytest.mark.parametrize(
        ("name", "signatory"),
        [
            ("Dimpact", ("René Bal", "directeur")),
            (
                "Centric",
                ("Maarten Hillenaar", "algemeen directeur Centric Public Sector Solutions"),
            ),
        ],
    )
    def test_it_enters_them_as_the_article_has_them(
        self, demo: Flask, name: str, signatory: tuple[str, str]
    ) -> None:
        party = organisation(name)
        signature = db.session.query(Signature).filter_by(organisation_id=party.id).one()
        assert signature.is_historic
        assert signature.signed_words == "woensdag 3 juli"
        assert signature.signed_earliest == signature.signed_latest == date(2019, 7, 3)
        assert (signature.signatory_name, signature.signatory_function) == signatory
        assert signature.pact_version_id is None
        assert signature.event is not None
        assert (signature.event.name, signature.event.place) == (
            "iBestuur-congres",
            "Arnhem (Papendal)",
        )
        assert {signature.source_url, signature.event.source_url} == {ADDRESS}
        assert not party.is_fictional
        assert (party.identifiers, party.website) == ([], None)


class TestPromises:
    def test_it_has_their_terms_in_their_words(self, demo: Flask) -> None:
        terms = [
            (promise.organisation.name, promise.kind, promise.term_words, promise.term_latest)
            for promise in promises()
        ]
        assert sorted(terms) == [
            ("Centric", "overig", "", None),
            ("Centric", "whitepaper", "begin oktober", date(2019, 10, 10)),
            ("Dimpact", "beeindiging", "", None),
            ("Dimpact", "overig", "", None),
            ("Dimpact", "plan", "in 2020", date(2020, 12, 31)),
        ]

    def test_it_makes_up_no_progress(self, demo: Flask) -> None:
        ids = [promise.id for promise in promises()]
        assert {promise.progress for promise in promises()} == {"geen-bericht"}
        assert not db.session.query(Update).filter(Update.commitment_id.in_(ids)).all()

    @pytest.mark.parametrize(
        "said",
        [
            'wat het als leverancier "zou kunnen" bijdragen',
            "plan voor vernieuwing van de dienstverlening van gemeenten op basis van Common Ground",
            "Dimpact blijft ondersteuning geven",
            "geen contract met Centric",
            "hoger beroep procedure wordt gestaakt",
            "zegt niet wie dat doet, en noemt geen dag",
            "aanbieders mogen meedenken over de eisen",
            "hoe leveranciers kunnen bijdragen, met meerdere partijen",
        ],
    )
    def test_it_leaves_out_nothing_of_what_they_said(self, demo: Flask, said: str) -> None:
        assert any(said in promise.what for promise in promises())


class TestOthers:
    def test_it_puts_no_words_in_the_mouth_of_anybody_about_them(self, demo: Flask) -> None:
        for promise in promises():
            assert promise.discussion.placed_count == 0
        bodies = list(db.session.scalars(select(CommentVersion.body)))
        bodies += list(db.session.scalars(select(Update.body)))
        assert len(bodies) > 50
        named = [body for body in bodies for name in (*REAL, *PEOPLE) if name in body]
        assert not named

    def test_it_names_them_in_no_other_file(self) -> None:
        own = {"dimpact.toml", "centric.toml", "dimpact-en-centric.md"}
        files = [path for path in Path(script.CONTENT).rglob("*") if path.is_file()]
        texts = {path.name: path.read_text().replace(ADDRESS, "") for path in files}
        named = {file for file, text in texts.items() for name in REAL if name in text}
        assert named == own


class TestTheList:
    """The list itself: it must find what does not belong there."""

    @pytest.mark.parametrize(
        ("text", "stranger"),
        [
            ("Voor Dimpact tekende ook Jan Jansen.", "Jansen"),
            ("Dat was op 4 juli 2019.", "4 juli 2019"),
            ("Het contract eindigt in 2024.", "2024"),
            ("Bal sprak namens 31 gemeenten.", "31"),
            ("The plan was published on 5 May 2020.", "5 May 2020"),
            ("Het whitepaper staat bij VNG Realisatie.", "VNG"),
            ("GP-3 is af sinds 2026.", "2026"),
            ("Geraadpleegd op 30 november 2026 (GP-4).", "30 november 2026"),
            ("In ons jaar 2026 waren er 31 leden.", "31"),
        ],
    )
    def test_it_finds_what_the_article_does_not_have(self, text: str, stranger: str) -> None:
        assert stranger in strangers(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Het contract tussen Dimpact en Centric eindigt in 2023.",
            "Het contract eindigt eind 2023.",
            "Deze toezegging is gereed op de dag dat zij is gedaan.",
            "Het lopende beroep gaat niet door.",
            "Toegezegd door Dimpact op 3 juli 2019.",
            "Promised by Dimpact on 3 July 2019.",
            "Dimpact vernieuwt haar dienstverlening.",
            'href="https://ibestuur.nl"',
        ],
    )
    def test_it_finds_what_the_demo_once_said(self, text: str) -> None:
        assert falsehoods(text)
