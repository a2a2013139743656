"""The list of signatories: filters, words, order and pages."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from portal.core.db import write_section
from portal.core.folding import sort_key
from portal.core.slugs import slugify
from portal.organisations.models import OrganisationName
from portal.organisations.provinces import find_province
from tests.factories import make_commitment, make_organisation, make_profile, make_signature
from tests.harness.client import Client
from tests.harness.indexing import catch_up
from tests.harness.page import Page
from tests.harness.portal import count_queries
from tests.register.signers import make_signer


def named(page: Page) -> list[str]:
    """The names on the cards, in order."""
    return [link.get_text(strip=True) for link in page.soup.select(".card__title a")]


@pytest.fixture
def signers(app: Flask) -> None:
    """Four signatories that differ in everything that can be filtered on."""
    make_signer("Gemeente Bûtermar", province="fryslan", signed_on=date(2020, 4, 24))
    make_signer(
        "Kompas & Koppeling BV",
        kind_slug="leverancier",
        signed_on=date(2021, 6, 1),
        profile="Wij maken **koppelingen** die u kunt vervangen.",
    )
    make_signer("Gemeente Oud-Linde", province="utrecht", signed_on=date(2019, 7, 3))
    make_signer(
        "Gemeente Ganzenwaard", province="utrecht", state="ended", signed_on=date(2019, 9, 2)
    )
    catch_up()


class TestList:
    def test_it_shows_every_public_signatory_by_name(self, client: Client, signers: None) -> None:
        make_organisation(name="Gemeente Nog Niet")
        make_signature(make_organisation(name="Gemeente Wacht"), state="confirmed")
        page = client.get("register.signatories")
        assert named(page) == [
            "Gemeente Bûtermar",
            "Gemeente Ganzenwaard",
            "Gemeente Oud-Linde",
            "Kompas & Koppeling BV",
        ]
        assert "4 organisaties" in page.main

    def test_it_tells_a_former_signatory_apart(self, client: Client, signers: None) -> None:
        page = client.get("register.signatories")
        former = [card for card in page.soup.select(".card") if "voormalig" in card.get_text(" ")]
        assert len(former) == 1
        assert "Ganzenwaard" in former[0].get_text(" ")

    def test_it_counts_the_commitments_of_each(self, client: Client, app: Flask) -> None:
        signer = make_signer("Gemeente Lindewoude")
        make_commitment(signer, progress="gereed")
        for progress in ("loopt", "loopt", "vertraagd", "gepland"):
            make_commitment(signer, progress=progress)
        make_commitment(signer, state="draft")
        page = client.get("register.signatories")
        card = page.soup.select_one(".card")
        assert card is not None
        words = "1 van 5 gereed, 2 lopen, 1 vertraagd, 1 gepland"
        assert words in card.get_text(" ", strip=True)
        lengths = [float(part["width"].rstrip("%")) for part in card.select(".progress__bar rect")]
        assert lengths == [20, 40, 20, 20]
        # What the bar draws, the legend explains; each part but the first begins with a line.
        drawn = [part["class"] for part in card.select(".progress__bar rect")]
        explained = [part["class"] for part in page.soup.select(".legend rect")]
        assert [part for part in explained if part in drawn] == drawn
        assert len(card.select(".progress__border")) == len(drawn) - 1

    def test_it_gives_a_way_to_sign_when_nobody_has(self, client: Client) -> None:
        page = client.get("register.signatories")
        assert "Er heeft nog niemand ondertekend." in page.main
        assert "0 organisaties" in page.main

    def test_it_sets_no_cookie_for_who_only_reads(self, client: Client, signers: None) -> None:
        page = client.get("register.signatories", soort="gemeente", q="linde")
        assert "Set-Cookie" not in page.headers

    def test_it_speaks_english_under_its_own_address(self, client: Client, signers: None) -> None:
        page = client.get("/en/ondertekenaars")
        assert page.language == "en"
        assert "Supplier" in page.main
        assert "1 June 2021" in page.main or "2021" in page.main


class TestFilter:
    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"soort": "leverancier"}, ["Kompas & Koppeling BV"]),
            (
                {"soort": ["gemeente", "leverancier"], "status": "ondertekenaar"},
                ["Gemeente Bûtermar", "Gemeente Oud-Linde", "Kompas & Koppeling BV"],
            ),
            ({"provincie": "utrecht"}, ["Gemeente Ganzenwaard", "Gemeente Oud-Linde"]),
            ({"status": "voormalig"}, ["Gemeente Ganzenwaard"]),
            ({"provincie": "utrecht", "status": "ondertekenaar"}, ["Gemeente Oud-Linde"]),
            ({"provincie": "zeeland"}, []),
            ({"provincie": "atlantis", "soort": "niets", "status": "weg"}, None),
        ],
        ids=["kind", "kinds", "province", "former", "both", "nothing there", "unknown values"],
    )
    def test_it_keeps_to_what_the_address_asks(
        self,
        client: Client,
        signers: None,
        asked: dict[str, str],
        found: list[str] | None,
    ) -> None:
        page = client.get("register.signatories", **asked)
        if found is None:
            assert len(named(page)) == 4
        else:
            assert named(page) == found

    def test_it_shows_each_filter_with_a_way_to_take_it_off(
        self, client: Client, signers: None
    ) -> None:
        page = client.get("register.signatories", provincie="utrecht", status="voormalig")
        chips = page.soup.select(".chips a")
        words = [chip.get_text(" ", strip=True) for chip in chips]
        assert any("Utrecht" in word for word in words)
        without = next(chip for chip in chips if "Utrecht" in chip.get_text())
        assert named(client.get(str(without["href"]))) == ["Gemeente Ganzenwaard"]

    def test_it_fills_in_what_was_asked_and_sends_it_again(
        self, client: Client, signers: None
    ) -> None:
        page = client.get("register.signatories", soort="gemeente", q="linde")
        form = page.form()
        assert form.fields["soort"] == ["gemeente"]
        assert form.fields["q"] == "linde"
        assert named(form.submit(q="ganzen")) == ["Gemeente Ganzenwaard"]

    def test_it_counts_the_former_ones_as_former(self, client: Client, signers: None) -> None:
        assert (
            "1 voormalig ondertekenaar"
            in client.get("register.signatories", status="voormalig").main
        )
        assert "3 ondertekenaars" in client.get("register.signatories", status="ondertekenaar").main


class TestWords:
    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("bûtermar", ["Gemeente Bûtermar"]),
            ("Butermar", ["Gemeente Bûtermar"]),
            ("BÛTERMAR", ["Gemeente Bûtermar"]),
            ("oud-linde", ["Gemeente Oud-Linde"]),
            ("oud linde", ["Gemeente Oud-Linde"]),
            ("linde gemeente", ["Gemeente Oud-Linde"]),
            ("koppelingen vervangen", ["Kompas & Koppeling BV"]),
            ("%", []),
            ("but%mar", []),
            ("_", []),
            ("\\", []),
            ("nergens", []),
            ("' OR 1=1 --", []),
        ],
    )
    def test_it_finds_names_and_descriptions(
        self, client: Client, signers: None, words: str, found: list[str]
    ) -> None:
        page = client.get("register.signatories", q=words)
        if any(map(str.isalnum, words)):
            assert named(page) == found
        else:
            assert len(named(page)) == 4

    def test_it_finds_a_name_of_the_past(self, client: Client, app: Flask) -> None:
        signer = make_signer("Gemeente Noorderkoog")
        with write_section():
            signer.names.append(
                OrganisationName(
                    name="Gemeente Koogerland",
                    match_name="koogerland",
                    valid_until=date(2022, 12, 31),
                )
            )
        catch_up()
        page = client.get("register.signatories", q="Koogerland")
        assert named(page) == ["Gemeente Noorderkoog"]

    def test_it_does_not_look_into_descriptions_that_wait(self, client: Client, app: Flask) -> None:
        signer = make_signer("Gemeente Lindewoude", profile="Bos en rivier.")
        make_profile(signer, state="pending", body="Geheime plannen.")
        catch_up()
        assert named(client.get("register.signatories", q="rivier")) == ["Gemeente Lindewoude"]
        assert named(client.get("register.signatories", q="geheime")) == []

    def test_it_helps_who_finds_nothing(self, client: Client, signers: None) -> None:
        page = client.get("register.signatories", q="zzz")
        assert "Geen ondertekenaars gevonden" in page.main
        assert "dan niet ondertekend, of staat hier onder een andere naam" in page.main
        assert named(page.follow("Toon alle ondertekenaars"))
        # With another filter that would be saying too much.
        page = client.get("register.signatories", q="Lindewoude", provincie="limburg")
        assert "Geen ondertekenaars gevonden" in page.main
        assert "niet ondertekend" not in page.main


class TestOrder:
    def test_it_puts_the_latest_signature_first_when_asked(
        self, client: Client, signers: None
    ) -> None:
        page = client.get("register.signatories", sorteer="nieuwste")
        assert named(page) == [
            "Kompas & Koppeling BV",
            "Gemeente Bûtermar",
            "Gemeente Ganzenwaard",
            "Gemeente Oud-Linde",
        ]

    def test_it_leads_through_all_pages_and_back(self, client: Client, app: Flask) -> None:
        for number in range(30):
            make_signer(f"Gemeente {number}", signed_on=date(2020, 1, 1 + number // 2))
        for order in ("naam", "nieuwste"):
            first = client.get("register.signatories", sorteer=order)
            second = first.follow("Volgende")
            assert (len(named(first)), len(named(second))) == (24, 6)
            assert len({*named(first), *named(second)}) == 30
            assert "Volgende" not in second.links
            assert "1 tot en met 24 van 30" in first.main
            assert "25 tot en met 30 van 30" in second.main
            assert "(1 tot en met 24 van 30)" in first.title
            assert "(25 tot en met 30 van 30)" in second.title
            assert named(second.follow("Vorige")) == named(first)

    def test_it_keeps_the_filter_on_the_next_page(self, client: Client, app: Flask) -> None:
        for number in range(28):
            make_signer(f"Gemeente {number}", province="drenthe")
        make_signer("Kompas BV", kind_slug="leverancier", province="drenthe")
        second = client.get("register.signatories", soort="gemeente").follow("Volgende")
        assert named(second) == ["Gemeente 24", "Gemeente 25", "Gemeente 26", "Gemeente 27"]
        assert "28 organisaties" in second.main
        assert "Ondertekenaars: Gemeente (25 tot en met 28 van 28)" in second.title

    @pytest.mark.parametrize("cursor", ["x", "W10", "eyJhIjoxfQ", "%00", "ä" * 30])
    def test_it_begins_at_the_beginning_with_a_broken_place(
        self, client: Client, signers: None, cursor: str
    ) -> None:
        assert len(named(client.get("register.signatories", na=cursor))) == 4


class TestQueries:
    def test_it_asks_the_database_equally_often_for_one_as_for_many(
        self, client: Client, app: Flask
    ) -> None:
        make_commitment(make_signer("Gemeente 0"))
        client.get("register.signatories")
        # What was counted for the page before is not counted again: so something changes here.
        make_commitment(make_signer("Gemeente 1"))
        with count_queries() as few:
            client.get("register.signatories")
        for number in range(2, 20):
            signer = make_signer(f"Gemeente {number}", profile="Wij doen mee.")
            make_commitment(signer, progress="gereed")
        with count_queries() as many:
            page = client.get("register.signatories")
        assert len(named(page)) == 20
        assert len(few) == len(many) <= 10


class TestGemeenten:
    def test_it_holds_all_342_gemeenten(
        self, client: Client, app: Flask, shared_data: Path
    ) -> None:
        with (shared_data / "gemeenten.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        with write_section():
            slugs = {
                make_signer(row["naam"], province=find_province(row["provincie"])).slug
                for row in rows
            }
        assert len(slugs) == len(rows) == 342
        assert all(slug and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs)

        seen, page = [], client.get("register.signatories", soort="gemeente")
        seen += named(page)
        while "Volgende" in page.links:
            page = page.follow("Volgende")
            seen += named(page)
        assert sorted(seen) == sorted(row["naam"] for row in rows)
        assert seen == sorted(seen, key=sort_key)
        assert seen.index("s-Hertogenbosch") > seen.index("Rijswijk")

        drenthe = [row["naam"] for row in rows if row["provincie"] == "Drenthe"]
        asked = client.get("register.signatories", provincie="drenthe")
        assert sorted(named(asked)) == sorted(drenthe)
        catch_up()
        for typed, name in (("sudwest-fryslan", "Súdwest-Fryslân"), ("Súdwest", "Súdwest-Fryslân")):
            assert name in named(client.get("register.signatories", q=typed))
        shown = client.get("register.signatory", slug=slugify("Súdwest-Fryslân"))
        assert shown.h1 == "Súdwest-Fryslân"


def test_it_shows_at_once_what_changed(client: Client, app: Flask) -> None:
    signer = make_signer("Gemeente Lindewoude")
    for path in ("/ondertekenaars", "/ondertekenaars?soort=gemeente"):
        assert "nog geen" in client.get(path).main
    make_commitment(signer, progress="gereed")
    make_signer("Gemeente Bronrivier")
    for path in ("/ondertekenaars", "/ondertekenaars?soort=gemeente"):
        page = client.get(path)
        assert named(page) == ["Gemeente Bronrivier", "Gemeente Lindewoude"]
        assert "1 van 1 gereed" in page.main
