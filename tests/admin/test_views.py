"""Jobs that failed, as the beheerder looks after them, and the files that machines ask for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from flask import Flask

from portal.accounts.models import Account
from portal.core.db import db, write_section
from portal.services.jobs import enqueue, run_due
from portal.services.mail import send
from portal.services.models import Job
from tests.factories import make_beheerder, make_moderator, make_vereniging
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.harness.portal import signed_in

SignIn = Callable[[Account | None], Client]


class TestJobs:
    def test_it_says_that_nobody_gets_a_mail_where_no_server_is_set(
        self, sign_in: SignIn, make_app: Callable[..., Flask]
    ) -> None:
        beheerder = make_beheerder()
        words = "Er is geen mailserver ingesteld."
        assert words not in sign_in(beheerder).get("/beheer").main
        without = make_app(MAIL_SERVER="")
        with without.app_context():
            reader = signed_in(without, beheerder)
            pages = [
                reader.get(path) for path in ("/beheer", "/beheer/testmail", "/redactie/nieuws")
            ]
            runs = reader.get("/beheer/draaien").main
            others = signed_in(without, make_moderator()).get("/account")
            db.session.remove()
            db.engine.dispose()
        for page in pages:
            assert page.main.count(words) == 1, page
            assert page.links["Bekijk wat u eraan doet"] == "/beheer/controlelijst"
        assert words not in others.main
        assert "Niemand heeft die gekregen." in runs and "verstuurd" not in runs

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
        assert again.flashes == ["Wij proberen de taak opnieuw."]
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


class TestSecurity:
    def test_it_names_a_contact_and_a_day_in_the_future(
        self, client: Client, set_clock: Callable[[datetime | None], None]
    ) -> None:
        set_clock(datetime(2026, 12, 1, 10, tzinfo=UTC))
        make_vereniging(email="mail@v.example")
        found = client.get("/.well-known/security.txt").body.decode()
        told = dict(line.split(": ", 1) for line in found.splitlines())
        assert told["Contact"] == "mailto:mail@v.example"
        expires = datetime.fromisoformat(told["Expires"])
        assert timedelta(days=30) < expires - datetime(2026, 12, 1, tzinfo=UTC) < timedelta(365)
        assert told["Preferred-Languages"] == "nl, en"
        assert told["Canonical"].endswith("/.well-known/security.txt")

    def test_it_holds_for_a_year_after_somebody_saved_the_address(
        self, sign_in: SignIn, client: Client, set_clock: Callable[[datetime | None], None]
    ) -> None:
        make_vereniging(email="mail@v.example")
        for year in (2025, 2026):
            set_clock(datetime(year, 1, 10, 10, tzinfo=UTC))
            sign_in(make_beheerder()).get("vereniging.vereniging").form().submit()
            set_clock(datetime(year, 7, 1, tzinfo=UTC))
            found = client.get("/.well-known/security.txt").body.decode()
            assert f"Expires: {year + 1}-01-09T00:00:00Z\n" in found

    def test_it_is_not_there_until_somebody_can_be_reached(self, client: Client) -> None:
        assert client.get("/.well-known/security.txt").status == 404
        make_vereniging(email="")
        assert client.get("/.well-known/security.txt").status == 404

    def test_it_prefers_the_contact_for_vulnerabilities(self, client: Client, app: Flask) -> None:
        make_vereniging(email="mail@v.example", security_contact="veilig@v.example")
        found = client.get("/.well-known/security.txt").body
        assert b"Contact: mailto:veilig@v.example\n" in found


class TestRobots:
    def test_it_keeps_crawlers_out_of_work_pages_only(self, client: Client) -> None:
        lines = client.get("/robots.txt").body.decode().splitlines()
        assert {"Disallow: /werkvoorraad", "Disallow: /en/werkvoorraad"} <= set(lines)
        assert "Sitemap: http://localhost/sitemap.xml" in lines
        assert "Disallow: /" not in lines
        assert not [line for line in lines if "/toezeggingen" in line]
