"""Somebody signs in with a code of a telephone, on paper when that is lost, and with help."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from tests import factories as make
from tests.harness.served import ServedPortal
from tests.journeys.steps import follow, leave, look, main, press, refused, sign_in, titled, told

Come = Callable[..., Page]

# The code after the one that counted just now: the clock of the telephone is half a minute ahead.
NEXT = timedelta(seconds=-30)


def set_up(page: Page, *, old_code: str = "") -> tuple[make.Telephone, list[str]]:
    """Scan what the page shows with a new telephone; return it and the recovery codes."""
    titled(page, "Telefoon instellen")
    expect(page.get_by_role("img", name="QR-code met het geheim")).to_be_visible()
    telephone = make.Telephone(main(page).locator("code.secret").inner_text().replace(" ", ""))
    if old_code:
        page.get_by_label("Code van uw huidige telefoon, of een herstelcode").fill(old_code)
    page.get_by_label("Huidig wachtwoord").fill(make.PASSWORD)
    page.get_by_label("Code uit de app").fill(telephone.code())
    press(page, "Telefoon opslaan")
    titled(page, "Uw herstelcodes")
    return telephone, main(page).locator(".recovery-codes code").all_inner_texts()


def give(page: Page, code: str) -> None:
    """Fill in the code that is asked for."""
    titled(page, "Code uit uw app")
    page.get_by_label("Code uit uw app").fill(code)
    press(page, "Verder")


def give_paper(page: Page, code: str) -> None:
    """Fill in a recovery code instead."""
    follow(page, "Gebruik een herstelcode")
    page.get_by_label("Herstelcode").fill(code)
    press(page, "Verder")


class TestTwoSteps:
    def test_it_is_set_up_used_lost_and_set_up_again(
        self, served: ServedPortal, come: Come, scripts: bool
    ) -> None:
        person = make.make_account(name="Noor Nieuw", email="noor@example.org")
        page = come(person, scripts=scripts, width=320)
        page.goto("/account/twee-stappen")
        look(page)
        follow(page, "Telefoon instellen")
        telephone, paper = set_up(page)
        assert len(paper) == 10
        with page.expect_download() as saved:
            main(page).get_by_role("link", name="Sla op als tekstbestand").click()
        assert saved.value.path().read_text().split() == paper
        follow(page, "Ik heb ze bewaard, ga verder")
        expect(main(page)).to_contain_text("nog 10 te gebruiken")
        served.mailbox.wait_for(person.email, "Inloggen in twee stappen staat aan")

        # The password is no longer enough.
        leave(page)
        sign_in(page, person.email, make.PASSWORD)
        give(page, "000 000")
        refused(page, "Deze code klopt niet.")
        give(page, telephone.code(late=NEXT))
        titled(page, "Mijn werk")

        # The telephone is lost: a code on paper, and then another telephone.
        leave(page)
        sign_in(page, person.email, make.PASSWORD)
        give_paper(page, paper[0].upper())
        told(page, "U hebt er nog 9.")
        served.mailbox.wait_for(person.email, "Er is ingelogd met een herstelcode")
        page.goto("/account/twee-stappen")
        look(page)
        follow(page, "Instellen van een andere telefoon")
        other, _paper = set_up(page, old_code=paper[1])
        leave(page)
        sign_in(page, person.email, make.PASSWORD)
        give_paper(page, paper[2])
        refused(page, "Deze herstelcode klopt niet, of is al gebruikt.")
        follow(page, "Toch een code uit de app")
        give(page, other.code(late=NEXT))
        titled(page, "Mijn werk")

    def test_it_is_done_by_keyboard(self, come: Come) -> None:
        person = make.make_account()
        telephone = make.make_telephone(person)
        page = come(scripts=False, width=320)
        page.goto("/inloggen?verder=/account/sessies")
        page.get_by_label("E-mailadres").focus()
        page.keyboard.type(person.email)
        page.keyboard.press("Tab")
        page.keyboard.type(make.PASSWORD)
        page.keyboard.press("Enter")
        titled(page, "Code uit uw app")
        for _tab in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == "code":
                break
        page.keyboard.type(telephone.code())
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Sessies")

    def test_it_is_taken_away_by_a_beheerder_when_everything_is_lost(
        self, served: ServedPortal, come: Come
    ) -> None:
        moderator = make.make_moderator(name="Mo Moderator", email="mo@example.org")
        make.make_telephone(moderator)
        page = come(make.make_beheerder(name="Bo Beheer"), scripts=False, width=320)
        page.goto("/beheer/rollen")
        follow(page, "Wijzig de rollen van Mo Moderator")
        follow(page, "Telefoon en herstelcodes kwijt? Verwijder de tweede stap")
        press(page, "Tweede stap verwijderen")
        refused(page, "Schrijf op waarom.")
        page.get_by_label("Reden").fill("Telefoon gestolen. Ik heb Mo gebeld.")
        press(page, "Tweede stap verwijderen")
        told(page, "De tweede stap van Mo Moderator is verwijderd.")
        mail = served.mailbox.wait_for(moderator.email, "Uw tweede stap is verwijderd")
        assert "Bo Beheer" in mail.text

        theirs = come(scripts=False, width=320)
        theirs.goto("/inloggen")
        sign_in(theirs, moderator.email, make.PASSWORD)
        titled(theirs, "Mijn werk")
