"""One year of one signatory, on a page and on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from portal.comments.queries.answering import Answers
from portal.commitments.models import Commitment
from portal.core import clock
from portal.core.db import db, write_section
from portal.organisations.models import Organisation
from portal.papers.paper import Table
from portal.register.views.years import _blocks
from portal.register.years import Year, year_of
from tests import factories as make
from tests.harness.client import Client
from tests.harness.papers import read_pdf
from tests.register.signers import make_signer

IN_2021 = datetime(2021, 6, 1, tzinfo=UTC)


@pytest.fixture
def signer(app: Flask) -> Organisation:
    return make_signer("Gemeente Lindewoude", signed_on=date(2019, 7, 3))


def titles(year: Year) -> dict[str, list[str]]:
    return {part.name: [row.title for row in part.rows] for part in year.parts if part.rows}


def promise(signer: Organisation, title: str, **more: Any) -> Commitment:
    return make.make_commitment(signer, **{"promised_on": date(2019, 8, 1), **more}, title=title)


def test_it_tells_what_happened_in_the_year_and_how_it_ended(signer: Organisation) -> None:
    promise(signer, "Nieuw", promised_on=date(2021, 2, 1), term="eind 2090")
    done = promise(signer, "Klaar", term="eind 2090")
    make.make_update(done, progress="gereed", told_on=date(2021, 3, 1))
    later = promise(signer, "Later klaar", term="in 2020")
    make.make_update(later, progress="gereed", told_on=date(2022, 3, 1))
    promise(make_signer("Een ander"), "Van een ander", promised_on=date(2021, 2, 1))
    assert titles(year_of(signer, 2021)) == {
        "toegezegd": ["Nieuw"],
        "gereed": ["Klaar"],
        "bericht": ["Klaar"],
        "te-laat": ["Later klaar"],
    }
    assert titles(year_of(signer, 2022)) == {"gereed": ["Later klaar"], "bericht": ["Later klaar"]}


def test_it_leaves_out_what_is_hidden(signer: Organisation) -> None:
    hidden = promise(signer, "Verborgen", promised_on=date(2021, 2, 1))
    with write_section():
        db.session.get_one(Commitment, hidden.id).hidden_at = clock.now()
    year = year_of(signer, 2021)
    assert (titles(year), year.promise_count) == ({}, 0)


def test_it_counts_the_comments_that_were_answered(signer: Organisation) -> None:
    about = promise(signer, "Besproken").discussion
    asked = [make.make_comment(about) for _ in range(3)]
    make.make_comment(about, parent=asked[0], organisation=signer)
    make.make_comment(about, parent=asked[1])
    make.make_comment(about, state="pending")
    year = year_of(signer, clock.today().year)
    assert year.answers == (3, 1)
    assert year.answer_words == "3 reacties kwamen binnen, 1 beantwoord."
    assert year_of(signer, 2021).answers == (0, 0)


class TestPage:
    def test_it_has_a_part_for_each_number(self, client: Client, signer: Organisation) -> None:
        promise(signer, "Nieuw", promised_on=date(2021, 2, 1), term="eind 2090")
        page = client.get(f"/ondertekenaars/{signer.slug}/jaar/2021")
        assert "Gemeente Lindewoude: ons jaar 2021" in page.main
        for link in page.soup.select(".definitions a"):
            part = str(link["href"]).removeprefix("#")
            rows = page.soup.select(f"section[aria-labelledby={part}] .rows > li")
            assert len(rows) == int(link.get_text())

    def test_it_is_reached_from_the_page_of_the_signatory(
        self, client: Client, signer: Organisation
    ) -> None:
        this_year = clock.today().year
        page = client.get(f"/ondertekenaars/{signer.slug}").follow(f"Ons jaar {this_year}")
        assert f"ons jaar {this_year}" in page.main

    @pytest.mark.parametrize("number", [2018, 2300, 99999999999])
    def test_it_knows_no_year_before_the_first_signature_or_after_this_one(
        self, client: Client, signer: Organisation, number: int
    ) -> None:
        for ending in ("", ".pdf"):
            page = client.get(f"/ondertekenaars/{signer.slug}/jaar/{number}{ending}")
            assert page.status == 404


def test_it_is_a_pdf_that_can_be_read_aloud(client: Client, signer: Organisation) -> None:
    promise(signer, "#panic() voor $50$", promised_on=date(2021, 2, 1), term="eind 2090")
    read = read_pdf(client.get(f"/en/ondertekenaars/{signer.slug}/jaar/2021.pdf").body)
    assert read.is_tagged
    assert not read.absent_fonts
    assert read.language == "en"
    assert read.title == "Gemeente Lindewoude: our year 2021"
    assert "#panic() voor $50$" in read.text
    assert any(link.endswith(f"/en/ondertekenaars/{signer.slug}/jaar/2021") for link in read.links)


def test_it_writes_large_numbers_as_the_language_does(signer: Organisation) -> None:
    year = replace(year_of(signer, 2021), promise_count=12_345, answers=Answers(2_000, 1_234))
    assert year.answer_words == "2.000 reacties kwamen binnen, 1.234 beantwoord."
    table = next(block for block in _blocks(year) if isinstance(block, Table))
    assert table.rows[0][1].text == "12.345"
