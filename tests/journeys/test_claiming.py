"""The vereniging enters what a source says, and an eigenaar who joins says what is right."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from portal.policy import Role
from tests import factories as make
from tests.harness.served import ServedPortal
from tests.journeys.steps import follow, link_in, look, main, press, told

Come = Callable[..., Page]
SOURCE = "Het weekblad: zij beloofden een plan"
ADDRESS = "https://weekblad.example/plan"


def enter(page: Page, title: str) -> None:
    """Enter a promise from a source, and publish it."""
    follow(page, "Toezegging invoeren")
    expect(main(page)).to_contain_text("U voert dit in namens de vereniging")
    page.get_by_label("plan van aanpak of routekaart").check()
    page.get_by_label("Titel", exact=True).fill(title)
    page.get_by_label("Wat is er toegezegd?").fill("Een plan, zegt het blad.")
    # A source is of another day than today: the form fills in none.
    expect(page.get_by_label("Toegezegd op")).to_have_value("")
    page.get_by_label("Toegezegd op").fill("2020-03-02")
    page.get_by_label("Termijn", exact=True).fill("eind 2020")
    page.get_by_label("Titel van de bron").fill(SOURCE)
    page.get_by_label("Bron", exact=True).fill(ADDRESS)
    page.get_by_label("Waarom voert u dit in of verandert u dit?").fill("Het blad noemt dit plan.")
    press(page, "Concept opslaan")
    page.get_by_label("Ja, dit klopt").check()
    press(page, "Concept opslaan")
    expect(main(page)).to_contain_text("Dit is een concept van de vereniging")
    follow(page, "Publiceren")
    main(page).get_by_role("button").click()
    look(page)
    expect(main(page)).to_contain_text(f"ingevoerd door de vereniging, volgens {SOURCE}")
    expect(main(page)).to_contain_text("geen bericht bij dit portaal")


def test_it_is_taken_over_or_disowned_by_the_eigenaar_who_joins(
    served: ServedPortal, come: Come
) -> None:
    signer = make.make_organisation(name="Gemeente Oudewater (fictief)", is_fictional=True)
    make.make_signature(signer, is_historic=True, source_url=ADDRESS)
    work, public = f"/organisaties/{signer.id}", f"/ondertekenaars/{signer.slug}"
    moderator = come(make.make_moderator())
    for title in ("Plan voor zaken", "Plan voor gegevens"):
        moderator.goto(work)
        enter(moderator, title)

    eva = make.make_account(name="Eva de Wit", email="eva@oudewater.example")
    invitation = make.make_invitation(signer, email=eva.email, role=Role.OWNER)
    page = come(eva, width=390)
    page.goto(f"/uitnodigingen/{invitation[1]}")
    main(page).get_by_role("button").first.click()
    look(page)
    page.goto(link_in(served.mailbox.wait_for(eva.email, "Wat staat er over"), "/over-ons"))
    look(page)
    expect(main(page)).to_contain_text("0 van 4 beantwoord")
    for done in (1, 2, 3):
        press(page, "Ja, overnemen")
        expect(main(page)).to_contain_text(f"{done} van 4 beantwoord")
    follow(page, "Niet van ons")
    page.get_by_label("Wat klopt er niet?").fill("Dit plan hebben wij nooit beloofd.")
    press(page, "Zet dit erbij")
    told(page, "Uw reden staat er nu bij.")
    expect(main(page)).to_contain_text("4 van 4 beantwoord")

    reader = come(width=320)
    reader.goto(public)
    look(reader)
    rows = main(reader).locator(".rows > li")
    taken = rows.filter(has_text="Plan voor zaken")
    expect(taken).to_contain_text("bevestigd door de ondertekenaar op")
    expect(taken).to_contain_text("termijn verstreken")
    disowned = rows.filter(has_text="Plan voor gegevens")
    expect(disowned).to_contain_text("de ondertekenaar zegt: niet van ons")
    expect(disowned).to_contain_text("geen bericht bij dit portaal")
    expect(main(reader)).not_to_contain_text("opgave van de ondertekenaar")
    disowned.get_by_role("link", name="Plan voor gegevens").click()
    look(reader)
    expect(main(reader)).to_contain_text(
        "De ondertekenaar zegt: Dit plan hebben wij nooit beloofd."
    )
