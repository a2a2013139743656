"""A discussion in a real browser: answered without scripts, on every width."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from portal.core.db import db
from tests import factories as make
from tests.harness.browser import assert_accessible, assert_no_sideways_scroll
from tests.harness.served import ServedPortal


def test_it_is_read_and_answered_with_and_without_scripts(
    any_page: Page, served: ServedPortal
) -> None:
    organisation = make.make_organisation(name="Gemeente Voorbeeld (fictief)")
    person = make.make_account()
    make.make_membership(organisation, person)
    article = make.make_article()
    article.discussion.organisation_id = organisation.id
    writer = make.make_account(name="Marieke")
    top = make.make_comment(article.discussion, author=writer, body="w" * 300)
    make.make_comment(parent=top, organisation=organisation)
    db.session.commit()

    any_page.goto(f"/nieuws/{article.slug}")
    assert_accessible(any_page)
    assert_no_sideways_scroll(any_page)
    served.sign_in(any_page, person)
    any_page.reload()
    any_page.locator(f"#reactie-{top.id}").get_by_text("Beantwoorden").click()
    expect(any_page.locator("#plaats-reactie h3")).to_have_text("Antwoord op Marieke")
    expect(any_page.get_by_role("radio", name="Gemeente Voorbeeld")).to_be_checked()
    any_page.get_by_label("Uw antwoord").fill("Dank voor uw **vraag**.")
    assert_accessible(any_page)
    assert_no_sideways_scroll(any_page)
    any_page.get_by_role("button", name="Antwoord plaatsen").click()
    pending = any_page.locator(".comment--pending")
    expect(pending).to_contain_text("wacht op moderatie")
    expect(pending).to_contain_text("antwoord van de organisatie")
    expect(pending).to_be_in_viewport()
    assert_accessible(any_page)
    assert_no_sideways_scroll(any_page)


def test_it_is_looked_after_with_and_without_scripts(any_page: Page, served: ServedPortal) -> None:
    person = make.make_account()
    article = make.make_article()
    make.make_comment(article.discussion, author=person, state="refused")
    comment = make.make_comment(article.discussion, author=person)
    served.sign_in(any_page, person)

    any_page.goto("/account/reacties")
    assert_accessible(any_page)
    assert_no_sideways_scroll(any_page)
    any_page.get_by_role("link", name="Bewerken").click()
    any_page.get_by_label("Uw reactie").fill("")
    any_page.get_by_role("button", name="Wijziging versturen").click()
    expect(any_page.locator(".error-summary")).to_contain_text("Vul uw reactie in.")
    assert_accessible(any_page)
    assert_no_sideways_scroll(any_page)
    any_page.goto(f"/reacties/{comment.id}/geschiedenis")
    assert_accessible(any_page)
    any_page.goto(f"/reacties/{comment.id}/intrekken")
    assert_accessible(any_page)
    any_page.get_by_role("button", name="Reactie intrekken").click()
    expect(any_page.locator(".flashes")).to_contain_text("ingetrokken")
