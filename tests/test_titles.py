"""Every page has a title of its own: in a row of tabs, in a list of results, read aloud."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.comments.actions import hide
from portal.core.db import write_section
from tests import factories as make
from tests.harness.client import Client
from tests.journeys.examples import PAGES, make_world

# Addresses of one page: with a form of it open, by the link of a mail, on the way to another.
SAME = {
    r"(/werkvoorraad/\w+/\d+)/\w+": r"\1",
    r"/bezwaar-tegen-toegang/[\w-]+": "/organisaties/1/toegangsvoorstellen/2/bezwaar",
    r"/inloggen\?verder=.*": "/inloggen",
}


def page_at(path: str) -> str:
    """The address that stands for the page at `path`."""
    for pattern, one in SAME.items():
        path = re.sub(f"^{pattern}$", one, path)
    return path


@pytest.mark.timeout(600)
def test_it_is_shared_by_no_two_addresses_of_a_language(
    app: Flask, sign_in: Callable[[Account | None], Client]
) -> None:
    world: dict[str, Any] = make_world()
    readers: dict[str, Client] = {}
    titles: dict[str, set[str]] = defaultdict(set)
    for viewers, *paths in PAGES.values():
        for number, viewer in enumerate(viewers.split()):
            if viewer not in readers:
                readers[viewer] = sign_in(None if viewer == "visitor" else world[viewer])
            # What a further viewer sees otherwise, the templates tell apart in both languages.
            roots = ("", "/en") if number == 0 else ("",)
            for path in dict.fromkeys(path.format(**world) for path in paths):
                for root in roots:
                    page = readers[viewer].get(f"{root}{path}")
                    if page.location is not None:
                        continue
                    assert page.status == 200, page.path
                    titles[f"{page.language}: {page.title}"].add(page_at(path))
    shared = {title: sorted(paths) for title, paths in titles.items() if len(paths) > 1}
    assert shared == {}


def test_it_says_which_part_of_a_list_or_a_discussion_a_page_shows(
    app: Flask, sign_in: Callable[[Account | None], Client]
) -> None:
    moderator, other = make.make_moderator(), make.make_moderator()
    with write_section():
        articles = [make.make_article(title=f"Nieuws {number}") for number in range(27)]
        signature = make.make_signature()
        commitment = make.make_commitment(signature.organisation)
        discussed = (articles[0], signature, commitment)
        for number in range(153):
            make.make_comment(discussed[number % 3].discussion, author=moderator)
        for _ in range(24):
            make.make_comment(articles[1].discussion, state="pending")
            comment = make.make_comment(articles[1].discussion)
            hide(comment, ground="other", reason="Daarom.", by=other)
    desk = sign_in(moderator)
    titles: list[str] = []
    for path, count in {
        f"/nieuws/{articles[0].slug}": 2,
        f"/ondertekenaars/{signature.organisation.slug}": 2,
        f"/toezeggingen/{commitment.slug}": 2,
        "/nieuws": 2,
        "/redactie/nieuws": 2,
        "/werkvoorraad": 2,
        "/werkvoorraad/afgehandeld": 9,
        "/werkvoorraad/afgehandeld?soort=reacties": 9,
        "/werkvoorraad/verborgen": 2,
        "/account/reacties": 8,
    }.items():
        pages = [desk.get(path)]
        while len(pages) < count:
            pages.append(pages[-1].follow("Volgende"))
            position = pages[-1].soup.select_one(".pager__position").get_text()
            assert f"({position.lower()}) – " in pages[-1].title
        assert "Volgende" not in pages[-1].links
        titles += [page.title for page in pages]
    assert sorted(titles) == sorted(set(titles))


def test_it_names_what_a_list_is_narrowed_to_and_which_rows_it_shows(client: Client) -> None:
    organisation = make.make_signature().organisation
    for number in range(30):
        make.make_commitment(organisation, title=f"Plan {number:02}", progress="loopt")
    first = client.get("/toezeggingen?stand=loopt&soort=whitepaper&sorteer=titel")
    second = first.follow("Volgende")
    begin = "Toezeggingen: whitepaper, loopt, op titel"
    assert first.title.startswith(f"{begin} (1 tot en met 25 van 30) – ")
    assert second.title.startswith(f"{begin} (26 tot en met 30 van 30) – ")
    assert second.soup.select_one(".pager__position").get_text() == "26 tot en met 30 van 30"
    english = client.get(f"/en{second.path}")
    assert "(26 to 30 of 30)" in english.title
    promise = client.get("/toezeggingen/plan-03")
    assert promise.title.startswith(f"Plan 03, {organisation.name} – ")
    whole = client.get("/toezeggingen?q=Plan+03")
    assert whole.title.startswith("Toezeggingen: “Plan 03” – ")
    assert whole.soup.select_one(".pager") is None
