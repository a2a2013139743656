"""How pages stand beside each other, in a real browser."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.factories import make_moderator
from tests.harness.served import ServedPortal

TOP = "document.querySelector('h1').getBoundingClientRect().top"
WIDEST = """Math.max(...[...document.querySelectorAll("main form")]
  .map(form => form.getBoundingClientRect().width))"""
WITHOUT_CRUMBS = ("/inloggen", "/registreren")
FORMS = ("/beheer/vereniging", "/beheer/woorden/lagen", "/werkvoorraad/historisch")


def test_it_sets_headings_at_one_height_and_forms_in_one_width(
    served: ServedPortal, page: Page
) -> None:
    tops, widths = [], set()
    for path in WITHOUT_CRUMBS:
        page.goto(path)
        tops.append(page.evaluate(TOP))
    served.sign_in(page, make_moderator(is_beheerder=True))
    for path in FORMS:
        page.goto(path)
        tops.append(page.evaluate(TOP))
        widths.add(page.evaluate(WIDEST))
    assert max(tops) - min(tops) <= 1
    assert len(widths) == 1
