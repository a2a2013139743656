"""The list of signatories as a table: its numbers open their lists, its heads are its orders."""

from __future__ import annotations

import re
from datetime import date

from bs4 import Tag
from flask import Flask

from tests.factories import make_commitment
from tests.harness.client import Client
from tests.harness.page import Page
from tests.harness.sheets import taken
from tests.register.signers import make_signer

TABLE = "/ondertekenaars?weergave=tabel"


def fill() -> None:
    busy = make_signer("Gemeente Bûtermar", signed_on=date(2019, 7, 3))
    make_commitment(busy, term="in 2020", promised_on=date(2019, 7, 3))
    make_commitment(busy, progress="gereed")
    make_commitment(busy, state="withdrawn")
    make_commitment(make_signer("Kompas BV", kind_slug="leverancier"))
    make_signer("Stille BV", kind_slug="leverancier", state="ended")


def names(page: Page) -> list[str]:
    return [head.get_text(strip=True) for head in page.soup.select("tbody th a")]


def sorted_by(page: Page) -> list[tuple[str, str]]:
    heads = page.soup.select("thead th[aria-sort]")
    return [(head.get_text(strip=True), str(head["aria-sort"])) for head in heads]


def numbers(page: Page) -> list[Tag]:
    return page.soup.select("tbody td.number a")


def test_each_number_is_the_length_of_the_list_that_it_opens(client: Client, app: Flask) -> None:
    fill()
    for path in (TABLE, f"{TABLE}&peildatum=2021-12-31"):
        opened = [
            (link.get_text(strip=True), client.get(str(link["href"])))
            for link in numbers(client.get(path))
        ]
        for number, page in opened:
            assert re.search(rf"\b{number} toezegging(en)?\b", page.main)
    assert len(numbers(client.get(TABLE))) == 4


def test_its_heads_lead_to_each_order_and_back(client: Client, app: Flask) -> None:
    fill()
    page = client.get(TABLE)
    assert sorted_by(page) == [("Naam", "ascending")]
    page = page.follow("Te laat")
    assert sorted_by(page) == [("Te laat", "descending")]
    assert names(page) == ["Gemeente Bûtermar", "Kompas BV", "Stille BV"]
    assert "te laat, aflopend" in page.title
    page = page.follow("Te laat")
    assert sorted_by(page) == [("Te laat", "ascending")]
    assert names(page) == ["Kompas BV", "Stille BV", "Gemeente Bûtermar"]


def test_it_keeps_its_shape_with_a_filter_and_leads_back_to_the_cards(
    client: Client, app: Flask
) -> None:
    fill()
    form = client.get(f"{TABLE}&sorteer=te-laat").form(0)
    page = form.submit(soort="leverancier")
    assert names(page) == ["Kompas BV", "Stille BV"]
    assert sorted_by(page) == [("Te laat", "descending")]
    cards = page.follow("Als kaarten")
    assert not cards.soup.select("table")
    assert "2 organisaties" in cards.main


def test_it_does_not_tell_the_last_news_as_at_an_earlier_day(client: Client, app: Flask) -> None:
    fill()
    page = client.get(f"{TABLE}&peildatum=2021-12-31&sorteer=nieuws")
    assert "Laatste nieuws" not in page.main
    assert sorted_by(page) == [("Naam", "ascending")]


def test_it_is_taken_along_with_the_same_numbers_in_the_same_order(
    client: Client, app: Flask
) -> None:
    fill()
    as_csv, _as_ods, as_json = taken(client, "/ondertekenaars", "?weergave=tabel&sorteer=te-laat")
    first = as_json["rijen"][0]
    assert (first["naam"], first["toezeggingen"], first["gereed"], first["te_laat"]) == (
        "Gemeente Bûtermar",
        2,
        1,
        1,
    )
    assert first["laatste_nieuws"]
    assert [row["Naam"] for row in as_csv] == names(client.get(f"{TABLE}&sorteer=te-laat"))
