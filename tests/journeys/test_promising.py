"""A signatory promises something with a vague term, and everybody can read it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests import factories as make
from tests.harness.files import small_pdf
from tests.harness.served import ServedPortal
from tests.journeys.promisers import NAME, officer, supplier
from tests.journeys.steps import follow, go_to, look, main, press, refused, titled, told, unfold

Come = Callable[..., Page]

SAID_ON = "2019-07-03"
TITLE = "Whitepaper over onze bijdrage aan Common Ground"
READ = "1 tot en met 10 oktober 2019"
ASKED = f"Wij lezen dit als {READ}. Klopt dit?"
PAPER = {"name": "Ons whitepaper.pdf", "mimeType": "application/pdf", "buffer": small_pdf()}
PAPERS = ("crash-course-zaakgericht-werken.pdf", "opsplitsen-rgbz.pdf", "plan-van-aanpak.pdf")


def begin(page: Page) -> None:
    """Find the way from the home page to the form for a new promise."""
    page.goto("/")
    go_to(page, "Mijn organisaties")
    follow(page, NAME)
    follow(page, "Nieuwe toezegging")
    titled(page, "Nieuwe toezegging")


def fill_in(page: Page, title: str = TITLE, *, said_on: str | None = SAID_ON) -> None:
    """Write down what is promised, without its term."""
    page.get_by_role("radio", name="whitepaper").check()
    page.get_by_label("Titel", exact=True).fill(title)
    page.get_by_label("Wat zegt u toe?").fill(
        "Wij beschrijven hoe wij als *leverancier* bijdragen."
    )
    unfold(page, "Voor wie, waarom en met welk resultaat")
    page.get_by_label("Voor wie?").fill("Voor alle gemeenten.")
    unfold(page, "Lagen en thema’s")
    page.get_by_label("Data/Gegevensbronnen").check()
    if said_on is not None:
        page.get_by_label("Toegezegd op").fill(said_on)


def say_when(page: Page, words: str) -> None:
    """Type a term, key by key as people do."""
    field = page.get_by_label("Termijn", exact=True)
    field.fill("")
    field.press_sequentially(words)


def answer(page: Page, choice: str) -> None:
    """Say whether the term was read well."""
    page.get_by_role("radio", name=choice).check()


def save(page: Page) -> None:
    press(page, "Concept opslaan")


def publish(page: Page) -> str:
    """Publish the draft; return the address at which everybody finds it."""
    follow(page, "Publiceren")
    press(page, "Publiceer deze toezegging")
    told(page, "De toezegging is gepubliceerd.")
    return page.url


class TestFromWordsToAPublicPromise:
    def test_it_reads_begin_oktober_back_and_shows_both_to_everybody(
        self, served: ServedPortal, come: Come, scripts: bool
    ) -> None:
        writer = come(officer(supplier()), scripts=scripts)
        begin(writer)
        fill_in(writer)
        say_when(writer, "begin oktober")
        writer.get_by_label("Document (niet verplicht)", exact=True).set_input_files(PAPER)
        if scripts:
            expect(main(writer)).to_contain_text(f"Wij lezen dit als {READ}")
            look(writer)
        else:
            save(writer)
            refused(writer, ASKED)
            expect(writer.get_by_label("Titel", exact=True)).to_have_value(TITLE)
            expect(main(writer)).to_contain_text("Ontvangen: Ons whitepaper.pdf")
        answer(writer, "Ja, dit klopt")
        save(writer)
        told(writer, "Uw concept is opgeslagen.")
        expect(main(writer)).to_contain_text(f"dat is: {READ}")

        visitor = come(scripts=scripts, width=390)
        visitor.goto("/toezeggingen")
        expect(main(visitor)).to_contain_text("Er zijn nog geen toezeggingen")
        address = publish(writer)
        visitor.reload()
        expect(main(visitor)).to_contain_text(f"begin oktober ({READ})")
        follow(visitor, TITLE)
        titled(visitor, TITLE)
        assert visitor.url == address
        expect(main(visitor)).to_contain_text(f"Toegezegd door {NAME} op 3 juli 2019")
        expect(main(visitor)).to_contain_text("Deze termijn was al voorbij bij publicatie.")
        expect(main(visitor)).to_contain_text("termijn verstreken")
        expect(visitor.get_by_role("heading", name="Ons whitepaper")).to_be_visible()
        expect(main(visitor).get_by_role("link", name="Bewerken")).to_have_count(0)

    def test_it_makes_one_promise_when_the_button_is_pressed_twice(
        self, served: ServedPortal, come: Come
    ) -> None:
        writer = come(officer(supplier()))
        begin(writer)
        fill_in(writer)
        # A promise without an end asks nothing more.
        say_when(writer, "doorlopend")
        main(writer).get_by_role("button", name="Concept opslaan").dblclick()
        titled(writer, TITLE)
        writer.go_back()
        writer.wait_for_load_state()
        go_to(writer, "Mijn organisaties")
        follow(writer, NAME)
        expect(main(writer).get_by_role("link", name=TITLE)).to_have_count(1)


class TestWordsThatAskMore:
    def test_it_asks_until_it_is_sure_and_loses_nothing(
        self, served: ServedPortal, come: Come
    ) -> None:
        writer = come(officer(supplier()), scripts=False)
        begin(writer)
        save(writer)
        refused(writer, "Kies wat voor toezegging dit is.")
        refused(writer, "U hebt geen termijn ingevuld.")
        fill_in(writer)
        say_when(writer, "31 februari")
        save(writer)
        refused(writer, "Wij herkennen geen datum in “31 februari”. Kies zelf een datum")
        say_when(writer, "begin oktober")
        save(writer)
        refused(writer, ASKED)
        answer(writer, "Ja, dit klopt")
        say_when(writer, "eind oktober")
        save(writer)
        refused(writer, "Wij lezen dit als 21 tot en met 31 oktober 2019. Klopt dit?")
        expect(writer.get_by_role("radio", name="Ja, dit klopt")).not_to_be_checked()
        expect(main(writer)).to_contain_text("Let op: deze termijn is al voorbij.")
        answer(writer, "Ja, dit klopt")
        writer.get_by_label("Toegezegd op").fill("2020-11-02")
        save(writer)
        refused(writer, "Wij lezen dit als 21 tot en met 31 oktober 2021. Klopt dit?")
        answer(writer, "Ja, dit klopt")
        save(writer)
        told(writer, "Uw concept is opgeslagen.")
        expect(main(writer)).to_contain_text("Deze termijn is al voorbij.")

    def test_it_takes_days_picked_by_hand_where_it_reads_none(
        self, served: ServedPortal, come: Come, scripts: bool
    ) -> None:
        writer = come(officer(supplier()), scripts=scripts)
        begin(writer)
        fill_in(writer)
        say_when(writer, "zodra de nieuwe standaard er is")
        if scripts:
            expect(main(writer)).to_contain_text("Wij herkennen geen datum")
        else:
            save(writer)
            refused(writer, "Wij herkennen geen datum in “zodra de nieuwe standaard er is”.")
        answer(writer, "Ik kies zelf een datum")
        save(writer)
        refused(writer, "Kies een vroegste of een uiterste datum, of allebei.")
        writer.get_by_label("Vroegste datum").fill("2031-03-01")
        writer.get_by_label("Uiterste datum").fill("2030-03-01")
        save(writer)
        refused(writer, "De uiterste datum ligt voor de vroegste.")
        writer.get_by_label("Vroegste datum").fill("")
        save(writer)
        told(writer, "Uw concept is opgeslagen.")
        address = publish(writer)
        visitor = come(scripts=scripts, width=320)
        visitor.goto(address)
        look(visitor)
        expect(main(visitor)).to_contain_text("zodra de nieuwe standaard er is")
        expect(main(visitor)).to_contain_text("dat is: uiterlijk 1 maart 2030")

    def test_it_lets_somebody_leave_the_date_open(self, served: ServedPortal, come: Come) -> None:
        writer = come(officer(supplier()), scripts=False)
        begin(writer)
        fill_in(writer)
        save(writer)
        refused(writer, "U hebt geen termijn ingevuld. Kies een datum, of “geen datum”.")
        answer(writer, "Geen datum (doorlopend)")
        save(writer)
        address = publish(writer)
        visitor = come(scripts=False, width=320)
        visitor.goto(address)
        look(visitor)
        expect(main(visitor)).to_contain_text("geen datum")
        expect(main(visitor)).not_to_contain_text("termijn verstreken")


class TestPublish:
    def test_it_waits_until_the_organisation_has_signed(
        self, served: ServedPortal, come: Come
    ) -> None:
        organisation = make.make_organisation(name=NAME)
        writer = come(officer(organisation), scripts=False)
        make.make_commitment(organisation, state="draft", title=TITLE)
        writer.goto("/organisaties")
        follow(writer, NAME)
        follow(writer, TITLE)
        expect(main(writer)).to_contain_text(
            "Publiceren kan zodra de organisatie ondertekenaar is."
        )
        expect(main(writer).get_by_role("link", name="Publiceren")).to_have_count(0)
        follow(writer, "Naar de ondertekening")
        titled(writer, NAME)


class TestRealDocuments:
    def test_it_gives_each_back_byte_for_byte(
        self, served: ServedPortal, come: Come, shared_data: Path
    ) -> None:
        writer, visitor = come(officer(supplier())), come(scripts=False)
        for name in PAPERS:
            paper = shared_data / "documents" / name
            begin(writer)
            fill_in(writer, f"Wij publiceren {name}", said_on=None)
            say_when(writer, "eind 2030")
            answer(writer, "Ja, dit klopt")
            writer.get_by_label("Document (niet verplicht)", exact=True).set_input_files(paper)
            save(writer)
            visitor.goto(publish(writer))
            look(visitor)
            with visitor.expect_download() as fetched:
                main(visitor).get_by_role("link", name="Download").click()
            assert fetched.value.suggested_filename == name
            assert fetched.value.path().read_bytes() == paper.read_bytes()
