"""A signature ends: by the known tekenbevoegde, by another with proof; or it is stopped in time."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import write_section
from portal.organisations.models import Organisation
from portal.policy import Role
from portal.signatures.jobs import end_signatures
from portal.signatures.models import Signature
from portal.signatures.queries import get_last_ending
from tests import factories as make
from tests.harness.files import small_pdf
from tests.harness.served import ServedPortal
from tests.journeys.steps import decide, follow, link_in, look, main, press, refused, titled, told

Come = Callable[..., Page]

OFFICER = "eva@waterveld.example"
DIRECTOR = "directeur@waterveld.example"
NEW_DIRECTOR = "nieuw@waterveld.example"
PROOF = {"name": "besluit.pdf", "mimeType": "application/pdf", "buffer": small_pdf("Besluit")}


@pytest.fixture
def officer(served: ServedPortal) -> Account:
    """The eigenaar of the organisation, who did not sign."""
    return make.make_account(name="Eva de Wit", email=OFFICER)


@pytest.fixture
def organisation(officer: Account) -> Organisation:
    """The organisation that signed."""
    organisation = make.make_organisation(name="Waterveld Software (fictief)")
    make.make_membership(organisation, officer, role=Role.OWNER)
    return organisation


@pytest.fixture
def signature(organisation: Organisation) -> Signature:
    """Its signature, set by its director."""
    return make.make_signature(
        organisation, signatory_name="Karel Waterveld", signatory_email=DIRECTOR
    )


def ask(page: Page, signature: Signature) -> None:
    """Open the work page, and the form that asks for the end."""
    page.goto(f"/ondertekeningen/{signature.id}")
    look(page)
    follow(page, "Het Groeipact opzeggen")


def confirm(page: Page, served: ServedPortal, address: str) -> None:
    """As the person named: open the link from the mail, and confirm."""
    mail = served.mailbox.wait_for(address, "opzeggen?")
    page.goto(link_in(mail, "/opzegging-bevestigen/"))
    look(page)
    main(page).get_by_role("button", name="Bevestig de opzegging").click()
    refused(page, "Kruis aan dat u bevoegd bent")
    page.get_by_role("checkbox").check()
    press(page, "Bevestig de opzegging")
    titled(page, "Uw bevestiging is ontvangen")


def let_the_days_pass(signature: Signature) -> None:
    """Let the time to stop the ending be over, and the worker come by."""
    with write_section():
        get_last_ending(signature.id).ends_at = clock.now()
    end_signatures()


class TestByTheKnownSignatory:
    def test_it_goes_from_the_question_to_the_public_page(
        self,
        served: ServedPortal,
        come: Come,
        scripts: bool,
        officer: Account,
        organisation: Organisation,
        signature: Signature,
    ) -> None:
        commitment = make.make_commitment(
            organisation=organisation, title="Routekaart naar open bronnen", term="eind 2030"
        )
        owner = come(officer, scripts=scripts)
        ask(owner, signature)
        expect(owner.get_by_label("Karel Waterveld")).to_be_checked()
        owner.get_by_label("Datum waarop de opzegging ingaat").fill("2024-01-01")
        owner.get_by_label("Reden van de opzegging").fill("Wij stoppen met software maken.")
        press(owner, "Mail de link")
        refused(owner, "op zijn vroegst")
        owner.get_by_label("Datum waarop de opzegging ingaat").fill("")
        press(owner, "Mail de link")
        expect(main(owner)).to_contain_text("Karel Waterveld (directeur@waterveld.example) moet")

        director = come(scripts=scripts, width=390)
        confirm(director, served, DIRECTOR)
        assert "/opzegging-stoppen/" in served.mailbox.wait_for(OFFICER, "eindigt op").text

        visitor = come(scripts=scripts)
        for address in (f"/ondertekenaars/{organisation.slug}", f"/toezeggingen/{commitment.slug}"):
            visitor.goto(address)
            expect(main(visitor)).not_to_contain_text("voormalig")
            expect(main(visitor)).not_to_contain_text("ngetrokken")

        let_the_days_pass(signature)
        visitor.goto(f"/ondertekenaars/{organisation.slug}")
        look(visitor)
        expect(main(visitor)).to_contain_text("voormalig ondertekenaar")
        expect(main(visitor)).to_contain_text("Wij stoppen met software maken.")
        visitor.goto(f"/toezeggingen/{commitment.slug}")
        look(visitor)
        expect(main(visitor)).to_contain_text("Ingetrokken bij opzegging")


class TestByAnother:
    def test_it_goes_by_a_moderator_who_looks_at_the_proof(
        self,
        served: ServedPortal,
        come: Come,
        scripts: bool,
        officer: Account,
        organisation: Organisation,
        signature: Signature,
    ) -> None:
        owner = come(officer, scripts=scripts)
        ask(owner, signature)
        owner.get_by_label("Een andere tekenbevoegde").check()
        press(owner, "Mail de link")
        refused(owner, "Voeg het bewijs van mandaat toe.")
        owner.get_by_label("Naam van de tekenbevoegde").fill("Noor Bakker")
        owner.get_by_label(re.compile("^Functie")).fill("Directeur")
        owner.get_by_label("E-mailadres").fill(NEW_DIRECTOR)
        owner.get_by_label("Bewijs van mandaat").set_input_files(PROOF)
        owner.get_by_label("De tekenbevoegde van toen werkt hier niet meer").check()
        press(owner, "Mail de link")
        assert "niet de tekenbevoegde" in served.mailbox.wait_for(DIRECTOR, "Er is gevraagd").text

        director = come(scripts=scripts, width=390)
        confirm(director, served, NEW_DIRECTOR)

        moderator = come(make.make_moderator(), scripts=scripts)
        moderator.goto("/werkvoorraad")
        look(moderator)
        main(moderator).get_by_role("link", name="Waterveld Software (fictief)").first.click()
        look(moderator)
        expect(main(moderator)).to_contain_text("werkt de tekenbevoegde van toen daar niet meer")
        expect(main(moderator).get_by_role("link", name="besluit.pdf")).to_be_visible()
        decide(moderator, "Akkoord: laat de opzegging ingaan", yes="Ja, akkoord")
        told(moderator, "U bent akkoord.")
        moderator.goto("/werkvoorraad")
        look(moderator)
        expect(main(moderator)).to_contain_text("Lopende opzeggingen")

        let_the_days_pass(signature)
        visitor = come(scripts=scripts)
        visitor.goto(f"/ondertekenaars/{organisation.slug}")
        expect(main(visitor)).to_contain_text("voormalig ondertekenaar")


class TestStoppedInTime:
    def test_it_is_stopped_by_the_director_who_signed_without_an_account(
        self,
        served: ServedPortal,
        come: Come,
        scripts: bool,
        officer: Account,
        organisation: Organisation,
        signature: Signature,
    ) -> None:
        owner = come(officer, scripts=scripts)
        ask(owner, signature)
        press(owner, "Mail de link")
        director = come(scripts=scripts, width=390)
        confirm(director, served, DIRECTOR)

        mail = served.mailbox.wait_for(DIRECTOR, "eindigt op")
        director.goto(link_in(mail, "/opzegging-stoppen/"))
        look(director)
        director.get_by_label("Waarom stopt u de opzegging?").fill("De raad kwam terug.")
        press(director, "Stop de opzegging")
        titled(director, "De opzegging is gestopt")
        director.goto(link_in(mail, "/opzegging-stoppen/"))
        titled(director, "De opzegging is gestopt")

        assert "De raad kwam terug" in served.mailbox.wait_for(OFFICER, "is gestopt").text
        owner.goto(f"/ondertekeningen/{signature.id}")
        look(owner)
        expect(main(owner)).to_contain_text("De raad kwam terug.")
        expect(main(owner)).to_contain_text("is ondertekenaar van het Groeipact")
        let_the_days_pass(signature)
        visitor = come(scripts=scripts)
        visitor.goto(f"/ondertekenaars/{organisation.slug}")
        expect(main(visitor)).not_to_contain_text("voormalig")
