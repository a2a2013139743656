"""What a page says of itself on paper."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Page, expect

from tests.factories import make_commitment
from tests.harness.client import Client
from tests.harness.indexing import catch_up
from tests.harness.served import ServedPortal

SHOWN = "link => getComputedStyle(link, '::after').content"


def told(page: Any) -> str:
    """What is said where a page was taken from; "" where nothing is."""
    found = page.soup.select_one(".paper")
    return " ".join(found.get_text().split()) if found else ""


def test_it_says_where_it_was_taken_from_and_when(client: Client, set_clock: Any) -> None:
    set_clock(datetime(2026, 11, 1, 12, tzinfo=UTC))
    for path in ("/", "/toezeggingen?laag=data&sorteer=titel", "/en/spelregels"):
        words = told(client.get(path))
        assert f"localhost{path} " in words
        assert ("1 November 2026" if path.startswith("/en") else "1 november 2026") in words
    # The front page is kept for visitors, but no longer than its day.
    set_clock(datetime(2026, 11, 2, 12, tzinfo=UTC))
    assert "2 november 2026" in told(client.get("/"))


def test_it_says_by_which_filters_a_list_was_made_and_how_much_was_found(
    client: Client, set_clock: Any
) -> None:
    make_commitment(title="Koppeling voor bijstand", kind="whitepaper")
    make_commitment(title="Iets anders")
    catch_up()
    paths = ["/toezeggingen?q=bijstand&soort=whitepaper", "/ondertekenaars?soort=gemeente"]
    for day in (3, 4):
        set_clock(datetime(2026, 12, day, 12, tzinfo=UTC))
        words = [
            " ".join(client.get(path).soup.select_one(".printed").get_text().split())  # type: ignore[union-attr]
            for path in paths
        ]
        assert words == [
            f"Gefilterd op: whitepaper; “bijstand”. Gevonden op {day} december 2026: 1.",
            f"Gefilterd op: Gemeente. Gevonden op {day} december 2026: 2.",
        ]
    assert not client.get("/toezeggingen").soup.select(".printed")


def test_it_does_not_print_the_key_in_an_address(client: Client) -> None:
    assert not told(client.get("/ondertekening-bevestigen/een-sleutel-die-niet-bestaat"))


def test_it_writes_out_the_links_that_a_reader_of_paper_needs(
    served: ServedPortal, page: Page
) -> None:
    commitment = make_commitment(
        source_title="Het raadsbesluit", source_url="https://raad.example/besluit"
    )
    page.goto("/toezeggingen?soort=whitepaper")
    printed = page.get_by_text("Gefilterd op: whitepaper.")
    expect(printed).to_be_hidden()
    page.emulate_media(media="print")
    expect(printed).to_be_visible()
    expect(page.get_by_label("Actieve filters")).to_be_hidden()
    page.emulate_media(media="screen")
    page.goto(f"/toezeggingen/{commitment.slug}")
    paper = page.locator(".paper")
    expect(paper).to_be_hidden()
    page.emulate_media(media="print")
    expect(paper).to_contain_text(f"/toezeggingen/{commitment.slug} ")
    facts = page.get_by_role("region", name="Kerngegevens")
    source = facts.get_by_role("link", name="Het raadsbesluit")
    assert "https://raad.example/besluit" in source.evaluate(SHOWN)
    maker = facts.get_by_role("link", name=commitment.organisation.name)
    assert f"/ondertekenaars/{commitment.organisation.slug}" in maker.evaluate(SHOWN)
    assert maker.evaluate(SHOWN).startswith('" (http')
