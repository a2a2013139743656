"""Promises and signatories side by side: what was chosen, in its order, four at most."""

from __future__ import annotations

from datetime import date

from flask import Flask

from portal.core.db import write_section
from portal.lifecycle.claims import EnteredAs
from tests.factories import layer, make_commitment
from tests.harness.client import Client
from tests.harness.indexing import catch_up
from tests.harness.page import Page
from tests.register.signers import make_signer


def heads(page: Page) -> list[str]:
    """The names above the columns."""
    return [
        str(head.get_text(strip=True))
        for head in page.soup.select(".beside thead th a[lang], .beside thead th > a:first-child")
    ]


def cells(page: Page, label: str) -> list[str]:
    """What stands in the line with this label, column by column."""
    for row in page.soup.select(".beside tbody tr"):
        if row.select("th")[0].get_text(strip=True) == label:
            for name in row.select(".beside__name"):
                name.extract()
            return [" ".join(cell.get_text(" ", strip=True).split()) for cell in row.select("td")]
    raise AssertionError(label)


class TestPromises:
    def test_it_shows_them_in_the_order_in_which_they_were_chosen(
        self, client: Client, app: Flask
    ) -> None:
        supplier = make_signer("Kompas BV", kind_slug="leverancier")
        late = make_commitment(
            supplier,
            title="Te laat",
            term="in 2020",
            promised_on=date(2019, 7, 3),
            layers=[layer()],
        )
        done = make_commitment(title="Klaar", progress="gereed", term="eind 2090")
        page = client.get("register.compare", toezegging=[done.slug, late.slug])
        assert heads(page) == ["Klaar", "Te laat"]
        assert cells(page, "Termijn")[1].startswith("in 2020")
        assert "termijn verstreken" in cells(page, "Status")[1]
        assert cells(page, "Ondertekenaar")[1] == "Kompas BV Leverancier"
        assert cells(page, "Laag van Common Ground")[0] == "geen"
        assert "Naast elkaar: Klaar, Te laat" in page.title

    def test_it_refuses_the_fifth_in_plain_words(self, client: Client, app: Flask) -> None:
        slugs = [make_commitment(title=f"Nummer {number}").slug for number in range(5)]
        page = client.get("register.compare", toezegging=slugs)
        assert heads(page) == [f"Nummer {number}" for number in range(4)]
        # Who has four and no way to add one reads why.
        four = client.get("register.compare", toezegging=slugs[:4])
        assert "Verwijder er een om een ander toe te voegen." in four.main
        assert "Niet getoond: Nummer 4. Verwijder er eerst een." in page.main
        assert "toevoegen" not in page.main
        fewer = page.follow("Verwijder : Nummer 0")
        assert heads(fewer) == ["Nummer 1", "Nummer 2", "Nummer 3"]
        assert "Toezegging toevoegen" in fewer.main

    def test_it_shows_nothing_that_is_not_public(self, client: Client, app: Flask) -> None:
        hidden, draft = (
            make_commitment(title="Verstopt"),
            make_commitment(title="Nog niet", state="draft"),
        )
        with write_section():
            hidden.hidden_at = hidden.created_at
        open_one = make_commitment(title="Openbaar")
        slugs = [hidden.slug, draft.slug or "nog-niet", open_one.slug, "bestaat-niet"]
        page = client.get("register.compare", toezegging=slugs)
        assert heads(page) == ["Openbaar"]
        assert "Verstopt" not in page.main
        assert "Niet alles wat u koos, is te vinden." in page.main

    def test_it_adds_what_is_found_by_words(self, client: Client, app: Flask) -> None:
        first = make_commitment(title="Deze")
        make_commitment(title="Koppelvlak voor zaken")
        catch_up()
        page = client.get("register.compare", toezegging=first.slug)
        found = page.form(0).submit(q="koppelvlak")
        assert heads(found.follow("Voeg toe: Koppelvlak voor zaken")) == [
            "Deze",
            "Koppelvlak voor zaken",
        ]
        nothing = page.form(0).submit(q="eenhoorn")
        assert "Niets gevonden" in nothing.main

    def test_it_does_not_say_that_a_signatory_told_what_only_a_source_says(
        self, client: Client, app: Flask
    ) -> None:
        entered = make_commitment(entered_as=EnteredAs.VERENIGING, source_title="Een artikel")
        page = client.get("register.compare", toezegging=entered.slug)
        assert cells(page, "Laatste nieuws") == ["geen"]
        assert "Een artikel" in cells(page, "Opgave")[0]


class TestSignatories:
    def test_each_number_opens_its_list(self, client: Client, app: Flask) -> None:
        busy = make_signer("Gemeente Bûtermar", province="fryslan")
        make_commitment(busy, progress="gereed")
        make_commitment(busy, term="in 2020", promised_on=date(2019, 7, 3))
        make_signer("Kompas BV", kind_slug="leverancier")
        page = client.get("register.compare", ondertekenaar=["kompas-bv", busy.slug])
        assert heads(page) == ["Kompas BV", "Gemeente Bûtermar"]
        for label, number in (("Toegezegd", "2"), ("Gereed", "1"), ("Te laat", "1")):
            assert cells(page, label) == ["0", number]
            opened = page.follow(number)
            assert f"{number} toezegging" in opened.main

    def test_a_list_offers_each_of_its_rows(self, client: Client, app: Flask) -> None:
        for number in range(3):
            make_commitment(make_signer(f"Voorbeeld {number}"), title=f"Plan {number}")
        for path, kind in (
            ("/ondertekenaars", "ondertekenaar"),
            ("/ondertekenaars?weergave=tabel", "ondertekenaar"),
            ("/toezeggingen", "toezegging"),
        ):
            page = client.get(path)
            boxes = page.soup.select(f'input[form="naast-elkaar"][name="{kind}"]')
            slugs = [str(box["value"]) for box in boxes][:2]
            assert len(boxes) == 3
            assert len(heads(client.get("register.compare", **{kind: slugs}))) == 2


def test_it_says_how_to_begin_with_nothing_chosen(client: Client, app: Flask) -> None:
    page = client.get("register.compare")
    assert "U hebt nog niets gekozen" in page.main
    assert page.follow("Alle ondertekenaars").h1 == "Ondertekenaars"
