"""A moderator works the desk, and whoever wrote hears what became of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from portal.accounts.models import Account
from portal.core import clock
from portal.policy import Role
from tests import factories as make
from tests.harness.served import ServedPortal
from tests.journeys.steps import (
    decide,
    follow,
    go_to,
    link_in,
    look,
    main,
    press,
    refused,
    titled,
    told,
)

Come = Callable[..., Page]

WHY = "Dit gaat over een ander plan. Schrijf het daar op."

# A key counts once the page has noticed what is on the screen; who asks later hears it later.
ON_SCREEN = """() => new Promise((done) =>
  new IntersectionObserver(done).observe(document.querySelector("[data-item]")))"""


def waiting(title: str, body: str, *, days: int = 0, author: Account | None = None) -> None:
    """A comment that waits for so many days, below a promise with this title."""
    clock.set_now(clock.now() - timedelta(days=days))
    discussion = make.make_commitment(title=title).discussion
    make.make_comment(discussion, state="pending", body=body, author=author)
    clock.set_now(None)


def titles(page: Page) -> list[str]:
    """What waits on the desk, in order."""
    return [
        text.split(": ")[1]
        for text in main(page).get_by_role("heading", level=2).all_inner_texts()
        if ": " in text
    ]


def fill_reason(page: Page, ground: str, words: str) -> None:
    """Fill in the small form that is open."""
    opened = main(page).locator(".action-bar details[open]")
    opened.get_by_label("Reden").select_option(ground)
    opened.get_by_label("Toelichting voor de schrijver").fill(words)


class TestDesk:
    def test_it_is_worked_oldest_first_and_writers_hear_why(
        self, served: ServedPortal, come: Come
    ) -> None:
        writer = make.make_account(name="Vera Visser")
        make.make_comment(author=writer)
        waiting("Het nieuwste plan", "Mooi plan.", author=make.make_account())
        waiting("Het tussenplan", "Ik snap punt drie niet.", days=1, author=writer)
        waiting("Het oudste plan", "Koop bij mij!", days=9, author=writer)
        page = come(make.make_moderator(), scripts=False)

        page.goto("/")
        go_to(page, "Werkvoorraad")
        expect(main(page)).to_contain_text("3 teksten en aanvragen wachten op een besluit.")
        assert titles(page) == ["Het oudste plan", "Het tussenplan", "Het nieuwste plan"]
        oldest = main(page).get_by_role("article").first
        expect(oldest).to_contain_text("wacht 9 dagen")
        expect(oldest).to_contain_text("Eerdere reacties: 1 geplaatst, 0 niet geplaatst")

        # Refuse the oldest, with ground and words.
        follow(page, "Het oudste plan")
        expect(main(page)).to_contain_text("Vera Visser")
        expect(main(page)).to_contain_text("op persoonlijke titel")
        main(page).locator("summary", has_text="Niet plaatsen").click()
        look(page)
        fill_reason(page, "Reclame of spam", "Dit is reclame.")
        press(page, "Niet plaatsen en reden versturen")
        told(page, "De reactie is niet geplaatst. De schrijver krijgt een mail met de reden.")

        # The next opens by itself; ask for another text.
        expect(main(page).get_by_role("heading", level=2).first).to_contain_text("Het tussenplan")
        main(page).locator("summary", has_text="Aanpassing vragen").click()
        look(page)
        fill_reason(page, "Onduidelijk of onvolledig", "Welk punt drie bedoelt u?")
        press(page, "Vraag versturen")
        told(page, "De schrijver krijgt een mail met de vraag om de tekst aan te passen.")

        # Place the last; then there is nothing left.
        decide(page, "Plaatsen", yes="Ja, plaatsen")
        told(page, "De reactie is geplaatst.")
        titled(page, "Werkvoorraad")
        expect(main(page)).to_contain_text("Niets te doen")

        mail = served.mailbox.wait_for(writer.email, "niet geplaatst")
        for words in ("Reclame of spam", "Dit is reclame.", "Koop bij mij!", "heroverweging"):
            assert words in mail.text
        mail = served.mailbox.wait_for(writer.email, "Pas uw reactie aan")
        for words in ("Onduidelijk of onvolledig", "Welk punt drie bedoelt u?"):
            assert words in mail.text

        # The writer follows the link, reads why, and sends another text.
        author = come(writer, scripts=False, width=390)
        author.goto(link_in(mail, "/bewerken"))
        look(author)
        expect(main(author)).to_contain_text("Welk punt drie bedoelt u?")
        author.get_by_label("Uw reactie").fill("Punt drie van de bijlage is mij niet duidelijk.")
        press(author, "Wijziging versturen")
        told(author, "Uw wijziging wacht op moderatie.")
        author.goto("/account/reacties")
        look(author)
        expect(main(author)).to_contain_text("Dit is reclame.")
        expect(main(author)).to_contain_text("Reclame of spam")

        go_to(page, "Werkvoorraad")
        follow(page, "Het tussenplan")
        expect(main(page)).to_contain_text("Punt drie van de bijlage")
        decide(page, "Plaatsen", yes="Ja, plaatsen")
        visitor = come(scripts=False, width=390)
        visitor.goto("/toezeggingen/het-tussenplan")
        look(visitor)
        expect(main(visitor)).to_contain_text("Punt drie van de bijlage")
        expect(main(visitor)).not_to_contain_text("Ik snap punt drie niet.")

    def test_it_is_worked_by_keyboard_with_keys_on(self, come: Come) -> None:
        waiting("Het nieuwste plan", "Mooi plan.")
        waiting("Het tussenplan", "Ik snap het niet.", days=1)
        waiting("Het oudste plan", "Koop bij mij!", days=2)
        page = come(make.make_moderator(has_desk_keys=True))
        page.goto("/werkvoorraad")
        page.evaluate(ON_SCREEN)
        # From wherever the page begins.
        for key in "jjko":
            page.keyboard.press(key)
        titled(page, "Reactie")
        expect(main(page).get_by_role("heading", level=2)).to_contain_text("Het oudste plan")
        expect(page.locator("#beoordeling")).to_be_focused()
        page.evaluate(ON_SCREEN)
        page.keyboard.press("n")
        expect(main(page).get_by_role("heading", level=2)).to_contain_text("Het tussenplan")
        page.evaluate(ON_SCREEN)
        # A key opens the question and never answers it, however often it is pressed.
        for key in "ppp":
            page.keyboard.press(key)
        expect(main(page).get_by_role("button", name="Ja, plaatsen")).to_be_focused()
        look(page)
        page.keyboard.press("Enter")
        told(page, "De reactie is geplaatst.")
        expect(main(page).get_by_role("heading", level=2)).to_contain_text("Het nieuwste plan")
        page.evaluate(ON_SCREEN)
        page.keyboard.press("Enter")
        page.keyboard.press("v")
        expect(
            main(page).locator(".action-bar details[open]").get_by_label("Reden")
        ).to_be_focused()
        page.keyboard.type("Onduid")
        page.keyboard.press("Tab")
        page.keyboard.type("Welk plan bedoelt u: het plan van pagina vijf?")
        page.keyboard.press("Escape")
        expect(page.locator("#beoordeling")).to_be_focused()
        page.keyboard.press("b")
        expect(main(page).get_by_role("heading", level=2)).to_contain_text("Het oudste plan")
        page.evaluate(ON_SCREEN)
        page.keyboard.press("l")
        titled(page, "Werkvoorraad")
        assert titles(page) == ["Het oudste plan", "Het nieuwste plan"]

    def test_it_hears_no_key_with_keys_off(self, come: Come) -> None:
        waiting("Het plan", "Koop bij mij!")
        page = come(make.make_moderator())
        page.goto("/werkvoorraad")
        follow(page, "Het plan")
        address = page.url
        for key in "pwvnlbjko":
            page.keyboard.press(key)
        expect(main(page).locator(".action-bar details[open]")).to_have_count(0)
        assert page.url == address

    def test_it_is_friendly_when_empty(self, come: Come, scripts: bool) -> None:
        page = come(make.make_moderator(), scripts=scripts, width=320)
        page.goto("/werkvoorraad")
        look(page)
        expect(main(page)).to_contain_text("De werkvoorraad is leeg.")
        expect(page.get_by_role("banner")).not_to_contain_text(re.compile(r"Werkvoorraad\s*\d"))


class TestContext:
    def test_it_shows_what_a_reply_answers(self, come: Come) -> None:
        commitment = make.make_commitment(title="Het plan")
        asker = make.make_account(name="Ada Vraagt")
        top = make.make_comment(commitment.discussion, body="Wanneer begint u?", author=asker)
        make.make_comment(parent=top, state="pending", body="In maart.")
        page = come(make.make_moderator(), scripts=False, width=390)
        page.goto("/werkvoorraad")
        expect(main(page).get_by_role("article")).to_contain_text("Antwoord op Ada Vraagt.")
        follow(page, "Het plan")
        titled(page, "Antwoord op een reactie")
        expect(main(page)).to_contain_text("Wanneer begint u?")
        expect(main(page)).to_contain_text("In maart.")
        follow(page, "Het plan")
        expect(main(page)).to_contain_text("Wanneer begint u?")
        expect(main(page)).not_to_contain_text("In maart.")


class TestDecision:
    def test_it_tells_who_came_second_what_happened(self, come: Come, scripts: bool) -> None:
        waiting("Het plan", "Koop bij mij!")
        first = come(make.make_moderator(), scripts=scripts)
        second = come(make.make_moderator(), scripts=scripts, width=390)
        for page in (first, second):
            page.goto("/werkvoorraad")
            follow(page, "Het plan")
        main(first).locator("summary", has_text="Niet plaatsen").click()
        fill_reason(first, "Gaat niet over het onderwerp", WHY)
        press(first, "Niet plaatsen en reden versturen")
        told(first, "De reactie is niet geplaatst.")
        decide(second, "Plaatsen", yes="Ja, plaatsen")
        titled(second, "Dit is intussen veranderd")
        expect(main(second)).to_contain_text("Iemand anders was u net voor")
        expect(main(second)).to_contain_text("niet geplaatst")
        expect(main(second)).to_contain_text(WHY)
        follow(second, "Open de pagina opnieuw")
        expect(main(second)).to_contain_text("niet geplaatst")
        expect(main(second)).to_contain_text(WHY)
        expect(main(second).get_by_role("button")).to_have_count(0)

    @pytest.mark.parametrize("step", ["Niet plaatsen", "Aanpassing vragen"])
    def test_it_needs_a_reason_in_words(self, come: Come, step: str) -> None:
        waiting("Het plan", "Koop bij mij!")
        page = come(make.make_moderator(), scripts=False, width=390)
        page.goto("/werkvoorraad")
        follow(page, "Het plan")
        main(page).locator("summary", has_text=step).click()
        send = main(page).locator(".action-bar details[open]").get_by_role("button")
        send.click()
        look(page)
        refused(page, "Kies een reden.")
        refused(page, "Schrijf op waarom.")
        fill_reason(page, "Andere reden", "  ")
        send.click()
        refused(page, "Schrijf op waarom.")
        selected = main(page).locator(".action-bar details[open]").get_by_label("Reden")
        expect(selected).to_have_value("other")
        page.goto("/werkvoorraad")
        assert titles(page) == ["Het plan"]


class TestStake:
    def test_it_gives_no_button_for_an_own_text(self, come: Come) -> None:
        moderator = make.make_moderator()
        waiting("Het eigen plan", "Ik vind dit goed.", author=moderator)
        waiting("Het andere plan", "Ik ook.")
        self.look_at_what_may_be_decided(come(moderator), "Het eigen plan")

    def test_it_gives_no_button_for_an_own_organisation(self, come: Come) -> None:
        moderator = make.make_moderator()
        commitment = make.make_commitment(title="Het plan van ons")
        make.make_membership(commitment.organisation, moderator, role=Role.READER)
        make.make_comment(commitment.discussion, state="pending", body="Wat een plan.")
        waiting("Het andere plan", "Ik ook.")
        self.look_at_what_may_be_decided(come(moderator), "Het plan van ons")

    @staticmethod
    def look_at_what_may_be_decided(page: Page, own: str) -> None:
        page.goto("/werkvoorraad")
        follow(page, own)
        expect(main(page)).to_contain_text("U mag hierover niet besluiten")
        expect(main(page).get_by_role("button")).to_have_count(0)
        own_address = page.url.split("#")[0]

        # Who sends another form to it by hand is refused all the same.
        page.goto("/werkvoorraad")
        follow(page, "Het andere plan")
        main(page).locator("form").first.evaluate(
            "(form, address) => { form.action = address }", f"{own_address}/plaatsen"
        )
        decide(page, "Plaatsen", yes="Ja, plaatsen")
        titled(page, "U hebt geen toegang tot deze pagina")
        page.goto("/werkvoorraad")
        assert titles(page) == [own, "Het andere plan"]


class TestUndoing:
    def test_a_slip_is_taken_back_by_keyboard_and_the_writer_hears_of_it(
        self, served: ServedPortal, come: Come
    ) -> None:
        writer = make.make_account(name="Vera Visser")
        waiting("Het volgende plan", "Hoe werkt dit?")
        waiting("Het verkeerde plan", "Koop bij mij!", days=1, author=writer)
        page = come(make.make_moderator(has_desk_keys=True))
        page.goto("/werkvoorraad")
        page.evaluate(ON_SCREEN)
        for key in "jo":
            page.keyboard.press(key)
        titled(page, "Reactie")
        page.evaluate(ON_SCREEN)
        page.keyboard.press("p")
        expect(main(page).get_by_role("button", name="Ja, plaatsen")).to_be_focused()
        page.keyboard.press("Enter")
        told(page, "De reactie is geplaatst.")
        visitor = come(scripts=False, width=390)
        visitor.goto("/toezeggingen/het-verkeerde-plan")
        expect(main(visitor)).to_contain_text("Koop bij mij!")
        served.mailbox.wait_for(writer.email, "geplaatst")

        # Two more presses where the button was decide nothing about the next.
        page.mouse.dblclick(640, 400)
        expect(main(page).get_by_role("heading", level=2).first).to_contain_text(
            "Het volgende plan"
        )
        page.goto("/werkvoorraad")
        page.get_by_role("navigation", name="Uw werk").get_by_role(
            "link", name="Afgehandeld"
        ).click()
        look(page)
        titled(page, "Afgehandeld")
        expect(main(page)).to_contain_text("geplaatst")
        follow(page, "Ongedaan maken Het verkeerde plan")
        titled(page, "Besluit ongedaan maken")
        page.get_by_label("Toelichting").fill("Dit was reclame.")
        press(page, "Maak ongedaan")
        told(page, "Het besluit is ongedaan gemaakt.")
        expect(main(page).get_by_role("heading", level=2)).to_contain_text("Het verkeerde plan")

        visitor.reload()
        expect(main(visitor)).not_to_contain_text("Koop bij mij!")
        mail = served.mailbox.wait_for(writer.email, "geldt niet meer")
        assert "Dit was reclame." in mail.text
        page.goto("/werkvoorraad")
        assert titles(page) == ["Het verkeerde plan", "Het volgende plan"]
        page.goto("/werkvoorraad/afgehandeld")
        look(page)
        expect(main(page)).to_contain_text("Ongedaan gemaakt.")
