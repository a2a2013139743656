"""The boxes of pictures keep apart and inside, with nothing, one or five hundred to show."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from flask import current_app, render_template_string
from playwright.sync_api import Page

from portal.commitments.asked import TagChoices
from portal.commitments.queries.outcomes import ALL, KIND, LAYER, OUTCOMES, PRINCIPLE, YEAR, Counted
from portal.core import clock
from portal.organisations.provinces import PROVINCES
from portal.overview.lists import ListsAt
from portal.overview.pictures import pictures_of_promises, pictures_of_signatories
from portal.signatures.queries.counting import Signed
from portal.web.drawing import Picture
from portal.web.past import AsAt
from tests.harness.browser import assert_no_sideways_scroll, set_width

LONG = "Samenwerkingsverbanden en uitvoeringsorganisaties voor gegevensuitwisseling"
TAGS = TagChoices({"laag": LONG}, {"thema": LONG}, {"soort": LONG})
SHOWN = """{% from "components/picture.html" import picture, tiles %}<div class="pictures">
{%- for each in pictures %}{{ picture(each) }}{% endfor %}{{ tiles(provinces) }}</div>"""
# Boxes that stick out of their picture, lie over another of their row, or are too low to touch.
WRONG = """() => [...document.querySelectorAll("figure.picture")].flatMap(figure => {
  const box = each => each.getBoundingClientRect();
  const edge = box(figure), wrong = [];
  for (const row of figure.querySelectorAll(".bars__whole, .tiles__whole")) {
    const parts = [...row.children].map(box).filter(each => each.width && each.height);
    for (const [at, one] of parts.entries()) {
      if (one.left < edge.left - 1 || one.right > edge.right + 1)
        wrong.push("out: " + row.textContent);
      for (const other of parts.slice(at + 1))
        if (Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
            Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1)
          wrong.push("over: " + row.textContent);
    }
  }
  for (const link of figure.querySelectorAll("a"))
    if (link.checkVisibility() && box(link).height < 24) wrong.push("low: " + link.textContent);
  return wrong;
})"""


def pictures_of(number: int) -> Sequence[Picture]:
    """Return every picture with so many signatories, each with a promise in every way."""
    lists, year = ListsAt(AsAt(clock.today())), clock.today().year
    groups = {ALL: None, YEAR: str(year), KIND: "soort", LAYER: "laag", PRINCIPLE: "thema"}
    counted = [
        Counted(by, slug, outcome, number, number // 2)
        for by, slug in groups.items()
        for outcome in OUTCOMES
        if number
    ]
    signed = [
        Signed(year, province, 1, f"Bijeenkomst: {LONG}", clock.today(), number)
        for province in PROVINCES
        if number
    ]
    return (
        *pictures_of_promises(counted, TAGS, lists),
        *pictures_of_signatories(signed, lists),
    )


@pytest.mark.usefixtures("served")
def test_they_keep_apart_at_every_width(page: Page) -> None:
    page.goto("/waar-staan-we")
    for number in (0, 1, 500):
        with current_app.test_request_context("/"):
            *pictures, provinces = pictures_of(number)
            html = render_template_string(SHOWN, pictures=pictures, provinces=provinces)
        page.evaluate("html => { document.querySelector('main .wrap').innerHTML = html }", html)
        assert page.locator("figure.picture").count() == len(pictures) + 1
        for width in (320, 390, 1280):
            set_width(page, width)
            assert not page.evaluate(WRONG), (number, width)
        assert_no_sideways_scroll(page)
