"""What the beheerder looks after: the vereniging and jobs that failed."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from portal.accounts.models import Account
from portal.core.db import db, write_section
from portal.services.jobs import enqueue, run_due
from portal.services.mail import send
from portal.services.models import Job
from tests.factories import make_beheerder
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox

SignIn = Callable[[Account | None], Client]

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


class TestJobs:
    def test_it_shows_a_mail_that_was_refused_and_sends_it_again(
        self, sign_in: SignIn, mailbox: Mailbox
    ) -> None:
        beheerder = sign_in(make_beheerder())
        mailbox.refuse("weg@example.org")
        with write_section():
            send("account_password", to="weg@example.org", name="Iemand")
        run_due()
        page = beheerder.get("/beheer").follow("1 taak is niet gelukt.")
        assert "Mail aan weg@example.org (account_password)" in page.main
        assert "refuses the address for good" in page.main

        mailbox.refuse("weg@example.org", "250 Welkom terug")
        again = page.form().submit(press="Probeer opnieuw")
        assert again.flashes == ["De taak wordt opnieuw geprobeerd."]
        assert "Er zijn geen mislukte taken" in again.main
        assert db.session.query(Job).one().state == "waiting"

    def test_it_sends_no_job_again_that_did_not_fail(self, app: Flask, sign_in: SignIn) -> None:
        beheerder = sign_in(make_beheerder())
        with write_section():
            enqueue("nothing", {})
        job = db.session.query(Job).one()
        assert beheerder.post(f"/beheer/taken/{job.id}/opnieuw").status in (404, 422)
        assert beheerder.post("/beheer/taken/999/opnieuw").status == 404

    def test_it_holds_several_forms_on_one_page(self, sign_in: SignIn) -> None:
        beheerder = sign_in(make_beheerder())
        with write_section():
            enqueue("unknown", {})
            enqueue("unknown", {})
        run_due()
        page = beheerder.get("/beheer/taken")
        assert page.status == 200
        assert page.form(1).submit(press="Probeer opnieuw").flashes
