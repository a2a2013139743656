"""Somebody pastes a text from elsewhere, and reads it back sign for sign."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests import factories as make
from tests.journeys.steps import look, main, press, refused, told

Come = Callable[..., Page]

FROM_WORD = """Beste mensen,

\tEen “ingesprongen” alinea.\x0bDaaronder, met 2*3*4 en een_naam.

2020. Dat was het jaar van het plan.

2023. Toen liep het af.
* geen lijst & geen `code`"""
SEEN = [
    "Beste mensen,",
    "Een “ingesprongen” alinea.",
    "Daaronder, met 2*3*4 en een_naam.",
    "Dat was het jaar van het plan.",
    "Toen liep het af.",
    "* geen lijst & geen `code`",
]
ARABIC = "\u0634\u0643\u0631\u0627 (Common Ground)."


def send(page: Page, words: str, label: str, button: str) -> None:
    page.get_by_label(label).fill(words)
    press(page, button)


def style_of(element: Locator, name: str) -> str:
    return str(element.evaluate(f"(element) => getComputedStyle(element).{name}"))


def test_it_shows_what_was_pasted_as_it_was_typed(come: Come) -> None:
    commitment = make.make_commitment()
    page = come(make.make_account(), width=320)
    page.goto(f"/toezeggingen/{commitment.slug}")

    # Too much stays in the field, which says by how much before it is sent and after.
    field = page.get_by_label("Uw reactie")
    field.fill(FROM_WORD + "!" * 2000)
    too_long = f"Te lang: {len(FROM_WORD)} tekens te veel"
    expect(main(page).get_by_text(too_long).first).to_be_visible()
    press(page, "Reactie plaatsen")
    refused(page, "U gebruikt er")
    expect(field).to_have_value(FROM_WORD.replace("\x0b", "\n") + "!" * 2000)

    send(page, FROM_WORD, "Uw reactie", "Reactie plaatsen")
    told(page, "Uw reactie wacht op moderatie")
    text = main(page).locator(".comment__body")
    assert [line for line in text.inner_text().split("\n") if line.strip()] == SEEN
    numbered = text.locator("ol")
    expect(numbered).to_have_attribute("start", "2020")
    expect(numbered.locator("li").last).to_have_attribute("value", "2023")
    assert style_of(text, "direction") == "ltr"

    # On one line the counter comes when little is left; nothing is cut there either.
    page.goto("/account/naam")
    name = page.get_by_label("Naam", exact=True)
    counter = main(page).locator(".field__counter")
    name.fill("N" * 50)
    expect(counter).to_be_hidden()
    name.fill("N" * 110)
    expect(counter).to_have_text("Nog over: 10 tekens")
    name.fill("N" * 200)
    expect(counter).to_have_text("Te lang: 80 tekens te veel")
    look(page)
    press(page, "Naam opslaan")
    expect(name).to_have_value("N" * 200)

    # In the English page, in letters that run the other way.
    page.goto(f"/en/toezeggingen/{commitment.slug}")
    page.get_by_label("Your comment").fill(ARABIC)
    assert style_of(page.get_by_label("Your comment"), "direction") == "rtl"
    press(page, "Post comment")
    page.goto(f"/toezeggingen/{commitment.slug}")
    look(page)
    text = main(page).locator(".comment__body").last
    expect(text).to_have_attribute("lang", "en")
    expect(text).to_have_text(ARABIC)
    assert style_of(text, "direction") == "rtl"
