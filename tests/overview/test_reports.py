"""The pages of yearly reports, for readers and for the vereniging."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from bs4 import Tag

from portal.commitments.models import Commitment
from portal.core import clock
from portal.core.db import db, write_section
from portal.reports import queries
from tests import factories as make
from tests.harness.client import Client
from tests.harness.papers import read_pdf
from tests.overview.scenes import fill
from tests.overview.test_views import links

SignIn = Callable[..., Client]
DAY = date(2021, 12, 31)


def length_of(client: Client, address: str) -> int:
    head = client.get(address).soup.select_one(".result-head h2")
    assert isinstance(head, Tag)
    return int(head.get_text(strip=True).split()[0])


class TestReport:
    def test_each_number_opens_the_list_that_it_counts(self, client: Client) -> None:
        fill(Random(4), most=10)
        make.make_report(counted_on=DAY)
        shown = links(client.get("/jaarverslagen/2021-1"))
        assert len(shown) > 8
        for address, number in list(shown.items())[::3]:
            assert address.startswith("/jaarverslagen/2021-1/")
            assert length_of(client, address) == number, address

    def test_it_says_of_which_day_and_moment_it_is(self, client: Client) -> None:
        report = make.make_report(counted_on=DAY, introduction="Een <b>goed</b> jaar.")
        page = client.get(f"/jaarverslagen/{report.key}")
        assert "31 december 2021" in page.main
        assert "Deze cijfers veranderen niet meer." in page.main
        assert "Een <b>goed</b> jaar." in page.main

    def test_it_names_the_report_that_puts_it_right_and_the_other_way(self, client: Client) -> None:
        first = make.make_report(counted_on=DAY)
        make.make_report(counted_on=DAY, earlier=first, correction="Twee ontbraken.")
        assert "Jaarverslag 2021-2" in client.get("/jaarverslagen/2021-1").main
        later = client.get("/jaarverslagen/2021-2").main
        assert "jaarverslag 2021-1" in later
        assert "Twee ontbraken." in later

    def test_a_line_stands_for_what_was_hidden_since(self, client: Client) -> None:
        promise = make.make_commitment(title="Iets geheims", promised_on=date(2021, 3, 1))
        make.make_report(counted_on=DAY)
        with write_section():
            db.session.get_one(Commitment, promise.id).hidden_at = clock.now()
        address = "/jaarverslagen/2021-1/toezeggingen"
        page = client.get(address)
        assert "Verborgen na vaststelling" in page.main
        assert "Iets geheims" not in str(page.soup)
        assert length_of(client, address) == 1

    def test_its_lists_name_their_filters(self, client: Client) -> None:
        fill(Random(4), most=10)
        make.make_report(counted_on=DAY)
        query = "?gebeurd=toegezegd&laag=data&organisatiesoort=gemeente"
        page = client.get(f"/jaarverslagen/2021-1/toezeggingen{query}")
        assert len(page.soup.select(".chip")) == 3
        page = client.get("/jaarverslagen/2021-1/ondertekenaars?getekend=2019&provincie=utrecht")
        assert len(page.soup.select(".chip")) == 2

    def test_it_can_be_taken_along_as_a_pdf(self, client: Client) -> None:
        fill(Random(4), most=10)
        report = make.make_report(counted_on=DAY, introduction="#panic() in een $jaar$")
        answer = client.get("/jaarverslagen/2021-1.pdf")
        read = read_pdf(answer.body)
        assert (read.title, read.language, read.is_tagged) == ("Jaarverslag 2021-1", "nl", True)
        assert not read.absent_fonts
        assert "#panic() in een $jaar$" in read.text
        assert "Peildatum: 31 december 2021" in read.text
        opened = {link.partition("//")[2].partition("/")[2] for link in read.links}
        shown = links(client.get(f"/jaarverslagen/{report.key}"))
        assert {address[1:] for address in shown} <= opened

    def test_a_draft_is_for_the_vereniging_alone(self, client: Client, sign_in: SignIn) -> None:
        draft = make.make_report(state="draft", counted_on=DAY)
        for address in ("", "/toezeggingen", "/ondertekenaars", ".pdf"):
            assert client.get(f"/jaarverslagen/{draft.key}{address}").status == 404
        steward = sign_in(make.make_moderator())
        assert "Dit is een concept" in steward.get(f"/jaarverslagen/{draft.key}").main


def test_they_are_listed_the_newest_first(client: Client) -> None:
    assert "nog geen jaarverslagen" in client.get("/jaarverslagen").main
    for day in (date(2020, 12, 31), DAY, DAY):
        make.make_report(counted_on=day)
    make.make_report(counted_on=DAY, state="draft")
    titles = [link.get_text() for link in client.get("/jaarverslagen").soup.select(".rows a")]
    assert titles == ["Jaarverslag 2021-2", "Jaarverslag 2021-1", "Jaarverslag 2020-1"]


class TestMaking:
    def test_it_is_made_read_and_established(self, client: Client, sign_in: SignIn) -> None:
        make.make_commitment(title="Toegezegd", promised_on=date(2021, 3, 1))
        steward = sign_in(make.make_moderator())
        form = steward.get("/redactie/jaarverslagen/nieuw").form()
        draft = form.submit(counted_on="31-12-2021", introduction="Het eerste verslag.")
        assert "Het eerste verslag." in draft.main
        address = next(
            str(link["href"]) for link in draft.soup.select("a") if "vaststellen" in link["href"]
        )
        steward.get(address).form().submit()
        assert "Het eerste verslag." in client.get("/jaarverslagen/2021-1").main
        assert "Jaarverslag 2021-1" in client.get("/veranderingen", follow=True).main

    def test_it_says_beside_the_field_what_is_wrong_and_keeps_the_rest(
        self, sign_in: SignIn
    ) -> None:
        steward = sign_in(make.make_moderator())
        form = steward.get("/redactie/jaarverslagen/nieuw").form()
        page = form.submit(counted_on=clock.today().isoformat(), introduction="Blijft staan.")
        assert page.status == 422
        assert "Kies een dag die voorbij is." in page.main
        assert "Blijft staan." in str(page.soup)

    def test_nobody_establishes_what_a_colleague_changed_meanwhile(self, sign_in: SignIn) -> None:
        draft = make.make_report(state="draft", counted_on=DAY)
        steward = sign_in(make.make_moderator())
        form = steward.get(f"/redactie/jaarverslagen/{draft.id}/vaststellen").form()
        steward.get(f"/redactie/jaarverslagen/{draft.id}/bewerken").form().submit(
            counted_on="2020-12-31"
        )
        assert "Een collega heeft dit concept intussen gewijzigd" in form.submit().main
        assert not queries.established()

    def test_a_draft_can_be_thrown_away(self, sign_in: SignIn) -> None:
        draft = make.make_report(state="draft", counted_on=DAY)
        steward = sign_in(make.make_moderator())
        steward.get(f"/jaarverslagen/{draft.key}").form("/verwijderen").submit()
        assert not queries.drafts()
