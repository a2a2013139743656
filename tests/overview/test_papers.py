"""Where we stand, to take along for a council paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from flask import Flask

from portal.core.i18n import number_words
from tests.factories import layer, make_commitment
from tests.harness.client import Client
from tests.harness.papers import read_pdf
from tests.overview.scenes import fill
from tests.overview.test_views import links
from tests.register.signers import make_signer


class TestPaper:
    def test_it_shows_the_numbers_of_the_page_and_opens_their_lists(self, client: Client) -> None:
        fill(Random(4), most=10)
        shown = links(client.get("/waar-staan-we?peildatum=2022-06-01"))
        read = read_pdf(client.get("/waar-staan-we.pdf?peildatum=2022-06-01").body)
        assert "Peildatum: 1 juni 2022" in read.text
        opened = {link.partition("//")[2].partition("/")[2] for link in read.links}
        assert len(shown) > 8
        assert {address[1:] for address in shown} <= opened
        for number in shown.values():
            assert number_words(number) in read.text
        assert "waar-staan-we?peildatum=2022-06-01" in opened

    def test_it_speaks_english(self, client: Client) -> None:
        make_signer("Gemeente Lindewoude", signed_on=date(2019, 7, 3))
        read = read_pdf(client.get("/en/waar-staan-we.pdf").body)
        assert read.language == "en"
        assert "Where do we stand?" in read.text
        assert any("/en/ondertekenaars" in link for link in read.links)

    def test_it_is_a_file_with_a_name(self, client: Client) -> None:
        answer = client.get("/waar-staan-we/provincies.png")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="provincies.png"'
        assert answer.headers["Content-Type"] == "image/png"

    def test_it_is_made_of_one_picture(self, client: Client) -> None:
        make_commitment(term="eind 2030")
        read = read_pdf(client.get("/waar-staan-we/jaren.pdf").body)
        assert "2030" in read.text
        assert "Per thema" not in read.text
        assert any(link.endswith("/waar-staan-we#jaren") for link in read.links)
        assert client.get("/waar-staan-we/anders.pdf").status == 404

    def test_it_shows_nothing_where_there_is_nothing(self, client: Client) -> None:
        for name in ("toezeggingen", "jaren", "getekend"):
            assert read_pdf(client.get(f"/waar-staan-we/{name}.pdf").body).is_tagged


class TestTimeline:
    def test_it_names_the_filter_and_the_words_of_each_term(self, client: Client) -> None:
        make_commitment(title="Met laag", term="eind 2030", layers=[layer("data")])
        make_commitment(title="Zonder laag", term="begin 2030")
        answer = client.get("/waar-staan-we/tijdlijn.pdf?laag=data&periode=2030")
        read = read_pdf(answer.body)
        assert "Met laag" in read.text
        assert "eind 2030" in read.text
        assert "Zonder laag" not in read.text
        assert "Filter: " in read.text
        assert any(link.endswith("/tijdlijn?laag=data&periode=2030") for link in read.links)


def test_one_source_takes_no_more_papers_than_it_may(make_app: Callable[..., Flask]) -> None:
    visitor = Client(make_app(RATE_LIMITS="on", LIMIT_PAPER="1"))
    assert visitor.get("/waar-staan-we/provincies.png").status == 200
    assert visitor.get("/waar-staan-we.pdf").status == 429
    assert visitor.get("/waar-staan-we").status == 200
