"""The pages of accounts in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from portal.accounts.actions.links import CHANGE, CONFIRM, RESET, make_link
from portal.core.db import write_section
from tests.accounts.people import GOOD
from tests.factories import make_account, make_beheerder
from tests.harness.browser import assert_accessible, assert_no_sideways_scroll
from tests.harness.served import ServedPortal


def look_at(page: Page, path: str) -> None:
    """Open a page; it is for everybody, and it fits."""
    page.goto(path)
    assert_accessible(page)
    assert_no_sideways_scroll(page)


class TestPages:
    def test_it_lets_everybody_in(self, served: ServedPortal, page: Page) -> None:
        waiting = make_account(is_confirmed=False, email="een.heel.lang.adres@gemeente.example")
        with write_section():
            reset = make_link(waiting, RESET)
            confirm = make_link(waiting, CONFIRM)
            change = make_link(waiting, CHANGE, email="ander@gemeente.example")
        for path in (
            "/inloggen?verder=/nieuws",
            "/registreren",
            "/registreren/mail",
            "/wachtwoord-vergeten",
            "/wachtwoord-vergeten/mail",
            f"/nieuw-wachtwoord/{reset}",
            f"/bevestigen/{confirm}",
            f"/nieuw-e-mailadres/{change}",
            "/nieuw-wachtwoord/verlopen",
        ):
            look_at(page, path)
        page.goto("/registreren")
        page.get_by_role("main").get_by_role("button", name="Registreren").click()
        expect(page.locator("#fouten")).to_be_focused()
        assert_accessible(page)
        served.sign_in(page, waiting)
        look_at(page, "/account")

    def test_it_is_for_everybody_who_is_in(self, served: ServedPortal, page: Page) -> None:
        beheerder = make_beheerder(name="Een Heel Lange Naam van der Nieuwstad tot Oldenburg")
        other = make_account(is_long_password=False)
        served.sign_in(page, beheerder)
        for path in (
            "/account",
            "/account/naam",
            "/account/e-mail",
            "/account/wachtwoord",
            "/account/sessies",
            "/beheer/rollen?q=example",
            f"/beheer/rollen/{other.id}",
        ):
            look_at(page, path)


class TestJourney:
    def test_it_takes_a_new_reader_in_and_back(self, served: ServedPortal, any_page: Page) -> None:
        page = any_page
        page.goto("/inloggen?verder=/account/naam")
        page.get_by_role("main").get_by_role("link", name="Registreren").click()
        page.get_by_label("Naam").fill("Noor Nieuw")
        page.get_by_label("E-mailadres").fill("noor@example.org")
        page.get_by_label("Wachtwoord").fill(GOOD)
        page.get_by_role("main").get_by_role("button", name="Registreren").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Kijk in uw mail")

        mail = served.mailbox.wait_for("noor@example.org")
        page.goto(mail.paths[0])
        page.get_by_role("button", name="Bevestigen").click()
        expect(page).to_have_url(re.compile("/account/naam$"))
        expect(page.get_by_label("Naam")).to_have_value("Noor Nieuw")

    def test_it_goes_by_keyboard_alone(self, served: ServedPortal, page: Page) -> None:
        account = make_account(email="noor@example.org")
        page.goto("/inloggen")
        page.get_by_label("E-mailadres").focus()
        page.keyboard.type(account.email)
        page.keyboard.press("Tab")
        page.keyboard.type("een lang wachtwoord voor de test")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Mijn werk")
