"""A signatory gets another name: proposed, compared, refused; proposed again, placed, set back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portal.accounts.models import Account
from portal.organisations.models import Organisation
from tests import factories as make
from tests.harness.served import ServedPortal
from tests.journeys.steps import decide, follow, look, main, press, refused, titled, told

Come = Callable[..., Page]

OWNER = "eva@waterveld.example"
OLD, NEW = "Gemeente Waterveld (fictief)", "Gemeente Grootwater (fictief)"
REFUSED = "De raad heeft dit nog niet besloten."
WRONG = "De fusie gaat niet door."


@pytest.fixture
def owner(served: ServedPortal) -> Account:
    """The eigenaar of the organisation."""
    return make.make_account(name="Eva de Wit", email=OWNER)


@pytest.fixture
def organisation(owner: Account) -> Organisation:
    """A signatory; another one is called almost as it wants to be."""
    make.make_signature(make.make_organisation(name="Stichting Grootwater (fictief)"))
    organisation = make.make_organisation(name=OLD, owner=owner, kvk="01234567")
    make.make_signature(organisation, author=owner)
    return organisation


def open_form(page: Page, organisation: Organisation) -> None:
    """Go from the work page to the form, which says that it waits."""
    page.goto(f"/organisaties/{organisation.id}")
    look(page)
    follow(page, "Wijziging voorstellen")
    expect(main(page).get_by_text("Tot die tijd blijft staan wat er nu staat.")).to_be_visible()


def propose(page: Page, organisation: Organisation) -> None:
    """Propose the new name, and answer what the portal asks about it."""
    open_form(page, organisation)
    page.get_by_label("Naam van de organisatie").fill(NEW)
    page.get_by_label("Waarom verandert dit?").fill("Wij zijn gefuseerd.")
    press(page, "Voorstel versturen")
    refused(page, "Vul in vanaf welke datum")
    page.get_by_label("Nieuwe naam geldt vanaf").fill("2024-01-01")
    press(page, "Voorstel versturen")
    refused(page, "Bekijk eerst de organisaties die hierop lijken.")
    expect(main(page).get_by_text("Stichting Grootwater (fictief)")).to_be_visible()
    page.get_by_label("Ik heb dit bekeken.").check()
    press(page, "Voorstel versturen")
    told(page, "Uw voorstel wacht op een moderator.")
    titled(page, OLD)
    expect(main(page).get_by_text("Voorstel wacht sinds")).to_be_visible()


def open_at_desk(page: Page) -> None:
    """Open what waits, and compare the old name with the new one."""
    page.goto("/werkvoorraad")
    look(page)
    main(page).get_by_role("link", name=OLD).click()
    look(page)
    for words in (OLD, NEW, "Wij zijn gefuseerd.", "Stichting Grootwater (fictief)"):
        expect(main(page).get_by_text(words).first).to_be_visible()


def test_a_name_is_refused_then_placed_then_set_back(
    served: ServedPortal, come: Come, owner: Account, organisation: Organisation
) -> None:
    eva, mo = come(owner), come(make.make_moderator(), scripts=False)
    propose(eva, organisation)

    open_at_desk(mo)
    main(mo).locator("summary", has_text="Niet overnemen").click()
    form = main(mo).locator(".action-bar details[open]")
    form.get_by_label("Reden").select_option("mistaken")
    form.get_by_label("Toelichting voor de organisatie").fill(REFUSED)
    press(mo, "Niet overnemen en reden versturen")
    assert REFUSED in served.mailbox.wait_for(OWNER, "niet overgenomen").text

    propose(eva, organisation)
    open_at_desk(mo)
    decide(mo, "Overnemen", yes="Ja, overnemen")
    served.mailbox.wait_for(OWNER, "staan op de site")
    visitor = come(width=320)
    visitor.goto(f"/ondertekenaars/{organisation.slug}")
    titled(visitor, NEW)
    expect(main(visitor).get_by_text(f"{OLD} (tot en met 31 december 2023)")).to_be_visible()

    mo.goto("/werkvoorraad")
    follow(mo, "Overgenomen voorstellen")
    main(mo).get_by_role("link", name="Zet terug").click()
    look(mo)
    mo.get_by_label("Toelichting voor de organisatie").fill(WRONG)
    press(mo, "Zet terug")
    told(mo, "De oude gegevens staan er weer.")
    assert WRONG in served.mailbox.wait_for(OWNER, "staan er weer").text
    visitor.reload()
    look(visitor)
    titled(visitor, OLD)
    expect(visitor.get_by_text("Grootwater")).to_have_count(0)

    eva.goto(f"/organisaties/{organisation.id}")
    follow(eva, "Alle voorstellen")
    for words in ("teruggezet", "niet overgenomen", REFUSED, WRONG):
        expect(main(eva).get_by_text(words).first).to_be_visible()
