"""Somebody reads, wants to say something, and gets an answer."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import delete

from portal.accounts.models import Account, AccountSession
from portal.commitments.models import Commitment
from portal.core.db import db, write_section
from portal.policy import Role
from tests import factories as make
from tests.harness.served import ServedPortal
from tests.journeys.steps import (
    PASSWORD,
    confirm,
    decide,
    follow,
    go_to,
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

SENTENCE = "U moet ingelogd zijn om een reactie te kunnen plaatsen"
STANDS_AGAIN = "Uw tekst staat er weer. U hebt de tekst nog niet verstuurd."
WAITS = "wacht op moderatie"
LONG_TEXT = "Waarom pas in oktober? De gemeente wacht al op cijfers, meent één lezer. "
LONG_TEXT = (LONG_TEXT * 30)[:1498] + "é!"
WORD = "aansprakelijkheidswaardevaststellingsveranderingen" * 5


def promise(**values: object) -> Commitment:
    """A commitment that anybody can read and comment on."""
    title = "Whitepaper over onze bijdrage"
    return make.make_commitment(title=title, term="begin oktober 2030", **values)  # type: ignore[arg-type]


def address_of(commitment: Commitment) -> str:
    return f"/toezeggingen/{commitment.slug}"


def comment_of(page: Page, words: str) -> Locator:
    """The comment with these words in it."""
    return main(page).get_by_role("article").filter(has_text=words)


def write(page: Page, words: str) -> None:
    """Type in the field and send it."""
    page.get_by_label("Uw reactie").fill(words)
    press(page, "Reactie plaatsen")


def place_the_oldest(page: Page, words: str) -> None:
    """As a moderator: take what waits longest, which has these words, and place it."""
    go_to(page, "Werkvoorraad")
    titled(page, "Werkvoorraad")
    oldest = main(page).get_by_role("article").first
    expect(oldest).to_contain_text(words)
    oldest.get_by_role("link").first.click()
    look(page)
    decide(page, "Plaatsen", yes="Ja, plaatsen")


def end_sessions() -> None:
    """What an idle hour, or another device, does to whoever is typing."""
    with write_section():
        db.session.execute(delete(AccountSession))


def is_warned_and_goes_on(page: Page) -> None:
    """Type for an hour: before the session ends the page says so, and a press goes on with it."""
    told_of = page.locator(".session")
    expect(told_of).to_be_empty()
    page.clock.fast_forward("56:00")
    expect(told_of).to_contain_text("minuten wordt u uitgelogd.")
    look(page)
    page.keyboard.press("End")
    told_of.get_by_role("button", name="Blijf ingelogd").press("Enter")
    expect(told_of).to_contain_text("U blijft ingelogd.")
    expect(page.get_by_label("Uw reactie")).to_be_focused()
    page.clock.fast_forward("30:00")
    expect(told_of).to_be_empty()
    page.clock.fast_forward("31:00")
    expect(told_of).to_contain_text("U bent uitgelogd. Wat u typte, staat er nog.")
    look(page)


class TestFromReadingToAnAnswer:
    def test_it_carries_a_reader_to_an_official_answer(
        self, served: ServedPortal, come: Come, scripts: bool
    ) -> None:
        commitment = promise()
        organisation = commitment.organisation
        editor = make.make_account(name="Daan de Redacteur")
        make.make_membership(organisation, editor, role=Role.EDITOR, job_title="Programmamanager")
        moderator = come(make.make_moderator(name="Mo de Moderator"), scripts=scripts)
        reader = come(scripts=scripts, width=390)

        # A visitor reads, and wants to say something.
        reader.goto("/toezeggingen")
        look(reader)
        follow(reader, commitment.title)
        expect(main(reader).get_by_text(SENTENCE)).to_be_visible()
        main(reader).locator("#plaats-reactie").get_by_role("link", name="Registreren").click()
        look(reader)
        link = register(reader, served, name="Vera Visser", email="vera@example.org")

        # The mail opens in another browser; there they are back at the same spot.
        elsewhere = come(scripts=scripts)
        confirm(elsewhere, link, PASSWORD)
        expect(elsewhere).to_have_url(re.compile(f"{address_of(commitment)}#plaats-reactie$"))
        field = elsewhere.get_by_label("Uw reactie")
        expect(field).to_be_in_viewport()
        expect(main(elsewhere)).to_contain_text("U reageert als Vera Visser, op persoonlijke titel")
        write(elsewhere, "Komt er ook een **samenvatting** voor raadsleden?")
        told(elsewhere, "Uw reactie wacht op moderatie")
        for _visit in range(2):
            own = comment_of(elsewhere, "samenvatting")
            expect(own).to_be_visible()
            expect(own).to_contain_text(WAITS)
            expect(own).to_contain_text("op persoonlijke titel")
            elsewhere.reload()
        go_to(elsewhere, "Mijn werk")
        follow(elsewhere, "Mijn reacties")
        expect(comment_of(elsewhere, "samenvatting")).to_contain_text(WAITS)

        # Nobody else sees it before a moderator has placed it.
        reader.goto(address_of(commitment))
        expect(main(reader)).to_contain_text("Er zijn nog geen reacties.")
        moderator.goto("/")
        place_the_oldest(moderator, "samenvatting")
        told(moderator, "De reactie is geplaatst.")
        mail = served.mailbox.wait_for("vera@example.org", "geplaatst")
        reader = come(scripts=scripts, width=390)
        reader.goto(next(path for path in mail.paths if path.startswith("/toezeggingen")))
        look(reader)
        placed = comment_of(reader, "samenvatting")
        expect(placed).to_be_in_viewport()
        expect(placed).not_to_contain_text(WAITS)
        expect(main(reader).get_by_role("heading", name="Reacties (1)")).to_be_visible()

        # The organisation answers as itself.
        colleague = come(editor, scripts=scripts)
        colleague.goto(address_of(commitment))
        look(colleague)
        comment_of(colleague, "samenvatting").get_by_role("link", name="Beantwoorden").click()
        expect(
            main(colleague).get_by_role("heading", name="Antwoord op Vera Visser")
        ).to_be_visible()
        # On its own page that is chosen already, and the field says so.
        ours = colleague.get_by_role("radio", name=f"namens {organisation.name}")
        expect(ours).to_be_checked()
        answer = colleague.get_by_label(f"Uw antwoord namens {organisation.name}")
        answer.fill("Ja, in november. Wij laten het hier weten.")
        colleague.get_by_label("op persoonlijke titel").check()
        expect(colleague.locator(".said-for")).to_be_hidden()
        ours.check()
        press(colleague, "Antwoord plaatsen")
        place_the_oldest(moderator, "in november")
        reader.reload()
        look(reader)
        answer = comment_of(reader, "in november")
        expect(answer).to_contain_text("antwoord van de organisatie")
        expect(answer).to_contain_text(f"Programmamanager, namens {organisation.name}")
        expect(main(reader).get_by_role("heading", name="Reacties (2)")).to_be_visible()


class TestSessionEndedWhileTyping:
    def test_it_leaves_every_character_in_the_field(
        self, served: ServedPortal, come: Come, scripts: bool
    ) -> None:
        commitment = promise()
        person = make.make_account()
        page = come(person, scripts=scripts, width=390)
        page.clock.install()
        page.goto(address_of(commitment))
        page.get_by_label("Uw reactie").fill(LONG_TEXT)
        if scripts:
            is_warned_and_goes_on(page)
        end_sessions()
        press(page, "Reactie plaatsen")
        expect(main(page)).to_contain_text("Wij hebben de tekst voor u bewaard.")
        sign_in(page, person.email, "een verkeerd wachtwoord")
        refused(page, "Het e-mailadres of het wachtwoord klopt niet.")
        sign_in(page, person.email, make.PASSWORD)
        expect(page).to_have_url(re.compile(f"{address_of(commitment)}#plaats-reactie$"))
        expect(page.get_by_label("Uw reactie")).to_have_value(LONG_TEXT)
        expect(page.get_by_label("Uw reactie")).to_be_in_viewport()
        expect(main(page)).to_contain_text(STANDS_AGAIN)
        look(page)
        press(page, "Reactie plaatsen")
        expect(comment_of(page, "meent één lezer")).to_have_count(1)
        expect(page.get_by_label("Uw reactie")).to_have_value("")
        expect(main(page)).not_to_contain_text(STANDS_AGAIN)

    def test_it_throws_the_text_away_when_its_writer_says_so(
        self, served: ServedPortal, come: Come, scripts: bool
    ) -> None:
        commitment = promise()
        person = make.make_account()
        page = come(person, scripts=scripts, width=320)
        page.goto(address_of(commitment))
        page.get_by_label("Uw reactie").fill(LONG_TEXT)
        end_sessions()
        press(page, "Reactie plaatsen")
        sign_in(page, person.email, make.PASSWORD)
        press(page, "Verwijder deze tekst")
        expect(main(page)).to_contain_text("De tekst die u had getypt, is verwijderd.")
        expect(page).to_have_url(re.compile(f"{address_of(commitment)}#plaats-reactie$"))
        expect(page.get_by_label("Uw reactie")).to_have_value("")
        look(page)
        press(page, "Zet de tekst terug")
        expect(page.get_by_label("Uw reactie")).to_have_value(LONG_TEXT)

    def test_it_keeps_the_text_for_who_registers_and_confirms_elsewhere(
        self, served: ServedPortal, come: Come, scripts: bool
    ) -> None:
        commitment = promise()
        page = come(make.make_account(), scripts=scripts)
        page.goto(address_of(commitment))
        page.get_by_label("Uw reactie").fill(LONG_TEXT)
        end_sessions()
        press(page, "Reactie plaatsen")
        follow(page, "Registreren")
        link = register(page, served, name="Noor Nieuw", email="noor@example.org")
        elsewhere = come(scripts=scripts, width=390)
        confirm(elsewhere, link, PASSWORD)
        expect(elsewhere).to_have_url(re.compile(f"{address_of(commitment)}#plaats-reactie$"))
        expect(elsewhere.get_by_label("Uw reactie")).to_have_value(LONG_TEXT)


class TestUnconfirmedAddress:
    def test_it_first_asks_to_confirm_and_then_leads_back(
        self, served: ServedPortal, come: Come
    ) -> None:
        commitment = promise()
        person = make.make_account(is_confirmed=False, email="nog-niet@example.org")
        page = come(scripts=False, width=390)
        page.goto(address_of(commitment))
        main(page).locator("#plaats-reactie").get_by_role("link", name="Inloggen").click()
        sign_in(page, person.email, make.PASSWORD)
        titled(page, "Bevestig eerst uw e-mailadres")
        page.goto(address_of(commitment))
        expect(page.get_by_label("Uw reactie")).to_have_count(0)
        follow(page, "Bevestig uw e-mailadres")
        press(page, "Stuur de mail opnieuw")
        told(page, "Wij hebben u een nieuwe mail gestuurd.")
        mail = served.mailbox.wait_for(person.email, "Bevestig")
        confirm(page, next(path for path in mail.paths if "/bevestigen/" in path))
        expect(page).to_have_url(re.compile(f"{address_of(commitment)}#plaats-reactie$"))
        told(page, "Uw e-mailadres is bevestigd.")
        expect(page.get_by_label("Uw reactie")).to_be_in_viewport()


class TestSentTwice:
    def test_it_makes_one_comment_of_two_presses(self, come: Come, scripts: bool) -> None:
        commitment = promise()
        page = come(make.make_account(), scripts=scripts)
        page.goto(address_of(commitment))
        page.get_by_label("Uw reactie").fill("Eén keer is genoeg.")
        page.get_by_role("button", name="Reactie plaatsen").dblclick()
        # The first answer may be lost, with what it told: the comment itself says how it stands.
        expect(comment_of(page, "Eén keer is genoeg.")).to_contain_text(WAITS)
        expect(comment_of(page, "Eén keer is genoeg.")).to_have_count(1)
        page.reload()
        expect(comment_of(page, "Eén keer is genoeg.")).to_have_count(1)


class TestGoneMeanwhile:
    def test_it_keeps_the_text_below_an_article_that_was_withdrawn(self, come: Come) -> None:
        article = make.make_article(title="Dimpact en Centric weer samen")
        page = come(make.make_account(), scripts=False, width=390)
        page.goto(f"/nieuws/{article.slug}")
        page.get_by_label("Uw reactie").fill(LONG_TEXT)
        steward = come(make.make_moderator(), scripts=False)
        steward.goto("/redactie/nieuws")
        look(steward)
        follow(steward, article.title)
        press(steward, "Van de site halen")
        press(page, "Reactie plaatsen")
        refused(page, "Dit onderwerp staat intussen niet meer op de site.")
        expect(page.get_by_label("Uw reactie")).to_have_value(LONG_TEXT)

    def test_it_turns_a_reply_to_a_withdrawn_comment_into_a_comment(self, come: Come) -> None:
        commitment = promise()
        writer = make.make_account(name="Wim Weg")
        make.make_comment(commitment.discussion, author=writer, body="Ik bedenk mij nog.")
        page = come(make.make_account(), scripts=False, width=390)
        page.goto(address_of(commitment))
        comment_of(page, "Ik bedenk mij nog.").get_by_role("link", name="Beantwoorden").click()
        page.get_by_label("Uw antwoord").fill("Wat bedoelt u daarmee?")
        owner = come(writer, scripts=False)
        owner.goto(address_of(commitment))
        comment_of(owner, "Ik bedenk mij nog.").get_by_role("link", name="Intrekken").click()
        look(owner)
        press(owner, "Reactie intrekken")
        told(owner, "U hebt uw reactie ingetrokken.")
        press(page, "Antwoord plaatsen")
        refused(page, "De reactie waarop u antwoordt, staat er niet meer.")
        expect(page.get_by_label("Uw reactie")).to_have_value("Wat bedoelt u daarmee?")
        press(page, "Reactie plaatsen")
        expect(comment_of(page, "Wat bedoelt u daarmee?")).to_contain_text(WAITS)

    def test_it_keeps_the_replies_below_a_placeholder(self, come: Come) -> None:
        commitment = promise()
        writer = make.make_account(name="Wim Weg")
        top = make.make_comment(commitment.discussion, author=writer, body="Ik bedenk mij nog.")
        make.make_comment(parent=top, body="Goed punt.")
        owner = come(writer, scripts=False, width=390)
        owner.goto(address_of(commitment))
        comment_of(owner, "Ik bedenk mij nog.").get_by_role("link", name="Intrekken").click()
        look(owner)
        expect(main(owner)).to_contain_text("Onder uw reactie staan antwoorden. Die blijven staan.")
        press(owner, "Reactie intrekken")
        expect(comment_of(owner, "Ik bedenk mij nog.")).to_contain_text("ingetrokken")
        visitor = come(scripts=False, width=320)
        visitor.goto(address_of(commitment))
        look(visitor)
        placeholder = "Deze reactie is ingetrokken door de schrijver."
        expect(comment_of(visitor, placeholder)).not_to_contain_text("Wim Weg")
        expect(comment_of(visitor, "Goed punt.")).to_be_visible()
        expect(main(visitor)).not_to_contain_text("Ik bedenk mij nog.")


class TestUnusualTexts:
    def test_it_shows_any_script_sign_or_length_as_typed(self, come: Come, scripts: bool) -> None:
        commitment = promise()
        page = come(make.make_account(), scripts=scripts, width=320)
        for typed in ("👩🏽‍💻🇳🇱 👏", "هذا تعليق عن الوعد", WORD, "<b>vet</b> & 'scheef' {{ 7*7 }}"):
            page.goto(address_of(commitment))
            write(page, typed)
            own = comment_of(page, typed)
            expect(own).to_have_count(1)
            expect(own).to_be_in_viewport()

    def test_it_lets_links_alone_wait_like_any_text(self, come: Come, scripts: bool) -> None:
        commitment = promise()
        page = come(make.make_account(), scripts=scripts)
        page.goto(address_of(commitment))
        write(page, "[goedkoop](https://goedkoop.example/a) <https://goedkoop.example/b>")
        expect(comment_of(page, "goedkoop")).to_contain_text(WAITS)
        moderator = come(make.make_moderator(), scripts=scripts)
        moderator.goto("/werkvoorraad")
        look(moderator)
        links = main(moderator).get_by_role("link", name="goedkoop")
        expect(links).to_have_count(2)
        expect(links.first).to_have_attribute("rel", re.compile("nofollow"))

    def test_it_refuses_nothing_and_too_much_beside_the_field(
        self, come: Come, scripts: bool
    ) -> None:
        commitment = promise()
        page = come(make.make_account(), scripts=scripts, width=320)
        page.goto(address_of(commitment))
        write(page, " \n ")
        refused(page, "Vul uw reactie in.")
        write(page, "x" * 2001)
        refused(page, "Gebruik hoogstens 2.000 tekens. U gebruikt er 1 te veel.")
        write(page, "x" * 2000)
        told(page, "Uw reactie wacht op moderatie")


class TestEditedAfterPlacing:
    def test_it_waits_while_the_placed_text_stays(self, served: ServedPortal, come: Come) -> None:
        commitment = promise()
        writer: Account = make.make_account(name="Vera Visser")
        make.make_comment(commitment.discussion, author=writer, body="Het eerste woord.")
        page = come(writer, scripts=False, width=390)
        page.goto(address_of(commitment))
        comment_of(page, "Het eerste woord.").get_by_role("link", name="Bewerken").click()
        look(page)
        page.get_by_label("Uw reactie").fill("Het tweede woord.")
        press(page, "Wijziging versturen")
        told(page, "Uw wijziging wacht op moderatie.")
        expect(comment_of(page, "Het eerste woord.")).to_contain_text("Uw wijziging wacht")
        visitor = come(scripts=False)
        visitor.goto(address_of(commitment))
        expect(comment_of(visitor, "Het eerste woord.")).to_be_visible()
        expect(main(visitor)).not_to_contain_text("Het tweede woord.")

        moderator = come(make.make_moderator(), scripts=False)
        moderator.goto("/")
        place_the_oldest(moderator, "Het tweede woord.")
        served.mailbox.wait_for(writer.email, "geplaatst")
        visitor.reload()
        changed = comment_of(visitor, "Het tweede woord.")
        expect(changed).not_to_contain_text("Het eerste woord.")
        changed.get_by_role("link", name=re.compile("gewijzigd op")).click()
        titled(visitor, "Geschiedenis van een reactie")
        look(visitor)
        expect(main(visitor)).to_contain_text("Het eerste woord.")
        expect(main(visitor)).to_contain_text("Het tweede woord.")
