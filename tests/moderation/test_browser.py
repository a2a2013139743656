"""The desk in a real browser: on every width, with and without scripts."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from portal.comments.queries.finding import latest_version
from tests import factories as make
from tests.harness.browser import assert_accessible, assert_no_sideways_scroll
from tests.harness.served import ServedPortal


def test_it_is_decided_without_scripts_too(any_page: Page, served: ServedPortal) -> None:
    parent = make.make_comment(make.make_discussion(title="Een plan"))
    reply = make.make_comment(parent=parent, state="pending", body="w" * 300)
    version = make.make_comment_version(make.make_comment(), body="Beter " + "é" * 200)
    served.sign_in(any_page, make.make_moderator())

    any_page.goto("/werkvoorraad")
    assert_accessible(any_page)
    assert_no_sideways_scroll(any_page)
    any_page.goto(f"/werkvoorraad/reacties/{version.id}")
    assert_no_sideways_scroll(any_page)
    any_page.goto(f"/werkvoorraad/reacties/{latest_version(reply.id).id}")
    any_page.locator("summary", has_text="Niet plaatsen").click()
    assert_accessible(any_page)
    assert_no_sideways_scroll(any_page)
    any_page.get_by_role("button", name="Niet plaatsen en reden versturen").click()
    expect(any_page.locator(".error-summary")).to_contain_text("Schrijf op waarom.")
    assert_accessible(any_page)
    form = any_page.locator(".action-bar details[open] form")
    form.locator("select").select_option("off_topic")
    form.locator("textarea").fill("Dit gaat niet over het plan.")
    form.locator("button").click()
    expect(any_page.locator(".flashes")).to_contain_text("niet geplaatst")
