"""Somebody types the first letters of a name, and goes where it leads without a mouse."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from portal.search.indexing import index_some
from tests import factories as make
from tests.harness.served import ServedPortal
from tests.journeys.promisers import NAME, supplier
from tests.journeys.steps import look, main

Come = Callable[..., Page]
TITLE = "Gegevens blijven bij de bron"


def test_it_suggests_by_keyboard_and_searches_without(served: ServedPortal, come: Come) -> None:
    make.make_commitment(supplier(), title=TITLE)
    while index_some():
        pass
    reader = come(width=320)
    reader.goto("/groeipact")
    field = reader.get_by_role("combobox", name="Zoek in het hele portaal")
    field.press_sequentially("geg")
    option = reader.get_by_role("option", name=TITLE)
    expect(option).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    look(reader)
    field.press("Escape")
    expect(option).to_be_hidden()
    expect(field).to_have_value("geg")

    field.fill(NAME[:5])
    expect(reader.get_by_role("option", name=NAME).first).to_be_visible()
    field.press("ArrowUp")
    field.press("ArrowDown")
    expect(reader.locator("[role=option][aria-selected=true]")).to_have_count(0)
    field.press("ArrowDown")
    field.press("Enter")
    expect(main(reader).get_by_role("heading", level=1, name=NAME)).to_be_visible()

    field = reader.get_by_role("combobox")
    field.fill("gegevens bron")
    field.press("Enter")
    expect(reader).to_have_url(re.compile(r"/zoeken\?q=gegevens\+bron$"))
    expect(main(reader).get_by_role("link", name=TITLE)).to_be_visible()
