"""The vereniging writes an article, and everybody can read it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests import factories as make
from tests.harness.served import ServedPortal
from tests.journeys.steps import follow, look, main, press, refused, titled, told

Come = Callable[..., Page]

SENTENCE = "U moet ingelogd zijn om een reactie te kunnen plaatsen"
TITLE = "Twee partijen tekenen het Groeipact"
LEAD = "Op het congres zetten twee partijen hun naam onder het Groeipact."
BODY = "## Wat er is beloofd\n\nEen *whitepaper*, en een [routekaart](https://voorbeeld.example/)."
SEEN = "Twee bestuurders schudden elkaar de hand"


def photo() -> dict[str, object]:
    """A picture as a telephone makes it."""
    kept = BytesIO()
    Image.new("RGB", (1600, 900), "#2f6f4e").save(kept, "JPEG")
    return {"name": "handdruk.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def begin(page: Page) -> None:
    """Find the way from the home page to an empty article."""
    page.goto("/")
    menu = page.get_by_role("navigation", name="Hoofdnavigatie")
    if not menu.get_by_role("link", name="Nieuws").is_visible():
        menu.locator("summary").click()
    menu.get_by_role("link", name="Nieuws").click()
    follow(page, "Artikelen beheren")
    follow(page, "Nieuw artikel")
    titled(page, "Nieuw artikel")


def write(page: Page, title: str, lead: str, body: str) -> None:
    page.get_by_label("Titel").fill(title)
    page.get_by_label("Inleiding").fill(lead)
    page.get_by_label("Tekst", exact=True).fill(body)


class TestFromDraftToReader:
    def test_it_comes_with_a_picture_for_everybody_and_goes_again(
        self, served: ServedPortal, come: Come, scripts: bool
    ) -> None:
        writer = come(make.make_moderator(), scripts=scripts)
        begin(writer)
        press(writer, "Concept opslaan")
        refused(writer, "Vul een titel in.")
        write(writer, TITLE, LEAD, BODY)
        writer.get_by_label("Foto", exact=False).first.set_input_files(photo())
        press(writer, "Concept opslaan")
        refused(writer, "Beschrijf wat er op de foto te zien is.")
        expect(writer.get_by_label("Inleiding")).to_have_value(LEAD)
        expect(main(writer)).to_contain_text("Ontvangen: handdruk.jpg.")
        writer.get_by_label("Beschrijving van de foto").fill(SEEN)
        press(writer, "Concept opslaan")
        told(writer, "Het artikel is opgeslagen als concept.")

        reader = come(scripts=scripts, width=390)
        reader.goto("/nieuws")
        look(reader)
        expect(main(reader)).to_contain_text("Er is nog geen nieuws")
        press(writer, "Publiceren")
        told(writer, "Het artikel staat nu op de site.")

        reader.reload()
        look(reader)
        follow(reader, TITLE)
        titled(reader, TITLE)
        assert reader.get_by_role("img", name=SEEN).evaluate("image => image.naturalWidth") > 0
        expect(reader.get_by_role("heading", name="Wat er is beloofd")).to_be_visible()
        expect(main(reader).get_by_text(SENTENCE)).to_be_visible()
        assert reader.context.cookies() == []
        article = reader.url
        follow(reader, "Registreren")
        titled(reader, "Registreren")
        reader.goto(article)
        follow(reader, "Inloggen")
        titled(reader, "Inloggen")

        follow(writer, "Dit artikel beheren")
        press(writer, "Van de site halen")
        told(writer, "Het artikel staat niet meer op de site.")
        assert reader.goto(article).status == 404
        look(reader)
        reader.goto("/nieuws")
        expect(main(reader)).to_contain_text("Er is nog geen nieuws")

    def test_it_refuses_what_is_no_picture_and_keeps_the_text(
        self, served: ServedPortal, come: Come
    ) -> None:
        writer = come(make.make_beheerder(), scripts=False, width=320)
        begin(writer)
        write(writer, TITLE, LEAD, BODY)
        drawing = {"name": "logo.png", "mimeType": "image/png", "buffer": b"<svg xmlns='x'/>"}
        writer.get_by_label("Foto", exact=False).first.set_input_files(drawing)
        press(writer, "Concept opslaan")
        refused(writer, "SVG")
        expect(writer.get_by_label("Tekst", exact=True)).to_have_value(BODY)


class TestLongText:
    def test_it_shows_the_vision_with_its_headings_lists_and_links(
        self, served: ServedPortal, come: Come, shared_data: Path
    ) -> None:
        text = (shared_data / "documents" / "common-ground-visie.md").read_text()
        # Its lists begin with a star, which is text here: a hyphen is the mark that the form names.
        text = text.replace("\n* ", "\n- ")
        writer = come(make.make_moderator(), scripts=False)
        begin(writer)
        write(writer, "De visie", "Waar Common Ground vandaan komt.", text)
        writer.get_by_label("Taal van het artikel").select_option(label="Engels")
        press(writer, "Concept opslaan")
        press(writer, "Publiceren")
        address = writer.url
        for width in (1280, 390, 320):
            reader = come(width=width)
            reader.goto(address)
            look(reader)
            article = reader.locator("article").first
            assert article.get_attribute("lang") == "en"
            expect(article.get_by_role("heading", name="Vision", level=2)).to_be_visible()
            assert article.get_by_role("listitem").count() > 5
