"""How pages stand beside each other, in a real browser."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Page

from tests.factories import (
    make_account,
    make_article,
    make_comment,
    make_commitment,
    make_membership,
    make_moderator,
    make_signature,
)
from tests.harness.browser import assert_no_sideways_scroll, set_width
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


FIELDS_BESIDE_BUTTONS = """[...document.querySelectorAll("form button")].flatMap(button =>
  [...button.form.querySelectorAll("input:not([type=hidden], [type=checkbox]), select")]
    .map(field => [field.getBoundingClientRect(), button.getBoundingClientRect()])
    .filter(([field, other]) => field.height && field.right <= other.left &&
      Math.min(field.bottom, other.bottom) - Math.max(field.top, other.top) > field.height / 2)
    .map(([field, other]) => [field.top - other.top, field.bottom - other.bottom]))"""


def test_a_field_and_the_button_beside_it_are_one_row(served: ServedPortal, page: Page) -> None:
    make_signature()
    for path in ("/", "/zoeken?q=data", "/waar-staan-we", "/ondertekenaars"):
        page.goto(path)
        for width in (1280, 390, 320):
            set_width(page, width)
            rows = page.evaluate(FIELDS_BESIDE_BUTTONS)
            assert rows, (path, width)
            assert all(abs(apart) <= 1 for row in rows for apart in row), (path, width, rows)


# What answers the question of each page of docs/templates.md, and stands on its first screen.
OPEN_TO_ALL = {
    "/": ".facts__item:nth-child(4)",
    "/waar-staan-we": ".bars li",
    "/toezeggingen": ".narrowing a",
    "/ondertekenaars": ".result-head h2",
    "/nieuws/{article}": "main .lead",
    "/toezeggingen/{promise}": ".commitment__facts dd",
    "/ondertekenaars/{signatory}": ".progress__words",
}
FOOTER = "document.querySelector('.site-footer').getBoundingClientRect().height"
BOTTOM = "selector => document.querySelector(selector).getBoundingClientRect().bottom"
LOUD = """[...document.querySelectorAll("main .nl-button--primary, .brandbar .nl-button--primary")]
  .filter(button => button.checkVisibility()).length"""


def assert_answers(page: Page, answer: str) -> None:
    """The page fits each width, and answers its question on the first screen of a telephone."""
    assert_no_sideways_scroll(page)
    set_width(page, 390)
    assert page.viewport_size is not None
    height = page.viewport_size["height"]
    # A script folds what is folded on a telephone, once it has noticed the width.
    page.wait_for_function(
        f"([answer, height]) => ({BOTTOM})(answer) <= height", arg=[answer, height]
    )
    assert page.evaluate(FOOTER) < height / 2


def test_it_answers_the_question_of_ten_pages_on_the_first_screen(
    served: ServedPortal, page: Page
) -> None:
    signer = make_signature().organisation
    late = make_commitment(signer, term="in 2020", promised_on=date(2019, 7, 3))
    make_commitment(progress="gereed")
    words = {"article": make_article().slug, "promise": late.slug, "signatory": signer.slug}
    for path, answer in OPEN_TO_ALL.items():
        page.goto(path.format(**words))
        assert_answers(page, answer)
    officer = make_account()
    make_membership(signer, officer, role="eigenaar")
    served.sign_in(page, officer)
    for path, answer in {
        "/mijn-werk": "main .rows .nl-button",
        f"/organisaties/{signer.id}/toezeggingen/nieuw": "input[type=radio]",
    }.items():
        page.goto(path)
        assert_answers(page, answer)
        assert page.evaluate(LOUD) == 1, f"{page.url}: which button is the next step?"
    make_comment(state="pending")
    served.sign_in(page, make_moderator())
    page.goto("/werkvoorraad")
    assert_answers(page, ".desk-item__head")
    # However many kinds of things wait, the next step stands above their list.
    page.goto("/mijn-werk")
    assert_answers(page, "main .nl-button--primary")
    assert page.evaluate(
        f"({BOTTOM})('main .nl-button--primary') <= "
        "document.querySelector('.work-desk').getBoundingClientRect().top"
    )
