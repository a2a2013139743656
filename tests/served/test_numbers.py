"""The numbers of a list stand whole on the page: on a telephone, on a desk and on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import CDPSession, Page

from portal.core.db import write_section
from portal.vereniging.actions import edit_legal_text
from portal.vereniging.queries import editable_legal_text
from tests import factories as make
from tests.harness.browser import set_width
from tests.harness.served import ServedPortal

YEARS = "2020. Dat was het jaar van het plan.\n\n2023. Toen liep het af."
TEXT = f"{YEARS}\n\nEn verder:\n\n9) negen\n12) twaalf\n\nOf ook:\n\n007. zeven\n100. honderd"
MARKS = ["2020. ", "2023. ", "9) ", "12) ", "007. ", "100. "]


def marks_of(devtools: CDPSession) -> list[tuple[str, dict[str, float]]]:
    """What the browser draws before each item of a numbered list, and where."""
    nodes = devtools.send("Accessibility.getFullAXTree")["nodes"]
    marks = []
    for node in nodes:
        if node.get("role", {}).get("value") == "ListMarker" and not node["ignored"]:
            words = node["name"]["value"]
            if words[0].isdigit():
                marks.append((words, _box(devtools, node["backendDOMNodeId"])))
    return marks


def _box(devtools: CDPSession, node: int) -> dict[str, float]:
    model = devtools.send("DOM.getBoxModel", {"backendNodeId": node})["model"]
    quad = model["border"]
    return {"left": quad[0], "right": quad[2], "top": quad[1]}


def edge_of(page: Page, mark: int) -> float:
    """Where the text begins in which the list stands whose mark this is."""
    left: float = (
        page.locator(".prose ol > li")
        .nth(mark)
        .evaluate("item => item.closest('.prose').getBoundingClientRect().left + scrollX")
    )
    return left


def pages() -> list[str]:
    """An address of each kind of page with a text that people write."""
    organisation = make.make_signature().organisation
    make.make_profile(organisation, body=TEXT)
    commitment = make.make_commitment(organisation, what=TEXT)
    reported = make.make_commitment(organisation, what="Wij schrijven.")
    make.make_update(reported, body=TEXT)
    commented = make.make_commitment(organisation, what="Wij schrijven.")
    parent = make.make_comment(commented.discussion, body="Een vraag.")
    make.make_comment(commented.discussion, parent=parent, body=TEXT)
    beheerder = make.make_beheerder()
    with write_section():
        row = editable_legal_text("privacy")
        texts = {"title_nl": "Privacy", "title_en": "Privacy", "body_nl": TEXT, "body_en": TEXT}
        edit_legal_text(row, **texts, by=beheerder)
    return [
        f"/toezeggingen/{commitment.slug}",
        f"/toezeggingen/{reported.slug}",
        f"/toezeggingen/{commented.slug}",
        f"/nieuws/{make.make_article(body=TEXT).slug}",
        f"/groeipact/versies/{make.make_pact_version(body=TEXT).label}",
        f"/ondertekenaars/{organisation.slug}",
        "/privacy",
    ]


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_it_draws_every_number_whole(served: ServedPortal, page: Page, medium: str) -> None:
    # Open to the end: closing it would end the emulation of paper as well.
    devtools = page.context.new_cdp_session(page)
    devtools.send("DOM.enable")
    devtools.send("Accessibility.enable")
    for address in pages():
        page.goto(address)
        for width in (1280, 320):
            set_width(page, width)
            page.emulate_media(media=medium)  # type: ignore[arg-type]
            marks = marks_of(devtools)
            assert [words for words, _box in marks] == MARKS, address
            for nth, (words, box) in enumerate(marks):
                where = f"{words!r} on {address} at {width}"
                assert box["right"] > box["left"], where
                assert box["left"] >= edge_of(page, nth), where
            assert page.evaluate("matchMedia('print').matches") is (medium == "print")
