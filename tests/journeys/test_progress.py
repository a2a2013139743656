"""A signatory tells how far it is, moves a term, and takes a promise back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from portal.commitments.models import Commitment
from tests import factories as make
from tests.harness.files import small_pdf
from tests.harness.served import ServedPortal
from tests.journeys.promisers import officer, supplier
from tests.journeys.steps import follow, look, main, press, refused, titled, told, unfold

Come = Callable[..., Page]

NEWS = "Wat is er nieuw sinds de vorige keer?"
TITLE = "Routekaart voor onze diensten"
BODY = "De routekaart is af.\n\nZij is besproken met **onze leden**, op 3 juli."
PAPER = {"name": "Routekaart.pdf", "mimeType": "application/pdf", "buffer": small_pdf()}
PAGE = {"name": "Routekaart.pdf", "mimeType": "application/pdf", "buffer": b"<html><p>Nee</p>"}
NO_DOCUMENT = "Dit is een webpagina, geen document. Sla de pagina op als pdf."
TOO_LARGE = "Dit bestand is te groot: het mag hoogstens 20 MB zijn. Kies een kleiner bestand"
LARGE = 24 * 1024 * 1024
HEADINGS = {"Bewerken": "Toezegging bewerken", "Intrekken": "Toezegging intrekken"}
LONG_AGO = date(2019, 7, 3)


def promise(**values: Any) -> Commitment:
    """What a supplier promised."""
    return make.make_commitment(supplier(), title=TITLE, **values)


def open_at(page: Page, commitment: Commitment, act: str) -> None:
    """Go from the public page to the form for one of the acts of its writers."""
    page.goto(f"/toezeggingen/{commitment.slug}")
    follow(page, act)
    titled(page, HEADINGS.get(act, act))


def tell(page: Page, progress: str, body: str = BODY) -> None:
    """Fill in how far it is."""
    page.get_by_role("radio", name=progress).check()
    page.get_by_label(NEWS).fill(body)


def attach(page: Page, file: Any) -> None:
    unfold(page, "Bewijsstuk")
    page.get_by_label("Of een nieuw document als bewijsstuk").set_input_files(file)


def too_large(folder: Path) -> Path:
    """A file for which the body of the request has no room."""
    path = folder / "Routekaart met foto's.pdf"
    path.write_bytes(small_pdf() + bytes(LARGE))
    return path


def send(page: Page) -> None:
    press(page, "Plaats het voortgangsbericht")


def move(page: Page, words: str, reason: str) -> None:
    """Fill in another term with the reason, and say that it is read well."""
    page.get_by_label("Nieuwe termijn").fill(words)
    page.get_by_label("Waarom verschuift de termijn?").fill(reason)
    press(page, "Verschuif de termijn")
    refused(page, "Klopt dit?")
    page.get_by_role("radio", name="Ja, dit klopt").check()
    press(page, "Verschuif de termijn")


def moments(page: Page) -> Locator:
    """What the page tells about what happened, in order."""
    return page.get_by_role("region", name="Voortgang").get_by_role("listitem")


class TestReport:
    def test_it_shows_everybody_that_it_is_done_with_the_evidence(
        self, served: ServedPortal, come: Come, scripts: bool
    ) -> None:
        commitment = promise(term="eind 2030")
        writer = come(officer(commitment.organisation), scripts=scripts)
        open_at(writer, commitment, "Voortgang melden")
        send(writer)
        refused(writer, "Schrijf in een paar zinnen wat er is gebeurd.")
        tell(writer, "gereed")
        attach(writer, PAPER)
        send(writer)
        told(writer, "Uw voortgangsbericht staat op de pagina.")

        visitor = come(scripts=scripts, width=390)
        visitor.goto(f"/toezeggingen/{commitment.slug}")
        look(visitor)
        expect(moments(visitor).last).to_contain_text("Gereed")
        expect(moments(visitor).last).to_contain_text("Zij is besproken met onze leden")
        with visitor.expect_download() as fetched:
            moments(visitor).get_by_role("link", name="Bewijsstuk: Routekaart").click()
        assert fetched.value.path().read_bytes() == PAPER["buffer"]
        expect(main(visitor)).not_to_contain_text("zonder bewijsstuk")

    def test_it_says_when_it_was_done_late_and_without_evidence(
        self, served: ServedPortal, come: Come
    ) -> None:
        late = promise(term="in 2020", promised_on=LONG_AGO)
        person = officer(late.organisation)
        other = make.make_commitment(late.organisation, term="eind 2030")
        writer, visitor = come(person, scripts=False), come(scripts=False, width=320)
        visitor.goto(f"/toezeggingen/{late.slug}")
        expect(main(visitor)).to_contain_text("termijn verstreken")
        for commitment in (late, other):
            open_at(writer, commitment, "Voortgang melden")
            tell(writer, "gereed")
            send(writer)
            told(writer, "Uw voortgangsbericht staat op de pagina.")
        visitor.goto(f"/toezeggingen/{late.slug}")
        look(visitor)
        expect(main(visitor)).to_contain_text("gereed, na de termijn")
        expect(main(visitor)).not_to_contain_text("termijn verstreken")
        visitor.goto(f"/toezeggingen/{other.slug}")
        expect(main(visitor)).to_contain_text("gereed zonder bewijsstuk")
        expect(moments(visitor).last).to_contain_text("Zonder bewijsstuk.")

    def test_it_takes_a_link_as_evidence(self, served: ServedPortal, come: Come) -> None:
        commitment = promise()
        writer = come(officer(commitment.organisation), scripts=False, width=320)
        open_at(writer, commitment, "Voortgang melden")
        tell(writer, "gereed")
        unfold(writer, "Bewijsstuk")
        writer.get_by_label("Link naar een bewijsstuk").fill("waterveld")
        send(writer)
        refused(writer, "Vul een volledig webadres in")
        writer.get_by_label("Link naar een bewijsstuk").fill("https://www.waterveld.example/plan")
        send(writer)
        link = moments(writer).get_by_role("link", name="Bekijk het bewijsstuk")
        expect(link).to_have_attribute("href", "https://www.waterveld.example/plan")

    def test_it_keeps_the_text_when_the_file_is_refused(
        self, served: ServedPortal, come: Come, scripts: bool, tmp_path: Path
    ) -> None:
        commitment = promise()
        writer = come(officer(commitment.organisation), scripts=scripts)
        open_at(writer, commitment, "Voortgang melden")
        tell(writer, "loopt")
        for file, words in ((PAGE, NO_DOCUMENT), (too_large(tmp_path), TOO_LARGE)):
            attach(writer, file)
            send(writer)
            refused(writer, words)
            expect(writer.get_by_label(NEWS)).to_have_value(BODY)
            expect(writer.get_by_role("radio", name="loopt")).to_be_checked()
        attach(writer, PAPER)
        writer.get_by_label(NEWS).fill("")
        send(writer)
        refused(writer, "Schrijf in een paar zinnen wat er is gebeurd.")
        expect(main(writer)).to_contain_text("Ontvangen: Routekaart.pdf.")
        writer.get_by_label(NEWS).fill(BODY)
        send(writer)
        told(writer, "Uw voortgangsbericht staat op de pagina.")
        expect(moments(writer).get_by_role("link", name="Bewijsstuk: Routekaart")).to_be_visible()

    def test_it_keeps_what_was_typed_below_a_file_that_is_too_large(
        self, served: ServedPortal, come: Come, tmp_path: Path
    ) -> None:
        commitment = promise()
        writer = come(officer(commitment.organisation), scripts=False)
        open_at(writer, commitment, "Document toevoegen")
        writer.get_by_label("Bestand").set_input_files(too_large(tmp_path))
        writer.get_by_label("Titel van het document").fill("Onze routekaart, met plaatjes")
        writer.get_by_label("Taal van het document").select_option(label="Engels")
        press(writer, "Voeg het document toe")
        refused(writer, TOO_LARGE)
        title = writer.get_by_label("Titel van het document")
        expect(title).to_have_value("Onze routekaart, met plaatjes")
        expect(writer.get_by_label("Taal van het document")).to_have_value("en")

    def test_it_shows_both_texts_to_the_second_of_two(
        self, served: ServedPortal, come: Come, scripts: bool
    ) -> None:
        commitment = promise()
        eva = come(officer(commitment.organisation), scripts=scripts)
        omar = come(officer(commitment.organisation, "Omar Bakker"), scripts=scripts, width=390)
        for writer in (eva, omar):
            open_at(writer, commitment, "Voortgang melden")
        tell(eva, "loopt", "Wij zijn begonnen.")
        send(eva)
        tell(omar, "vertraagd", "Wij beginnen later.")
        attach(omar, PAPER)
        send(omar)
        refused(omar, "Iemand anders heeft dit intussen veranderd")
        conflict = main(omar).get_by_role("alert").filter(has_text="nog niet opgeslagen")
        expect(conflict).to_contain_text("Wij zijn begonnen.")
        expect(conflict).to_contain_text("Wij beginnen later.")
        expect(omar.get_by_label(NEWS)).to_have_value("Wij beginnen later.")
        send(omar)
        told(omar, "Uw voortgangsbericht staat op de pagina.")
        told_in_order = moments(omar).all_inner_texts()
        assert [words for words in told_in_order if "Wij zijn begonnen." in words]
        assert "Wij beginnen later." in told_in_order[2], told_in_order


class TestEdit:
    def test_it_shows_both_texts_and_keeps_the_one_that_is_saved_last(
        self, served: ServedPortal, come: Come
    ) -> None:
        commitment = promise(what="Wij maken een routekaart.")
        eva = come(officer(commitment.organisation), scripts=False)
        omar = come(officer(commitment.organisation, "Omar Bakker"), scripts=False, width=320)
        for writer in (eva, omar):
            open_at(writer, commitment, "Bewerken")
        eva.get_by_label("Wat zegt u toe?").fill("Wij maken een routekaart voor onze leden.")
        press(eva, "Opslaan")
        told(eva, "De wijziging is opgeslagen.")
        omar.get_by_label("Wat zegt u toe?").fill("Wij maken een routekaart voor iedereen.")
        press(omar, "Opslaan")
        refused(omar, "Iemand anders heeft dit intussen veranderd")
        expect(main(omar)).to_contain_text("Wij maken een routekaart voor onze leden.")
        press(omar, "Opslaan")
        told(omar, "De wijziging is opgeslagen.")
        follow(omar, "bekijk de geschiedenis")
        follow(omar, "Versie 2")
        expect(main(omar)).to_contain_text("Wij maken een routekaart voor onze leden.")
        follow(omar, "Vorige versie: 1")
        expect(main(omar)).to_contain_text("Wij maken een routekaart.")


class TestMoveTerm:
    def test_it_keeps_the_old_term_in_sight_with_the_reason(
        self, served: ServedPortal, come: Come, scripts: bool
    ) -> None:
        commitment = promise(term="in 2020", promised_on=LONG_AGO)
        writer = come(officer(commitment.organisation), scripts=scripts)
        open_at(writer, commitment, "Termijn verschuiven")
        expect(main(writer)).to_contain_text("in 2020 (1 januari tot en met 31 december 2020)")
        press(writer, "Verschuif de termijn")
        refused(writer, "Leg uit waarom de termijn verschuift.")
        move(writer, "medio 2031", "De leverancier heeft *meer tijd* nodig.")
        told(writer, "De termijn is verschoven. De oude termijn blijft te lezen.")

        visitor = come(scripts=scripts, width=320)
        visitor.goto("/toezeggingen")
        expect(main(visitor)).to_contain_text("termijn verschoven")
        follow(visitor, TITLE)
        old = "1 januari tot en met 31 december 2020"
        expect(moments(visitor).nth(1)).to_contain_text(f"Van in 2020 ({old}) naar medio 2031")
        expect(moments(visitor).nth(1)).to_contain_text("De leverancier heeft *meer tijd* nodig.")
        expect(moments(visitor).nth(1)).to_contain_text("De oude termijn was toen al verstreken.")
        expect(moments(visitor).last).to_contain_text("1 april tot en met 30 september 2031")
        expect(main(visitor)).not_to_contain_text("termijn verstreken")

    def test_it_counts_the_third_time_and_refuses_to_stand_still(
        self, served: ServedPortal, come: Come
    ) -> None:
        commitment = promise(term="eind 2028")
        make.make_term_move(commitment, to="eind 2029")
        make.make_term_move(commitment, to="eind 2030")
        writer = come(officer(commitment.organisation), scripts=False)
        open_at(writer, commitment, "Termijn verschuiven")
        move(writer, "eind 2030", "Wij hebben meer tijd nodig.")
        refused(writer, "Dit is de termijn die er al staat. Vul een andere in.")
        move(writer, "eind 2032", "Wij hebben meer tijd nodig.")
        told(writer, "De termijn is verschoven.")
        visitor = come(scripts=False)
        visitor.goto(f"/toezeggingen/{commitment.slug}")
        look(visitor)
        for nth, year in ((1, 2028), (2, 2029), (3, 2030)):
            old = f"eind {year} (1 oktober tot en met 31 december {year})"
            expect(moments(visitor).nth(nth)).to_contain_text(f"Van {old} naar eind")
        expect(moments(visitor).nth(3)).to_contain_text("Deze termijn is nu 3 keer verschoven.")


class TestWithdraw:
    def test_it_stays_to_be_read_with_the_reason(
        self, served: ServedPortal, come: Come, scripts: bool
    ) -> None:
        commitment = promise(term="eind 2030")
        colleague = come(officer(commitment.organisation, "Omar Bakker"), scripts=scripts)
        open_at(colleague, commitment, "Voortgang melden")
        writer = come(officer(commitment.organisation), scripts=scripts)
        open_at(writer, commitment, "Intrekken")
        press(writer, "Trek de toezegging in")
        refused(writer, "Leg uit waarom u de toezegging intrekt.")
        writer.get_by_label("Waarom trekt u de toezegging in?").fill("Het budget is <weg>.")
        press(writer, "Trek de toezegging in")
        told(writer, "De toezegging is ingetrokken. De toezegging blijft te lezen, met uw reden.")
        expect(main(writer).get_by_role("link", name="Bewerken")).to_have_count(0)

        tell(colleague, "loopt")
        send(colleague)
        titled(colleague, "Dit is intussen veranderd")
        expect(main(colleague)).to_contain_text("ingetrokken")
        expect(main(colleague)).to_contain_text("Het budget is <weg>.")
        follow(colleague, "Open de pagina opnieuw")
        titled(colleague, TITLE)

        visitor = come(scripts=scripts, width=390)
        visitor.goto("/toezeggingen?stand=ingetrokken")
        follow(visitor, TITLE)
        expect(main(visitor)).to_contain_text("Reden: Het budget is <weg>.")
        expect(main(visitor)).to_contain_text("Wij schrijven een whitepaper.")
        expect(main(visitor)).to_contain_text("eind 2030")
