"""A colleague of a signatory finds the way in."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from portal.policy import Role
from tests import factories as make
from tests.harness.served import ServedPortal
from tests.journeys.steps import confirm, follow, look, main, press, register, titled, told

Come = Callable[..., Page]


def test_it_asks_for_access_from_the_page_of_a_signatory(
    served: ServedPortal, come: Come, scripts: bool
) -> None:
    organisation = make.make_signature(
        make.make_organisation(name="Gemeente Lindewoude")
    ).organisation
    owner = make.make_account(name="Noor Bakker", email="noor@lindewoude.example")
    make.make_membership(organisation, owner, role=Role.OWNER)
    page = come(scripts=scripts, width=390)

    # From the page about signing one looks up where one works.
    page.goto("/ondertekenen")
    look(page)
    page.get_by_label("Naam van de organisatie").fill("lindewoude")
    press(page, "Zoek")
    # The worker takes a new name into the index within seconds.
    while not main(page).get_by_role("link", name=organisation.name, exact=True).count():
        page.reload()
        look(page)
    follow(page, organisation.name)
    expect(main(page).get_by_role("heading", name="Werkt u hier?")).to_be_visible()
    follow(page, f"Vraag toegang {organisation.name}")

    # Without an account one makes it first, and comes back to the question.
    titled(page, "Inloggen")
    follow(page, "Registreren")
    link = register(page, served, name="Bas de Boer", email="bas@lindewoude.example")
    confirm(page, link)
    titled(page, f"Vraag toegang tot {organisation.name}")
    page.get_by_label("Functie").fill("Beleidsmedewerker")
    page.get_by_label("Bericht").fill("Ik schrijf mee aan onze toezeggingen.")
    press(page, "Vraag versturen")
    told(page, "Uw vraag is verstuurd.")
    assert "Bas de Boer" in served.mailbox.wait_for(owner.email, "wil meedoen").text
