"""The settings of the vereniging and its legal pages, and how the beheerder changes them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from portal.accounts.models import Account
from portal.core.db import db
from portal.services.history import history_of
from portal.vereniging.models import LegalText
from portal.vereniging.queries import SLUGS
from tests.factories import make_account, make_beheerder, make_moderator
from tests.harness.client import Client

SignIn = Callable[[Account | None], Client]
TITLES = {
    "spelregels": ("Spelregels", "House rules"),
    "privacy": ("Privacy", "Privacy"),
    "toegankelijkheid": ("Toegankelijkheid", "Accessibility"),
    "colofon": ("Colofon", "Colophon"),
}


class TestLegal:
    @pytest.mark.parametrize("slug", SLUGS)
    def test_it_has_each_text_in_both_languages(self, client: Client, slug: str) -> None:
        dutch, english = client.get(f"/{slug}"), client.get(f"/en/{slug}")
        assert (dutch.h1, english.h1) == TITLES[slug]
        assert (dutch.language, english.language) == ("nl", "en")
        assert len(dutch.soup.select(".prose h2")) == len(english.soup.select(".prose h2")) >= 2

    def test_it_can_be_found_from_every_page(self, client: Client) -> None:
        links = client.get("/").links
        for slug in SLUGS:
            assert links[TITLES[slug][0]].endswith(f"/{slug}")

    def test_it_leads_to_the_same_page_in_the_other_language(self, client: Client) -> None:
        page = client.get("/privacy")
        assert page.follow("English").path.endswith("/en/privacy")

    def test_it_has_no_other_pages(self, client: Client) -> None:
        assert client.get("/geheimen").status == 404

    def test_it_names_the_articles_that_a_refusal_refers_to(self, client: Client) -> None:
        page = client.get("/spelregels")
        headings = [found.get_text(strip=True) for found in page.soup.select(".prose h2")]
        assert [heading[:2] for heading in headings] == ["1.", "2.", "3.", "4.", "5."]


class TestEdit:
    def test_it_changes_both_languages_at_once(self, client: Client, sign_in: SignIn) -> None:
        beheerder = make_beheerder()
        form = sign_in(beheerder).get("/privacy").follow("Deze tekst bewerken").form()
        assert "Wij bewaren zo weinig mogelijk" in form.fields["body_nl"]
        shown = form.submit(
            title_nl="Uw gegevens",
            body_nl="## Kort\n\nWij bewaren niets.",
            title_en="Your data",
            body_en="## In short\n\nWe keep nothing.",
        )
        assert shown.flashes == ["De tekst is opgeslagen."]
        assert client.get("/privacy").h1 == "Uw gegevens"
        english = client.get("/en/privacy")
        assert english.h1 == "Your data"
        assert "We keep nothing." in english.main
        assert "Last changed" in english.main or "Laatst gewijzigd" in english.main
        row = db.session.query(LegalText).one()
        assert [found.step for found in history_of("legal_text", row.id)] == ["edited"]

    @pytest.mark.parametrize(
        ("field", "words"),
        [
            ("title_nl", "Vul de Nederlandse titel in."),
            ("body_nl", "Vul de Nederlandse tekst in."),
            ("title_en", "Vul de Engelse titel in."),
            ("body_en", "Vul de Engelse tekst in."),
        ],
    )
    def test_it_wants_both_languages(self, sign_in: SignIn, field: str, words: str) -> None:
        form = sign_in(make_beheerder()).get("vereniging.edit_legal", slug="privacy").form()
        page = form.submit({field: "  "})
        assert page.status == 422
        assert page.error_for(field) == words

    def test_it_shows_both_texts_to_who_was_second(self, sign_in: SignIn) -> None:
        one, other = sign_in(make_beheerder()), sign_in(make_beheerder())
        one.get("vereniging.edit_legal", slug="privacy").form().submit(title_nl="Eerst")
        first = one.get("vereniging.edit_legal", slug="privacy").form()
        second = other.get("vereniging.edit_legal", slug="privacy").form()
        first.submit(title_nl="Van de eerste")
        page = second.submit(title_nl="Van de tweede")
        assert page.status == 409
        assert "Van de eerste" in page.main
        assert page.form().fields["title_nl"] == "Van de tweede"
        page.form().submit()
        assert other.get("/privacy").h1 == "Van de tweede"

    def test_it_lets_no_script_in(self, client: Client, sign_in: SignIn) -> None:
        form = sign_in(make_beheerder()).get("vereniging.edit_legal", slug="colofon").form()
        form.submit(body_nl="<script>alert(1)</script>\n\n[x](javascript:alert(1))")
        prose = client.get("/colofon").soup.select_one(".prose")
        assert prose is not None
        assert prose.script is None
        assert not prose.select('a[href^="javascript"]')

    @pytest.mark.parametrize(
        "make", [None, make_account, make_moderator], ids=["visitor", "account", "moderator"]
    )
    def test_it_is_for_the_beheerder_alone(
        self, app: Flask, sign_in: SignIn, make: Callable[[], Account] | None
    ) -> None:
        reader = sign_in(make() if make else None)
        wanted = 403 if make else 303
        for address in ("/beheer", "/beheer/vereniging", "/beheer/teksten/privacy"):
            assert reader.get(address).status == wanted
        assert "Deze tekst bewerken" not in reader.get("/privacy").links


FACTS = {
    "name": "Voorbeeldvereniging",
    "site_name": "Portaal van het Groeipact",
    "email": "portaal@vereniging.example",
}


def logo() -> bytes:
    """Return a real picture with a transparent ground."""
    file = BytesIO()
    Image.new("RGBA", (300, 120), (0, 80, 160, 128)).save(file, "PNG")
    return file.getvalue()


class TestVereniging:
    def test_it_puts_the_facts_on_every_page(self, client: Client, sign_in: SignIn) -> None:
        beheerder = sign_in(make_beheerder())
        form = beheerder.get("/beheer").follow("De vereniging").form()
        form.submit(**FACTS, website="https://www.vereniging.example", logo=(logo(), "logo.png"))
        for address in ("/", "/nieuws", "/en/privacy", "/inloggen"):
            page = client.get(address)
            assert page.title.endswith("Portaal van het Groeipact")
            assert "Voorbeeldvereniging" in page.text
            image = page.soup.select_one("img.brand__mark")
            assert image is not None
            # As wide as it is at the height at which it is shown: 300 by 120 when it was sent.
            assert (image["height"], image["width"]) == ("48", "120")
            assert client.get(str(image["src"])).status == 200
        assert client.get("/colofon").links["www.vereniging.example"]

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"name": ""}, "name"),
            ({"email": "geen adres"}, "email"),
            ({"website": "javascript:alert(1)"}, "website"),
            ({"website": "vereniging"}, "website"),
            ({"security_contact": "x"}, "security_contact"),
            ({"phone": "0" * 41}, "phone"),
        ],
    )
    def test_it_refuses_what_cannot_be_right(
        self, sign_in: SignIn, wrong: dict[str, str], field: str
    ) -> None:
        form = sign_in(make_beheerder()).get("/beheer/vereniging").form()
        page = form.submit({**FACTS, **wrong})
        assert page.status == 422
        assert page.error_for(field)

    def test_it_shows_both_texts_to_who_was_second(self, sign_in: SignIn) -> None:
        one, other = sign_in(make_beheerder()), sign_in(make_beheerder())
        one.get("/beheer/vereniging").form().submit(FACTS)
        first, second = (who.get("/beheer/vereniging").form() for who in (one, other))
        first.submit(name="Naam van de eerste")
        page = second.submit(name="Naam van de tweede")
        assert page.status == 409
        assert "Naam van de eerste" in page.main
