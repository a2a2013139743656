"""An organisation signs, and the vereniging enters who signed long ago."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from portal.policy import Role
from tests import factories as make
from tests.harness.files import small_pdf
from tests.harness.served import ServedPortal
from tests.journeys.steps import (
    PASSWORD,
    confirm,
    decide,
    follow,
    link_in,
    look,
    main,
    press,
    refused,
    register,
    titled,
    told,
)

Come = Callable[..., Page]

OFFICER = "eva@waterveld.example"
DIRECTOR = "directeur@waterveld.example"
PROOF = {"name": "mandaat.pdf", "mimeType": "application/pdf", "buffer": small_pdf("Mandaat")}


def add_organisation(page: Page, name: str, kvk: str) -> None:
    """Fill in who the organisation is."""
    titled(page, "Organisatie toevoegen")
    page.get_by_label("Naam van de organisatie").fill(name)
    page.get_by_label("Soort organisatie").select_option(label="Leverancier")
    page.get_by_label("KVK-nummer").fill(kvk)
    page.get_by_label("Uw functie").fill("Communicatieadviseur")
    press(page, "Organisatie toevoegen")


def begin(page: Page) -> None:
    """Choose one's only organisation, and look at what must be filled in."""
    main(page).get_by_role("link", name="Begin met ondertekenen").click()
    look(page)


def name_signatory(page: Page, *, with_proof: bool = True) -> None:
    """Fill in who may sign, and attach the proof."""
    page.get_by_label("Naam van de tekenbevoegde").fill("Karel Waterveld")
    page.get_by_label("Functie", exact=True).fill("Directeur")
    page.get_by_label("E-mailadres").fill(DIRECTOR)
    if with_proof:
        page.get_by_label("Bewijs van mandaat").set_input_files(PROOF)
    press(page, "Opslaan en controleren")


def send_to_signatory(page: Page, served: ServedPortal) -> str:
    """Send the request; return the link that the director finds in the mail."""
    titled(page, "Controleren en versturen")
    press(page, "Verstuur naar de tekenbevoegde")
    mail = served.mailbox.wait_for(DIRECTOR, "Groeipact ondertekenen")
    return link_in(mail, "/ondertekening-bevestigen/")


def sign(page: Page, link: str) -> None:
    """As the director: read the text, and sign."""
    page.goto(link)
    look(page)
    expect(main(page)).to_contain_text("Wij werken samen aan Common Ground.")
    page.get_by_role("checkbox").check()
    main(page).get_by_role("button", name="Onderteken versie").click()
    look(page)


class TestFromRegisteringToBeingASignatory:
    def test_it_carries_a_supplier_from_an_account_to_the_public_list(
        self, served: ServedPortal, come: Come, scripts: bool
    ) -> None:
        make.make_pact_version(label="1.0")
        officer = come(scripts=scripts)
        officer.goto("/ondertekenen")
        look(officer)
        follow(officer, "Registreren")
        confirm(officer, register(officer, served, name="Eva de Wit", email=OFFICER))
        titled(officer, "Onderteken het Groeipact")
        follow(officer, "Organisatie toevoegen")
        add_organisation(officer, "Waterveld Software (fictief)", "01234567")
        officer.goto("/ondertekenen")
        begin(officer)
        name_signatory(officer, with_proof=False)
        refused(officer, "Voeg het bewijs van mandaat toe.")
        expect(officer.get_by_label("Naam van de tekenbevoegde")).to_have_value("Karel Waterveld")
        name_signatory(officer)
        link = send_to_signatory(officer, served)

        director = come(scripts=scripts, width=390)
        director.goto(link)
        main(director).get_by_role("button", name="Onderteken versie").click()
        refused(director, "Kruis aan dat u bevoegd bent")
        sign(director, link)
        titled(director, "Uw ondertekening is ontvangen")
        director.goto(link)
        titled(director, "Deze link werkt niet meer")

        visitor = come(scripts=scripts)
        visitor.goto("/ondertekenaars")
        expect(main(visitor)).not_to_contain_text("Waterveld")

        moderator = come(make.make_moderator(), scripts=scripts)
        moderator.goto("/werkvoorraad")
        look(moderator)
        follow(moderator, "Waterveld Software (fictief)")
        decide(moderator, "Toelaten als ondertekenaar", yes="Ja, toelaten", tick="Mandaat gezien")

        visitor.goto("/ondertekenaars")
        follow(visitor, "Waterveld Software (fictief)")
        titled(visitor, "Waterveld Software (fictief)")
        expect(visitor.get_by_role("complementary").or_(main(visitor)).first).to_be_visible()
        expect(main(visitor)).to_contain_text("Karel Waterveld")
        expect(main(visitor)).not_to_contain_text(DIRECTOR)
        assert "ondertekenaar" in served.mailbox.wait_for(OFFICER, "is ondertekenaar").subject

    def test_it_lets_a_refused_application_be_corrected_and_sent_again(
        self, served: ServedPortal, come: Come
    ) -> None:
        make.make_pact_version()
        officer_account = make.make_account(email=OFFICER)
        organisation = make.make_organisation(name="Waterveld Software (fictief)")
        make.make_membership(organisation, officer_account, role=Role.OWNER)
        officer = come(officer_account, scripts=False)
        officer.goto(f"/organisaties/{organisation.id}/ondertekenen")
        name_signatory(officer)
        director = come(scripts=False)
        sign(director, send_to_signatory(officer, served))

        moderator = come(make.make_moderator(), scripts=False)
        moderator.goto("/werkvoorraad")
        follow(moderator, "Waterveld Software (fictief)")
        decline = main(moderator).locator("details", has_text="Afwijzen en reden versturen")
        decline.locator("summary").click()
        decline.get_by_role("button", name="Afwijzen en reden versturen").click()
        refused(moderator, "Kies een reden.")
        decline.get_by_label("Reden").select_option(label="Geen tekenbevoegdheid aangetoond")
        decline.get_by_label("Toelichting voor de organisatie").fill("De volmacht is verlopen.")
        decline.get_by_role("button", name="Afwijzen en reden versturen").click()
        look(moderator)
        mail = served.mailbox.wait_for(OFFICER, "afgewezen")
        assert "De volmacht is verlopen." in mail.text

        officer.goto(link_in(mail, "/ondertekeningen/"))
        look(officer)
        expect(main(officer)).to_contain_text("De volmacht is verlopen.")
        follow(officer, "Aanvraag weer openen")
        press(officer, "Open de aanvraag weer")
        served.mailbox.empty()
        press(officer, "Opslaan")
        follow(officer, "Controleren en versturen")
        sign(director, send_to_signatory(officer, served))
        titled(director, "Uw ondertekening is ontvangen")

    def test_it_asks_to_read_again_when_the_text_changed_meanwhile(
        self, served: ServedPortal, come: Come
    ) -> None:
        make.make_pact_version(label="1.0")
        officer_account = make.make_account(email=OFFICER)
        organisation = make.make_organisation()
        make.make_membership(organisation, officer_account, role=Role.OWNER)
        officer = come(officer_account, scripts=False)
        officer.goto(f"/organisaties/{organisation.id}/ondertekenen")
        name_signatory(officer)
        director = come(scripts=False)
        director.goto(send_to_signatory(officer, served))
        make.make_pact_version(label="2.0", body="Dit is de nieuwe tekst.")
        director.get_by_role("checkbox").check()
        main(director).get_by_role("button", name="Onderteken versie").click()
        look(director)
        expect(main(director)).to_contain_text("Dit is de nieuwe tekst.")
        director.get_by_role("checkbox").check()
        press(director, "Onderteken versie 2.0")
        titled(director, "Uw ondertekening is ontvangen")


class TestSignedLongAgo:
    def test_it_enters_a_signature_of_2019_and_lets_the_organisation_claim_it(
        self, served: ServedPortal, come: Come, scripts: bool
    ) -> None:
        make.make_signing_event(name="Congres in het bos")
        moderator = come(make.make_moderator(), scripts=scripts)
        moderator.goto("/werkvoorraad/historisch")
        look(moderator)
        moderator.get_by_label("Naam van de organisatie").fill("Coöperatie Oeverland (fictief)")
        moderator.get_by_label("Soort organisatie").select_option(label="Samenwerkingsverband")
        moderator.get_by_label("Ondertekend op").fill("3 juli 2019")
        moderator.get_by_label("Titel van de bron").fill("Nieuwsblad: zij tekenden in het bos")
        moderator.get_by_label("Bron", exact=True).fill("https://nieuws.example/groeipact")
        moderator.get_by_label("Ondertekend door").fill("Ada Oever")
        press(moderator, "Invoeren en openbaar maken")
        if moderator.get_by_label("Ja, dit klopt").count():
            moderator.get_by_label("Ja, dit klopt").check()
            press(moderator, "Invoeren en openbaar maken")
        told(moderator, "ngevoerd")

        visitor = come(scripts=scripts)
        visitor.goto("/ondertekenaars/cooperatie-oeverland-fictief")
        look(visitor)
        expect(main(visitor)).to_contain_text("3 juli 2019")
        expect(main(visitor)).to_contain_text("tekst niet vastgelegd")

        second = come(make.make_moderator(), scripts=scripts)
        moderator.get_by_role("link", name="Eigenaar voorstellen").first.click()
        look(moderator)
        moderator.get_by_label("E-mailadres").fill("ada@oeverland.example")
        moderator.get_by_label("Hoe hebt u dit nagegaan?").fill("Gebeld via het algemene nummer.")
        press(moderator, "Voorstel versturen")
        told(moderator, "wacht op een tweede persoon")

        second.goto("/werkvoorraad")
        main(second).get_by_role("link", name="Coöperatie Oeverland").click()
        look(second)
        expect(main(second)).to_contain_text("Gebeld via het algemene nummer.")
        decide(second, "Goedkeuren", yes="Ja, goedkeuren")
        mail = served.mailbox.wait_for("ada@oeverland.example")

        owner = come(scripts=scripts)
        owner.goto(link_in(mail, "/uitnodigingen/"))
        look(owner)
        follow(owner, "Registreren")
        # The invitation came by mail: no second one confirms the address.
        expect(owner.get_by_label("E-mailadres")).to_have_value("ada@oeverland.example")
        owner.get_by_label("Naam").fill("Ada Oever")
        owner.get_by_label("Wachtwoord").fill(PASSWORD)
        press(owner, "Registreren")
        press(owner, "Uitnodiging aannemen")
        titled(owner, "Coöperatie Oeverland (fictief)")
        expect(main(owner)).to_contain_text("eigenaar")
