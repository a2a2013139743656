"""The page that searches."""

from __future__ import annotations

import contextvars
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from portal.core.db import db, write_section
from portal.search import queries
from portal.search.kinds import Kind
from portal.search.misses import misses_in_all
from portal.search.models import SearchDue
from portal.search.site_pages import SITE_PAGES
from tests import factories as make
from tests.harness.client import Client
from tests.harness.sheets import taken
from tests.search.conftest import catch_up, signatory


@pytest.fixture
def reader(searched: Flask) -> Client:
    return Client(searched)


class TestShow:
    def test_without_words_it_asks_for_them(self, reader: Client) -> None:
        page = reader.get("/zoeken")
        assert page.status == 200
        assert "U zoekt in alle ondertekenaars" in page.text
        assert reader.get("/zoeken?q=", follow=True).status == 200

    @pytest.mark.parametrize(
        ("asked", "path"),
        [
            ("/zoeken?q=hoe+kan+ik+tekenen", "/ondertekenen"),
            ("/zoeken?q=toegankelijkheid", "/toegankelijkheid"),
            ("/zoeken?q=nieuws", "/nieuws"),
            ("/zoeken?q=open+data", "/gegevens"),
            ("/en/zoeken?q=how+to+sign", "/en/ondertekenen"),
            ("/en/zoeken?q=accessibility", "/en/toegankelijkheid"),
            ("/en/zoeken?q=news", "/en/nieuws"),
            ("/en/zoeken?q=commitment", "/en/toezeggingen"),
        ],
    )
    def test_it_leads_to_pages_of_the_site_by_the_words_of_its_language(
        self, reader: Client, asked: str, path: str
    ) -> None:
        page = reader.get(asked)
        assert path in [link["href"] for link in page.soup.select(".chips .chip")]

    def test_it_knows_only_pages_of_the_site_that_are_there(self, searched: Flask) -> None:
        reader = Client(searched)
        with searched.test_request_context("/en/zoeken"):
            paths = [page.path for page in SITE_PAGES]
        assert {reader.get(path, follow=True).status for path in paths} == {200}

    def test_it_leads_to_what_it_finds_and_marks_the_words(self, reader: Client) -> None:
        page = reader.get("/zoeken?q=koppelvlak")
        links = [link["href"] for link in page.soup.select(".rows__title a")]
        assert links[0] == "/toezeggingen/koppelingen-volgens-de-standaard"
        assert "#bericht-" in links[1]
        assert "#reactie-" in links[2]
        assert {mark.text for mark in page.soup.select("mark")} == {"koppelvlak"}
        for link in links:
            assert reader.get(link).status == 200

    def test_it_names_an_earlier_name(self, reader: Client) -> None:
        page = reader.get("/zoeken?q=koogerland")
        assert "Ook bekend als: Gemeente Koogerland" in " ".join(page.text.split())

    def test_it_says_what_it_searched_for_instead(self, reader: Client) -> None:
        assert (
            "‘bronrivir’ staat nergens. Gezocht is op: bronrivier."
            in reader.get("/zoeken?q=bronrivir").text
        )

    def test_it_says_what_it_searched_for_besides(self, reader: Client) -> None:
        for address in ("/zoeken?q=openstabel", "/ondertekenaars?q=openstabel"):
            page = reader.get(address)
            assert "Daarom is ook gezocht op: openstapel." in page.main, address
            assert "Coöperatie Openstapel U.A." in page.main, address

    def test_a_name_that_is_not_there_gets_an_answer(self, reader: Client) -> None:
        text = " ".join(reader.get("/zoeken?q=Heeft+Nergenshoven+getekend%3F").text.split())
        assert "Niets gevonden voor ‘Heeft Nergenshoven getekend?’" in text
        assert (
            "Die heeft het Groeipact niet ondertekend, of staat hier onder een andere naam." in text
        )

    def test_it_claims_nothing_of_who_is_not_there_while_it_lags_behind(
        self, reader: Client
    ) -> None:
        with write_section():
            db.session.add(SearchDue(kind=Kind.SIGNATORY, subject_id=0))
        addresses = ("/zoeken?q=nergenshoven", "/ondertekenaars?q=nergenshoven")
        missed = misses_in_all()
        for address in (*addresses, "/toezeggingen?q=nergenshoven"):
            text = reader.get(address).main
            assert "die u nog niet met zoeken vindt" in text, address
            assert "niet ondertekend" not in text, address
        assert misses_in_all() == missed
        catch_up()
        for address in addresses:
            assert "niet ondertekend, of staat hier onder" in reader.get(address).main, address

    def test_a_kind_narrows_and_keeps_the_words(self, reader: Client) -> None:
        page = reader.get("/zoeken?q=koppelvlak&soort=reactie")
        assert len(page.soup.select(".rows__title")) == 1
        assert page.soup.select_one("#zoekterm")["value"] == "koppelvlak"
        assert "Alles (3)" in " ".join(page.text.split())

    def test_the_english_page_leads_to_english_pages(self, reader: Client) -> None:
        page = reader.get("/en/zoeken?q=lindewoude")
        assert page.soup.select_one(".rows__title a")["href"] == (
            "/en/ondertekenaars/gemeente-lindewoude"
        )

    @pytest.mark.parametrize(
        "query",
        [
            "q=%3Cscript%3Ealert(1)%3C/script%3E",
            "q=" + "woord+" * 200,
            "q=a&soort=x&blad=-1",
            "q=lindewoude&blad=99999999999",
            "q=%00%FF",
            "q=" + "%F0%9F%99%82" * 50,
        ],
    )
    def test_whatever_is_typed_gets_a_page(self, reader: Client, query: str) -> None:
        page = reader.get(f"/zoeken?{query}")
        assert page.status == 200
        assert not page.soup.select("script:not([src])")

    def test_it_is_in_the_header_of_every_other_page(self, reader: Client) -> None:
        form = reader.get("/toezeggingen").soup.select_one("header form")
        assert (form["action"], form.select_one("input")["name"]) == ("/zoeken", "q")
        assert not reader.get("/zoeken?q=x").soup.select("header form")

    def test_more_than_a_page_goes_on_on_the_next(self, app: Flask) -> None:
        owner = signatory("Gemeente Lindewoude")
        for number in range(23):
            make.make_commitment(owner, title=f"Kwartelwoord {number}")
        catch_up()
        visitor = Client(app)
        first = visitor.get("/zoeken?q=kwartelwoord").soup
        later = visitor.get(first.select_one("a[rel=next]")["href"]).soup
        titles = [link.text for page in (first, later) for link in page.select(".rows__title a")]
        assert len(set(titles)) == len(titles) == 23

    def test_one_source_searches_no_more_than_it_may(self, make_app: Callable[..., Flask]) -> None:
        visitor = Client(make_app(RATE_LIMITS="on", LIMIT_SEARCH="1"))
        assert visitor.get("/zoeken?q=een").status == 200
        assert visitor.get("/zoeken?q=twee").status == 429
        assert visitor.get("/zoeken").status == 200


class TestSheet:
    def test_it_holds_what_the_page_finds_in_its_order(self, reader: Client) -> None:
        page = reader.get("/zoeken?q=koppelvlak")
        links = [link["href"] for link in page.soup.select(".rows__title a")]
        as_csv, as_ods, as_json = taken(reader, "/zoeken", "?q=koppelvlak")
        assert [row["Adres"].partition("//")[2].partition("/")[2] for row in as_csv] == [
            str(link)[1:] for link in links
        ]
        assert len(as_ods) == len(as_csv) + 1
        assert as_json["toelichting"]["Filter"] == "“koppelvlak”"
        narrowed = reader.get("/zoeken.json?q=koppelvlak&soort=reactie").text
        assert narrowed.count('"titel":') == 2

    def test_it_says_when_it_does_not_hold_all(
        self, reader: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(queries, "MOST_SHOWN", 2)
        told = reader.get("/zoeken.json?q=koppelvlak").text
        assert "de eerste 2 van 3 resultaten" in told

    def test_it_holds_nothing_that_is_not_public(self, reader: Client) -> None:
        as_csv, _as_ods, as_json = taken(reader, "/zoeken", "?q=kwartelkoning")
        assert as_csv == as_json["rijen"] == []
        assert reader.get("/zoeken.csv").status == 200


class TestNarrowing:
    def test_a_choice_opens_what_it_counts_and_leads_back(self, reader: Client) -> None:
        page = reader.get("/zoeken?q=koppelvlak&jaar=2026&soort=toezegging")
        assert len(page.soup.select(".rows__title")) == 1
        back = next(a for a in page.soup.select("details a") if "2026" in a.get_text())
        assert back["href"] == "/zoeken?q=koppelvlak&soort=toezegging"
        assert page.soup.title.get_text().startswith("Zoeken naar ‘koppelvlak’: Toezeggingen, 2026")

    def test_nothing_left_says_what_was_chosen_and_not_that_nobody_signed(
        self, reader: Client
    ) -> None:
        page = reader.get("/zoeken?q=koppelvlak&organisatie=gemeente-butermar")
        assert "Er is gezocht met: Gemeente Bûtermar." in page.main
        assert "niet ondertekend" not in page.main
        assert page.follow("Zoek in alles").path == "/zoeken?q=koppelvlak"

    @pytest.mark.parametrize("query", ["jaar=0", "jaar=99999", "stand=x", "jaar=²"])
    def test_what_does_not_exist_narrows_nothing_or_finds_nothing(
        self, reader: Client, query: str
    ) -> None:
        assert reader.get(f"/zoeken?q=koppelvlak&{query}").status == 200


def suggested(reader: Client, address: str) -> TestResponse:
    """Return a list of suggestions, which is a piece of a page."""
    return contextvars.Context().run(reader.raw.get, address)


class TestSuggest:
    def test_it_names_what_may_be_meant_and_where_it_is(self, reader: Client) -> None:
        answer = suggested(reader, "/en/zoeken/suggesties?q=koog")
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.text.count('role="option"') == 1
        assert 'data-path="/en/ondertekenaars/gemeente-butermar"' in answer.text
        assert "Signatory · <bdi>Gemeente Koogerland</bdi>" in answer.text
        assert "option" not in suggested(reader, "/zoeken/suggesties?q=xyzzy").text

    def test_what_is_typed_is_not_counted_as_asked_in_vain(self, app: Flask) -> None:
        assert suggested(Client(app), "/zoeken/suggesties?q=xyzzy").status_code == 200
        assert misses_in_all() == 0

    def test_one_source_asks_no_more_than_it_may(self, make_app: Callable[..., Flask]) -> None:
        visitor = Client(make_app(RATE_LIMITS="on", LIMIT_SUGGEST="1"))
        assert suggested(visitor, "/zoeken/suggesties?q=een").status_code == 200
        assert suggested(visitor, "/zoeken/suggesties?q=twee").status_code == 429
        assert visitor.get("/zoeken?q=een").status == 200
