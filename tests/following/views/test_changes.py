"""Feeds and calendars, read back by programs that know nothing of this portal."""

from __future__ import annotations

from typing import Any

import feedparser
import pytest
from flask import Flask

from portal.lifecycle.claims import EnteredAs
from tests.commitments.scenes import Scene, moment, publish, signatory
from tests.factories import make_commitment, make_organisation, make_signature
from tests.harness.client import Client
from tests.harness.indexing import catch_up

SIGNED = "Ondertekend. "
HOSTILE = 'Plan <b>&amp; "zo"</b>; met, komma’s \\ en → ' + "een heel lange naam " * 4


@pytest.fixture
def scene(app: Flask, set_clock: Any) -> Scene:
    set_clock(moment(2019, 7, 3))
    return signatory()


def read(client: Client, address: str) -> Any:
    """Return a feed as a feed reader has it."""
    answer = client.get(address)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(answer.body)
    assert not found.bozo, found.bozo_exception
    return found


class TestFeed:
    def test_a_feed_of_everything_names_each_change_once(
        self, client: Client, scene: Scene, set_clock: Any
    ) -> None:
        set_clock(moment(2019, 9, 2))
        title = HOSTILE[:110]
        commitment = publish(scene, title)
        found = read(client, "/veranderingen.atom")
        entry = found.entries[0]
        cited = f"{scene.organisation.name}: {title.strip()} (GP-{commitment.short_number})"
        assert entry.title == f"Toegezegd. {cited}"
        assert entry.link.endswith(f"/toezeggingen/{commitment.slug}")
        assert entry.updated_parsed[:3] == (2019, 9, 2)
        assert "eind 2020" in entry.content[0].value
        assert len({each.id for each in found.entries}) == len(found.entries)
        assert [link.href for link in found.feed.links if link.rel == "self"] == [found.feed.id]
        again = read(client, "/veranderingen.atom")
        assert [each.id for each in again.entries] == [each.id for each in found.entries]
        assert read(client, "/en/veranderingen.atom").feed.title.endswith("What changed")

    def test_a_page_leads_to_the_feed_of_what_it_shows(
        self, client: Client, scene: Scene, set_clock: Any
    ) -> None:
        set_clock(moment(2019, 9, 2))
        own, other = publish(scene, "Van ons"), publish(signatory(), "Van een ander")
        catch_up()
        name = scene.organisation.name
        feeds = {
            f"/toezeggingen/{own.slug}": ["Van ons"],
            f"/ondertekenaars/{scene.organisation.slug}": ["Van ons", SIGNED + name],
            "/toezeggingen?q=ons": ["Van ons"],
            "/toezeggingen": ["Van ons", "Van een ander"],
        }
        assert own.slug != other.slug
        for address, titles in feeds.items():
            page = client.get(address)
            link = page.soup.select_one('main a[type="application/atom+xml"]')["href"]
            entries = read(client, link).entries
            about = [entry.title.split(" (GP-")[0].rpartition(": ")[2] for entry in entries]
            assert sorted(about) == sorted(titles), address

    def test_signatories_are_a_feed_with_the_filters_of_their_list(self, client: Client) -> None:
        for kind in ("gemeente", "leverancier"):
            make_signature(make_organisation(name=f"Een {kind} (fictief)", kind_slug=kind))
        page = client.get("/ondertekenaars?soort=leverancier")
        link = page.soup.select_one('main a[type="application/atom+xml"]')["href"]
        assert [entry.title for entry in read(client, link).entries] == [
            "Een leverancier (fictief)"
        ]

    def test_what_the_vereniging_entered_is_not_said_by_the_signatory(self, client: Client) -> None:
        commitment = make_commitment(
            entered_as=EnteredAs.VERENIGING, source_title="Een nieuwsbericht", term="begin 2030"
        )
        (entry,) = read(client, "/toezeggingen.atom").entries
        assert entry.author != commitment.organisation.name
