"""The map of the public pages, for search engines."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from flask import Flask

from portal.core.db import write_section
from portal.home import queries
from tests import factories as make
from tests.harness.client import Client
from tests.harness.portal import count_queries

PLACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
TWIN = "{http://www.w3.org/1999/xhtml}link"


def places(client: Client, address: str) -> list[str]:
    """The addresses that a part of the map names."""
    answer = client.raw.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    return [str(found.text) for found in ElementTree.fromstring(answer.data).iter(PLACE)]


def mapped(client: Client) -> list[str]:
    """The paths of all pages on the map."""
    parts = places(client, "/sitemap.xml")
    return [
        page.removeprefix("http://localhost")
        for part in parts
        for page in places(client, part.removeprefix("http://localhost"))
    ]


def test_it_names_every_public_page_in_both_languages(client: Client) -> None:
    make.make_vereniging()
    organisation = make.make_signature().organisation
    commitment = make.make_commitment(organisation)
    article, version = make.make_article(), make.make_pact_version(label="1.0")
    found = mapped(client)
    assert len(found) == len(set(found))
    wanted = [
        "/",
        "/ondertekenaars",
        f"/ondertekenaars/{organisation.slug}",
        "/toezeggingen",
        f"/toezeggingen/{commitment.slug}",
        "/nieuws",
        f"/nieuws/{article.slug}",
        "/groeipact",
        f"/groeipact/versies/{version.label}",
        "/colofon",
    ]
    assert {*wanted, *(f"/en{page}" for page in wanted)} <= set(found)
    for page in found:
        assert client.get(page).status == 200
    part = client.raw.get("/sitemap/toezeggingen-0.xml").data
    twins = [dict(link.attrib) for link in ElementTree.fromstring(part).iter(TWIN)]
    place = f"/toezeggingen/{commitment.slug}"
    assert twins[:2] == [
        {"rel": "alternate", "hreflang": "nl", "href": f"http://localhost{place}"},
        {"rel": "alternate", "hreflang": "en", "href": f"http://localhost/en{place}"},
    ]


def test_it_names_nothing_that_a_visitor_may_not_read(client: Client) -> None:
    drafts = [make.make_commitment(state="draft", title="Geheim"), make.make_commitment()]
    hidden = drafts.pop()
    make.make_organisation(name="Nog niet openbaar")
    make.make_article(state="draft", title="Geheim nieuws")
    make.make_pact_version(state="draft", label="9.9")
    with write_section():
        hidden.hidden_at = datetime(2026, 1, 1, tzinfo=UTC)
    found = " ".join(mapped(client))
    for word in ("geheim", "nog-niet-openbaar", "9.9", str(hidden.slug)):
        assert word not in found
    assert client.get("/sitemap/nieuws-0.xml").status == 404


@pytest.mark.parametrize("part", ["toezeggingen-7", "paginas-1", "iets-0", f"nieuws-{10**30}"])
def test_it_has_no_part_without_pages(client: Client, part: str) -> None:
    make.make_commitment()
    assert client.get(f"/sitemap/{part}.xml").status == 404


def test_it_has_parts_that_never_grow(client: Client, app: Flask) -> None:
    near, far = make.make_commitment(title="Dichtbij"), make.make_commitment(title="Ver weg")
    with write_section():
        far.id = 2 * queries.PART_SIZE
    parts = [part for part in places(client, "/sitemap.xml") if "toezeggingen" in part]
    names = [part.removeprefix("http://localhost/sitemap/") for part in parts]
    assert names == ["toezeggingen-0.xml", "toezeggingen-2.xml"]
    for name, commitment in zip(names, (near, far), strict=True):
        with count_queries() as statements:
            found = places(client, f"/sitemap/{name}")
        assert found[0] == f"http://localhost/toezeggingen/{commitment.slug}"
        assert len(found) == 2
        assert len(statements) <= 3, statements
