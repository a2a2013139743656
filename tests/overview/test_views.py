"""The page of where we stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

import pytest
from bs4 import Tag
from flask import Flask

from portal.core import clock
from tests.factories import layer, make_commitment, make_term_move
from tests.harness.client import Client
from tests.harness.page import Page
from tests.harness.sheets import taken
from tests.overview.scenes import fill
from tests.register.signers import make_signer


def links(page: Page) -> dict[str, int]:
    """Return the address of each number in a picture -> the number."""
    found: dict[str, int] = {}
    for link in page.soup.select(".bars__whole[href], .tiles__whole[href]"):
        number = link.select_one(".bars__number, .tiles__number")
        assert isinstance(number, Tag)
        found[str(link["href"])] = int(number.get_text())
    return found


class TestShow:
    def test_it_opens_the_lists_that_it_counts(self, client: Client) -> None:
        fill(Random(4), most=10)
        numbers = links(client.get("/waar-staan-we?peildatum=2022-06-01"))
        assert len(numbers) > 8
        for address in list(numbers)[::4]:
            head = client.get(address).soup.select_one(".result-head h2")
            assert isinstance(head, Tag)
            assert head.get_text(strip=True).split()[0] == str(numbers[address]), address

    def test_it_says_in_a_table_what_it_draws(self, client: Client) -> None:
        signer = make_signer("Gemeente Lindewoude", province="utrecht")
        make_commitment(signer, progress="gereed", term="eind 2020")
        page = client.get("/waar-staan-we")
        for figure in page.soup.select("figure.picture"):
            drawn = figure.select(".bars__number, .tiles__number")
            told = figure.select("tbody td:nth-of-type(1)")
            assert [each.get_text() for each in drawn] == [each.get_text() for each in told]
        columns = [head.get_text() for head in page.soup.select("#soorten ~ * th, th[scope=col]")]
        assert "gereed, na de termijn" in columns
        assert not page.soup.select("[style]")

    def test_it_tells_how_it_was_on_an_earlier_day(self, client: Client) -> None:
        signer = make_signer("Gemeente Lindewoude", signed_on=date(2019, 7, 3))
        make_commitment(signer, term="eind 2020", promised_on=date(2019, 7, 3))
        page = client.get("/waar-staan-we?peildatum=2020-06-30")
        assert "Peildatum: 30 juni 2020" in page.main
        assert "termijn niet verstreken" in page.main
        assert "peildatum 30 juni 2020" in page.title
        assert all("peildatum=2020-06-30" in address for address in links(page))
        assert "termijn niet verstreken" not in client.get("/waar-staan-we").main

    @pytest.mark.parametrize("word", ["gisteren", "2021-02-30", "2018-01-01", "2999-12-31", "<b>"])
    def test_it_says_which_days_it_cannot_be_about(self, client: Client, word: str) -> None:
        make_signer("Gemeente Lindewoude", signed_on=date(2019, 7, 3))
        page = client.get(f"/waar-staan-we?peildatum={word}")
        assert "kan niet als peildatum. Kies een dag vanaf 3 juli 2019" in page.main
        assert "peildatum" not in " ".join(links(page))

    def test_it_is_about_today_on_the_day_itself(self, client: Client) -> None:
        make_signer("Gemeente Lindewoude", signed_on=date(2019, 7, 3))
        page = client.get(f"/waar-staan-we?peildatum={clock.today()}")
        assert "Peildatum" not in page.main

    def test_it_says_that_there_is_nothing_yet(self, client: Client) -> None:
        page = client.get("/waar-staan-we?peildatum=2020-01-01")
        assert "Er is nog niets te tellen" in page.main
        assert "Er heeft nog niemand ondertekend" in page.main


class TestTimeline:
    def test_it_shows_the_terms_that_touch_a_period(self, client: Client) -> None:
        signer = make_signer("Gemeente Lindewoude")
        for title, term in (("Vroeg", "in 2020"), ("Midden", "medio 2021"), ("Open", "vanaf 2020")):
            make_commitment(signer, title=title, term=term)
        make_commitment(signer, title="Doorlopend", term="doorlopend")
        page = client.get("/waar-staan-we/tijdlijn")
        assert titles(page) == ["Vroeg", "Midden", "Open"]
        year = page.follow("2021")
        assert titles(year) == ["Midden", "Open"]
        assert titles(year.follow("1e kwartaal")) == ["Open"]
        assert "1 toezegging heeft geen datum" in page.links
        assert "Doorlopend" in page.follow("1 toezegging heeft geen datum").links

    def test_it_keeps_the_filter_of_the_list(self, client: Client) -> None:
        signer, other = make_signer("Gemeente Lindewoude"), make_signer("Gemeente Oud-Linde")
        make_commitment(signer, title="Ons plan", term="in 2030")
        make_commitment(other, title="Hun plan", term="in 2030")
        page = client.get(f"/ondertekenaars/{signer.slug}").follow("Op een tijdlijn")
        assert titles(page) == ["Ons plan"]
        assert titles(page.follow("2030")) == ["Ons plan"]
        listed = page.follow("Als lijst")
        assert "Ons plan" in listed.links
        assert "Hun plan" not in listed.links

    def test_it_shows_no_more_than_a_reader_can_compare(self, client: Client) -> None:
        signer = make_signer("Gemeente Lindewoude")
        for number in range(62):
            make_commitment(signer, title=f"Plan {number:02}", term="in 2030")
        first = client.get("/waar-staan-we/tijdlijn?periode=2030")
        assert len(titles(first)) == 60
        assert titles(first.follow("Volgende")) == ["Plan 60", "Plan 61"]

    def test_it_shows_terms_as_they_lay_on_an_earlier_day(self, client: Client) -> None:
        signer = make_signer("Gemeente Lindewoude", signed_on=date(2019, 7, 3))
        day = date(2019, 7, 3)
        moved = make_commitment(signer, title="Verschoven", term="in 2021", promised_on=day)
        make_commitment(signer, title="Vast", term="in 2022", promised_on=day)
        make_term_move(moved, to="in 2029")
        page = client.get("/waar-staan-we/tijdlijn?peildatum=2021-06-30&periode=2021")
        assert titles(page) == ["Verschoven"]
        assert "Eerst:" not in page.main
        assert titles(page.follow("Latere periode")) == ["Vast"]
        assert "Eerst: in 2021" in page.follow("Naar vandaag").main
        assert "peildatum=2021-06-30" in page.links["Als lijst"]
        listed = page.follow("Als lijst")
        assert titles(listed.follow("Op een tijdlijn").follow("2021")) == ["Verschoven"]

    def test_it_is_filtered_where_it_stands(self, client: Client) -> None:
        signer = make_signer("Gemeente Lindewoude")
        make_commitment(signer, title="Met laag", term="in 2030", layers=[layer("data")])
        make_commitment(signer, title="Zonder laag", term="in 2030")
        page = client.get("/waar-staan-we/tijdlijn?periode=2030")
        narrowed = page.form("/waar-staan-we/tijdlijn").submit(laag="data")
        assert titles(narrowed) == ["Met laag"]
        assert "Toon 1 toezegging" in narrowed.main

    def test_it_says_that_a_period_holds_nothing(self, client: Client) -> None:
        page = client.get("/waar-staan-we/tijdlijn?laag=data")
        assert "Geen termijnen in deze periode" in page.main


def titles(page: Page) -> list[str]:
    return [link.get_text() for link in page.soup.select(".spans__title")]


def test_one_source_asks_for_no_more_past_days_than_it_may(make_app: Callable[..., Flask]) -> None:
    make_signer("Gemeente Lindewoude", signed_on=date(2019, 7, 3))
    visitor = Client(make_app(RATE_LIMITS="on", LIMIT_PAST="1"))
    assert visitor.get("/waar-staan-we?peildatum=2020-06-30").status == 200
    assert visitor.get("/toezeggingen?peildatum=2020-07-01").status == 429
    assert visitor.get("/waar-staan-we").status == 200


class TestSheet:
    def test_it_holds_every_figure_of_the_page(self, client: Client) -> None:
        fill(Random(4), most=10)
        shown = links(client.get("/waar-staan-we?peildatum=2022-06-01"))
        as_csv, as_ods, as_json = taken(client, "/waar-staan-we", "?peildatum=2022-06-01")
        figures = {
            (row["adres"].partition("//")[2].partition("/")[2], row["aantal"])
            for row in as_json["rijen"]
        }
        wanted = {
            (address[1:], number)
            for address, number in shown.items()
            if "stand=" in address or "provincie=" in address
        }
        assert len(wanted) > 3
        assert wanted <= figures
        assert len(as_csv) == len(as_ods) - 1 == len(as_json["rijen"])
