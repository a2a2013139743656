"""Every page has a title of its own: in a row of tabs, in a list of results, read aloud."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.accounts.models import Account
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
        viewer = viewers.split()[0]
        if viewer not in readers:
            readers[viewer] = sign_in(None if viewer == "visitor" else world[viewer])
        for path in dict.fromkeys(path.format(**world) for path in paths):
            for root in ("", "/en"):
                page = readers[viewer].get(f"{root}{path}")
                if page.location is not None:
                    continue
                assert page.status == 200, page.path
                titles[f"{page.language}: {page.title}"].add(page_at(path))
    shared = {title: sorted(paths) for title, paths in titles.items() if len(paths) > 1}
    assert shared == {}


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
