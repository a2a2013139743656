"""Every page that the portal has: there, for everybody, and no wider than its window."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.harness.browser import (
    WIDTHS,
    assert_accessible,
    assert_no_sideways_scroll,
    open_page,
    parts_of,
    set_width,
)
from tests.harness.seen import Seen
from tests.harness.served import ServedPortal
from tests.journeys.examples import FILES, PAGES, World, make_world

EXAMPLES = PAGES | FILES
# One of each kind of page: a list, a subject with its discussion, a form, a work page, a desk.
IN_ENGLISH_TOO = (
    "/",
    "/<any(spelregels, privacy, toegankelijkheid, colofon):slug>",
    "/account",
    "/mijn-werk",
    "/beheer/vereniging",
    "/groeipact",
    "/inloggen",
    "/nieuws/<slug>",
    "/ondertekenaars",
    "/ondertekenaars/<slug>",
    "/ondertekening-bevestigen/<token>",
    "/ondertekeningen/<int:signature_id>",
    "/organisaties/<int:organisation_id>",
    "/organisaties/<int:organisation_id>/toezeggingen/nieuw",
    "/toezeggingen",
    "/toezeggingen/<int:commitment_id>/voortgang",
    "/toezeggingen/<slug>",
    "/werkvoorraad",
    "/werkvoorraad/reacties/<int:number>",
)
# A text that is twice as large.
LARGE = "document.documentElement.style.fontSize = '200%'"
_WIDEST, *NARROWER = WIDTHS
UNFOLD = "document.querySelectorAll('details').forEach(part => { part.open = true })"

# Parts of pages that were looked at, at every width.
_seen = Seen("every width")


def rules_of(app: Flask) -> dict[str, str]:
    """Return every rule that can be read, with the package that it belongs to."""
    return {
        rule.rule: rule.endpoint.split(".")[0]
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
    }


def places(rules: Iterator[str] | set[str], world: World, viewer: str) -> Iterator[tuple[str, str]]:
    """Return where this viewer goes, each address with its rule."""
    for rule in sorted(rules):
        viewers, *paths = EXAMPLES[rule]
        if viewer in viewers.split():
            yield from ((rule, path.format(**world)) for path in paths)
            if rule in IN_ENGLISH_TOO and viewer == viewers.split()[0]:
                yield rule, f"/en{paths[0].format(**world)}"


def look_everywhere(page: Page, path: str) -> Iterator[str]:
    """Return what is wrong with a page, at every width."""
    answer = page.request.get(path)
    if answer.status != 200:
        yield f"{path} answers {answer.status}"
        return
    if answer.url.partition("/")[2].partition("/")[2].partition("/")[2] != path[1:]:
        yield f"{path} leads to {answer.url}"
    language = "en" if path.startswith("/en/") else "nl"
    markup = answer.text()
    if f'<html lang="{language}"' not in markup:
        yield f"{path} says that it is in another language"
    # Somebody else may have seen just this page: its frame, and what stands in it.
    parts = parts_of(markup)
    if all(part in _seen for part in parts):
        return
    page.goto(path)
    wrong = list(look_at_every_width(page))
    yield from wrong
    if not wrong:
        for part in parts:
            _seen.add(part)


def look_at_every_width(page: Page) -> Iterator[str]:
    """Return what is wrong with the page that is open; on a narrow one everything is unfolded."""
    for width in WIDTHS:
        set_width(page, width)
        if width == NARROWER[0]:
            page.evaluate(UNFOLD)
        yield from said_by(assert_no_sideways_scroll, page, (width,))
        if width in (1280, 320):
            yield from said_by(assert_accessible, page)
    # The last width is that of the next page: each turn lays the whole page out anew.
    page.evaluate(LARGE)
    for width in (WIDTHS[-1], WIDTHS[0]):
        set_width(page, width)
        yield from said_by(assert_no_sideways_scroll, page, (width,))


def said_by(check: Callable[..., None], *asked: object) -> Iterator[str]:
    """Return what a check says, so that one bad page does not hide the others."""
    try:
        check(*asked)
    except AssertionError as fault:
        yield str(fault).partition("\nassert ")[0]


def test_it_has_an_example_of_every_page(app: Flask) -> None:
    assert sorted(rules_of(app)) == sorted(EXAMPLES)
    assert set(IN_ENGLISH_TOO) <= set(PAGES)


VIEWERS = ("visitor", "waiting", "guest", "owner", "moderator", "beheerder")
PACKAGES = (
    "accounts",
    "admin",
    "assets",
    "comments",
    "commitments",
    "documents",
    "following",
    "home",
    "intake",
    "moderation",
    "news",
    "opendata",
    "organisations",
    "overview",
    "pact",
    "rappels",
    "register",
    "search",
    "signatures",
    "vereniging",
    "work",
)


@pytest.fixture(scope="module")
def filled(served_of_worker: ServedPortal) -> Iterator[tuple[ServedPortal, World]]:
    """A portal with one of everything; whoever looks at its pages changes nothing."""
    with served_of_worker.ready():
        yield served_of_worker, make_world()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("package", PACKAGES)
def test_it_is_there_for_everybody_at_every_width(
    package: str, undrawn: Browser, filled: tuple[ServedPortal, World]
) -> None:
    served, world = filled
    rules = {rule for rule, owner in rules_of(served.app).items() if owner == package}
    wrong: list[str] = []
    assert rules
    for viewer in VIEWERS:
        for_viewer = list(places(rules, world, viewer))
        if not for_viewer:
            continue
        with open_page(undrawn, served.url) as page:
            if viewer != "visitor":
                served.sign_in(page, world[viewer])
            for rule, path in for_viewer:
                if rule in PAGES:
                    wrong += [f"{viewer}: {words}" for words in look_everywhere(page, path)]
                elif (status := page.request.get(path).status) != 200:
                    wrong.append(f"{viewer}: {path} answers {status}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_it_looks_at_the_pages_of_every_package(app: Flask) -> None:
    assert sorted(set(rules_of(app).values())) == sorted(PACKAGES)
