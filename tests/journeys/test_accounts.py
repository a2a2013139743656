"""Somebody gets an account, looks after it, and is given a role."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from portal.accounts.models import Account
from tests import factories as make
from tests.harness.served import ServedPortal
from tests.journeys.steps import (
    PASSWORD,
    confirm,
    follow,
    go_to,
    leave,
    link_in,
    look,
    main,
    press,
    refused,
    register,
    sign_in,
    titled,
    told,
)

Come = Callable[..., Page]

OTHER = "negen kalme uilen op een dak"
WRONG = "dit is het verkeerde wachtwoord"


def at_sign_in(page: Page) -> None:
    """Choose Inloggen in the header."""
    page.goto("/")
    page.get_by_role("banner").get_by_role("link", name="Inloggen").click()
    look(page)


def change(page: Page, what: str) -> None:
    """Choose what to change, on one's own page."""
    go_to(page, "Mijn account")
    titled(page, "Mijn account")
    main(page).get_by_role("link", name=re.compile(f"(Wijzig|Bekijk) {what}")).click()
    look(page)


class TestRegistering:
    def test_it_takes_somebody_in_and_out_again(
        self, served: ServedPortal, come: Come, scripts: bool
    ) -> None:
        page = come(scripts=scripts, width=320)
        page.goto("/")
        page.get_by_role("banner").get_by_role("link", name="Registreren").click()
        look(page)
        link = register(page, served, name="Noor Nieuw", email="Noor@example.org")
        confirm(page, link)
        told(page, "Uw e-mailadres is bevestigd.")
        titled(page, "Mijn werk")
        expect(main(page)).to_contain_text("Dag Noor Nieuw")
        leave(page)
        told(page, "U bent uitgelogd.")
        page.goto("/account")
        titled(page, "Inloggen")
        # The link from the mail works once, and says so.
        page.goto(link)
        look(page)
        titled(page, "Uw e-mailadres is al bevestigd")
        expect(main(page)).to_contain_text("U kunt inloggen.")

    def test_it_says_beside_each_field_what_is_wrong(self, come: Come, scripts: bool) -> None:
        page = come(scripts=scripts, width=320)
        page.goto("/registreren")
        look(page)
        press(page, "Registreren")
        for words in ("Vul uw naam in.", "Vul uw e-mailadres in.", "Kies een wachtwoord."):
            refused(page, words)
        page.get_by_label("Naam").fill("Noor www.koop.example")
        page.get_by_label("E-mailadres").fill("noor@")
        page.get_by_label("Wachtwoord").fill("welkom")
        press(page, "Registreren")
        for words in ("zonder webadres", "Vul een e-mailadres in", "Gebruik minstens 12 tekens."):
            refused(page, words)
        # What was right stays; what nobody may see again does not.
        expect(page.get_by_label("E-mailadres")).to_have_value("noor@")
        expect(page.get_by_label("Wachtwoord")).to_have_value("")
        page.get_by_label("Naam").fill("Noor")
        page.get_by_label("E-mailadres").fill("noor@example.org")
        for weak, words in (
            ("wachtwoord1234", "te makkelijk te raden"),
            ("noor@example.org", "niet uw naam of e-mailadres"),
        ):
            page.get_by_label("Wachtwoord").fill(weak)
            press(page, "Registreren")
            refused(page, words)
        # Each line of the summary leads to its field.
        main(page).get_by_role("alert").get_by_role("link").first.click()
        expect(page.get_by_label("Wachtwoord")).to_be_focused()

    def test_it_tells_a_known_address_nothing_on_the_page_and_all_by_mail(
        self, served: ServedPortal, come: Come
    ) -> None:
        known = make.make_account(email="bekend@example.org", name="Bea Bekend")
        page = come(scripts=False)
        page.goto("/registreren")
        page.get_by_label("Naam").fill("Iemand Anders")
        page.get_by_label("E-mailadres").fill(known.email)
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        press(page, "Registreren")
        titled(page, "Kijk in uw mail")
        mail = served.mailbox.wait_for(known.email, "U hebt al een account")
        page.goto(link_in(mail, "/inloggen"))
        sign_in(page, known.email, PASSWORD)
        refused(page, "Het e-mailadres of het wachtwoord klopt niet.")
        sign_in(page, known.email, make.PASSWORD)
        expect(main(page)).to_contain_text("Dag Bea Bekend")


def tab_to(page: Page, label: str) -> None:
    """Go to a field with the Tab key alone."""
    field = page.get_by_label(label, exact=True)
    for _press in range(40):
        page.keyboard.press("Tab")
        if field.evaluate("field => field === document.activeElement"):
            return
    raise AssertionError(f"no Tab leads to {label}")


class TestConfirmingElsewhere:
    """The link from the mail opens in another browser than the one that registered."""

    def test_it_asks_for_the_password(
        self, served: ServedPortal, come: Come, scripts: bool
    ) -> None:
        page = come(scripts=False)
        page.goto("/registreren?verder=/nieuws")
        link = register(page, served, name="Noor Nieuw", email="noor@example.org")
        telephone = come(scripts=scripts, width=320)
        telephone.goto(link)
        look(telephone)
        for typed, words in (
            ("", "Vul uw wachtwoord in."),
            (WRONG, "Dit is niet het wachtwoord van dit account."),
        ):
            telephone.get_by_label("Wachtwoord", exact=True).fill(typed)
            press(telephone, "Bevestigen")
            refused(telephone, words)
        tab_to(telephone, "Wachtwoord")
        telephone.keyboard.type(PASSWORD)
        telephone.keyboard.press("Enter")
        told(telephone, "Uw e-mailadres is bevestigd.")
        titled(telephone, "Nieuws")

    def test_it_leaves_nothing_to_a_stranger_who_registered_with_the_address(
        self, served: ServedPortal, come: Come, scripts: bool
    ) -> None:
        stranger = come(scripts=False)
        stranger.goto("/registreren")
        link = register(stranger, served, name="Noor Nieuw", email="noor@example.org")
        owner = come(scripts=scripts, width=320)
        owner.goto(link)
        press(owner, "Wachtwoord opslaan en bevestigen")
        refused(owner, "Kies een wachtwoord.")
        tab_to(owner, "Nieuw wachtwoord")
        owner.keyboard.type(OTHER)
        owner.keyboard.press("Enter")
        told(owner, "Uw e-mailadres is bevestigd.")
        stranger.goto("/inloggen")
        sign_in(stranger, "noor@example.org", PASSWORD)
        refused(stranger, "Het e-mailadres of het wachtwoord klopt niet.")


class TestForgottenPassword:
    def test_it_gives_another_by_mail_and_ends_every_session(
        self, served: ServedPortal, come: Come
    ) -> None:
        person = make.make_account(email="vergeetachtig@example.org")
        elsewhere = come(person, scripts=False)
        page = come(scripts=False, width=390)
        at_sign_in(page)
        sign_in(page, person.email, WRONG)
        refused(page, "Het e-mailadres of het wachtwoord klopt niet.")
        expect(page.get_by_label("E-mailadres")).to_have_value(person.email)
        follow(page, "Wachtwoord vergeten?")
        page.get_by_label("E-mailadres").fill(person.email)
        press(page, "Mail mij een link")
        titled(page, "Kijk in uw mail")
        link = link_in(served.mailbox.wait_for(person.email, "Kies een nieuw"), "/nieuw-wachtwoord")
        page.goto(link)
        look(page)
        page.get_by_label("Nieuw wachtwoord").fill("kort")
        press(page, "Wachtwoord opslaan")
        refused(page, "Gebruik minstens 12 tekens.")
        page.get_by_label("Nieuw wachtwoord").fill(OTHER)
        press(page, "Wachtwoord opslaan")
        told(page, "Uw nieuwe wachtwoord is opgeslagen. U bent ingelogd.")
        titled(page, "Mijn werk")
        served.mailbox.wait_for(person.email, "Uw wachtwoord is gewijzigd")
        leave(page)
        sign_in(page, person.email, OTHER)
        titled(page, "Mijn werk")
        elsewhere.goto("/account")
        titled(elsewhere, "Inloggen")
        page.goto(link)
        look(page)
        titled(page, "Deze link werkt niet meer")
        follow(page, "Vraag een nieuwe link aan")
        titled(page, "Wachtwoord vergeten")


class TestOwnAccount:
    def test_it_is_changed_field_by_field(self, served: ServedPortal, come: Come) -> None:
        person = make.make_account(email="oud@example.org", name="Oude Naam")
        page = come(scripts=False, width=390)
        at_sign_in(page)
        sign_in(page, person.email, make.PASSWORD)

        change(page, "naam")
        page.get_by_label("Naam").fill("  Ñoor  de   Nieuwe ")
        press(page, "Naam opslaan")
        told(page, "Uw naam is gewijzigd.")
        expect(main(page)).to_contain_text("Ñoor de Nieuwe")

        # A new address is confirmed at the new one, and told to the old one.
        change(page, "e-mailadres")
        page.get_by_label("Nieuw e-mailadres").fill("nieuw@example.org")
        page.get_by_label("Huidig wachtwoord").fill(WRONG)
        press(page, "Stuur de mail")
        refused(page, "Dit is niet uw huidige wachtwoord.")
        expect(page.get_by_label("Nieuw e-mailadres")).to_have_value("nieuw@example.org")
        page.get_by_label("Huidig wachtwoord").fill(make.PASSWORD)
        press(page, "Stuur de mail")
        told(page, "Tot dan blijft uw oude adres gelden.")
        expect(main(page)).to_contain_text("oud@example.org")
        served.mailbox.wait_for("oud@example.org", "Uw e-mailadres wordt gewijzigd")
        mail = served.mailbox.wait_for("nieuw@example.org", "Bevestig uw nieuwe e-mailadres")
        page.goto(link_in(mail, "/nieuw-e-mailadres"))
        look(page)
        press(page, "Bevestigen")
        served.mailbox.wait_for("oud@example.org", "Uw e-mailadres is gewijzigd")
        titled(page, "Mijn account")
        expect(main(page)).to_contain_text("nieuw@example.org")

        # Another password; the old one is worth nothing from then on.
        change(page, "wachtwoord")
        page.get_by_label("Huidig wachtwoord").fill(make.PASSWORD)
        page.get_by_label("Nieuw wachtwoord").fill(OTHER)
        press(page, "Wachtwoord opslaan")
        told(page, "Uw wachtwoord is gewijzigd.")
        served.mailbox.wait_for("nieuw@example.org", "Uw wachtwoord is gewijzigd")
        leave(page)
        sign_in(page, "nieuw@example.org", make.PASSWORD)
        refused(page, "Het e-mailadres of het wachtwoord klopt niet.")
        sign_in(page, "oud@example.org", OTHER)
        refused(page, "Het e-mailadres of het wachtwoord klopt niet.")
        sign_in(page, "nieuw@example.org", OTHER)
        titled(page, "Mijn werk")


class TestSessions:
    def test_it_shows_and_ends_what_is_open_elsewhere(self, come: Come) -> None:
        person = make.make_account()
        page, second, third = (come(scripts=False, width=390) for _browser in range(3))
        for browser in (page, second, third):
            browser.goto("/inloggen")
            sign_in(browser, person.email, make.PASSWORD)
        change(page, "sessies")
        listed = main(page).get_by_role("listitem").filter(has_text="Ingelogd op")
        expect(listed).to_have_count(3)
        expect(listed.filter(has_text="deze sessie")).to_have_count(1)
        expect(listed.first).to_contain_text("deze sessie")
        listed.last.get_by_role("button").click()
        look(page)
        expect(listed).to_have_count(2)
        second.goto("/account")
        titled(second, "Inloggen")
        press(page, "Beëindig alle andere sessies")
        expect(listed).to_have_count(1)
        third.goto("/account")
        titled(third, "Inloggen")
        listed.get_by_role("button").click()
        look(page)
        titled(page, "Inloggen")


class TestRoles:
    def test_it_lets_a_beheerder_give_and_take_a_role(
        self, served: ServedPortal, come: Come
    ) -> None:
        colleague: Account = make.make_account(name="Mo Moderator", email="mo@example.org")
        their = come(colleague, scripts=False, width=390)
        page = come(make.make_beheerder(name="Bo Beheer"), scripts=False, width=390)
        page.goto("/")
        go_to(page, "Beheer")
        follow(page, "Rollen in de vereniging")
        page.get_by_label("E-mailadres, of een deel ervan").fill("niemand@")
        press(page, "Zoek")
        expect(main(page)).to_contain_text("Geen account gevonden")
        page.get_by_label("E-mailadres, of een deel ervan").fill("mo@")
        press(page, "Zoek")
        follow(page, "Wijzig de rollen van Mo Moderator")
        page.get_by_label("Moderator").check()
        press(page, "Rollen opslaan")
        told(page, "De rollen van Mo Moderator zijn gewijzigd.")
        mail = served.mailbox.wait_for(
            colleague.email, "Uw rol op Groeipact Common Ground is gewijzigd"
        )
        assert "U bent nu moderator" in mail.text

        # Whoever got it signs in again, and has the desk.
        their.goto("/mijn-werk")
        sign_in(their, colleague.email, make.PASSWORD)
        follow(their, "Naar de werkvoorraad")
        titled(their, "Werkvoorraad")
        follow(page, "Wijzig de rollen van Mo Moderator")
        page.get_by_label("Moderator").uncheck()
        press(page, "Rollen opslaan")
        their.goto("/werkvoorraad")
        sign_in(their, colleague.email, make.PASSWORD)
        titled(their, "U hebt geen toegang tot deze pagina")

    def test_it_keeps_the_last_beheerder_and_asks_a_long_password_of_staff(
        self, come: Come
    ) -> None:
        beheerder = make.make_beheerder(name="Bo Beheer")
        make.make_account(name="Kas Kort", email="kort@example.org", is_long_password=False)
        page = come(beheerder, scripts=False, width=320)
        page.goto("/beheer/rollen")
        look(page)
        follow(page, "Wijzig de rollen van Bo Beheer")
        page.get_by_label("Beheerder").uncheck()
        press(page, "Rollen opslaan")
        refused(page, "beheerder")
        page.goto("/beheer/rollen?q=kort")
        follow(page, "Wijzig de rollen van Kas Kort")
        page.get_by_label("Moderator").check()
        press(page, "Rollen opslaan")
        refused(page, "15 tekens")
        page.goto("/beheer/rollen")
        expect(main(page).get_by_role("listitem").filter(has_text="Bo Beheer")).to_be_visible()
        expect(main(page)).not_to_contain_text("Kas Kort")
