"""The accessibility statement claims nothing that does not hold, and takes reports of barriers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Account
from portal.core.db import db
from portal.services.history import history_of
from portal.services.models import Job
from portal.vereniging.models import AccessibilityStatement
from portal.vereniging.statement import Compliance, has_lapsed
from tests import factories as make
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.harness.page import Page

SignIn = Callable[[Account | None], Client]
TODAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
REPORT = "https://onderzoek.example/rapport"
REGISTER = "https://register.example/1"
RESEARCHED = {"researched_on": "2025-06-01", "report_url": REPORT, "register_url": REGISTER}
PLANNED = {"planned_on": "2026-05-01", "register_url": REGISTER}
FAILINGS = {"failings_nl": "- Filmpjes hebben geen ondertitels. Verholpen op 1 mei."}


@pytest.fixture(autouse=True)
def a_day(set_clock: Callable[[datetime | None], None]) -> None:
    set_clock(NOW)


@pytest.mark.parametrize(
    ("status", "researched_on", "planned_on", "is_over"),
    [
        (Compliance.FULL, date(2023, 3, 1), None, False),
        (Compliance.FULL, date(2023, 2, 28), None, True),
        (Compliance.PARTIAL, date(2024, 2, 29), None, False),
        (Compliance.PARTIAL, None, None, True),
        (Compliance.FIRST_STEPS, None, date(2026, 3, 1), False),
        (Compliance.FIRST_STEPS, None, date(2026, 2, 28), True),
        (Compliance.FAILING, None, None, False),
        (Compliance.NO_STATEMENT, None, None, False),
        (Compliance.UNKNOWN, None, None, False),
    ],
)
def test_it_knows_when_a_status_no_longer_holds(
    status: Compliance, researched_on: date | None, planned_on: date | None, is_over: bool
) -> None:
    assert has_lapsed(status, researched_on, planned_on, on=TODAY) is is_over


def test_it_counts_research_of_a_leap_day_for_three_years() -> None:
    leap = date(2024, 2, 29)
    assert not has_lapsed(Compliance.FULL, leap, None, on=date(2027, 2, 28))
    assert has_lapsed(Compliance.FULL, leap, None, on=date(2027, 3, 1))


class TestStatement:
    def test_it_claims_no_status_until_somebody_has_looked(self, client: Client) -> None:
        page = client.get("/toegankelijkheid")
        assert "Nog niet onderzocht." in page.main
        assert "WCAG 2.2" in page.main
        assert "nog niet vastgesteld of het Besluit" in page.main
        assert "Dat betekent niet dat alles toegankelijk is." in page.main
        assert "Laatst gewijzigd" not in page.main
        assert "Meld een drempel" in page.links
        assert "Not examined yet." in client.get("/en/toegankelijkheid").main

    @pytest.mark.parametrize(
        ("status", "more", "says", "later"),
        [
            ("A", RESEARCHED, "onderzoek van 1 juni 2025 blijkt dat dit portaal aan alle", True),
            ("B", RESEARCHED | FAILINGS, "portaal nog niet aan alle eisen voldoet", True),
            ("C", PLANNED, "Het staat gepland voor 1 mei 2026.", True),
            ("D", {"register_url": REGISTER}, "Status D: voldoet niet.", False),
            ("E", {}, "nog geen verklaring in het register", False),
        ],
    )
    def test_it_says_of_each_status_what_it_rests_on(
        self,
        client: Client,
        sign_in: SignIn,
        set_clock: Callable[[datetime | None], None],
        status: str,
        more: dict[str, str],
        says: str,
        later: bool,
    ) -> None:
        shown = _stated(sign_in, status=status, duty="bound", **more)
        assert shown.flashes == ["De verklaring is opgeslagen."]
        page = client.get("/toegankelijkheid")
        assert says in page.main
        assert "Laatst gewijzigd op 1 maart 2026" in page.main
        assert page.links["Nationale ombudsman"].startswith("https://www.nationaleombudsman.nl")
        assert ("ondertitels" in page.main) is ("failings_nl" in more)
        assert (REGISTER in page.links.values()) is ("register_url" in more)
        set_clock(NOW + timedelta(days=4 * 366))
        old = client.get("/toegankelijkheid").main
        assert ("Op dit moment geldt er geen status." in old) is later

    def test_it_takes_no_status_without_what_it_must_rest_on(self, sign_in: SignIn) -> None:
        reader = sign_in(make.make_beheerder())
        fields = reader.get("/beheer/toegankelijkheid").form().fields
        for typed, field, words in REFUSED:
            page = reader.post("/beheer/toegankelijkheid", data={**fields, **typed})
            assert page.status == 422, typed
            assert words in (page.error_for(field) or ""), (typed, page.errors)
        assert db.session.scalars(select(AccessibilityStatement)).first() is None
        # Two fields with one error are told apart in the summary.
        wrong = {**fields, "researched_on": "gisteren", "planned_on": "ooit"}
        one, other = reader.post("/beheer/toegankelijkheid", data=wrong).errors
        assert one.startswith("Datum van het onderzoek: ")
        assert other.startswith("Datum van het geplande onderzoek: ")

    def test_it_asks_the_beheerder_to_look_again_after_a_year(
        self, client: Client, sign_in: SignIn, set_clock: Callable[[datetime | None], None]
    ) -> None:
        _stated(sign_in, status="E", failings_en="- Nothing yet.")
        row = db.session.scalars(select(AccessibilityStatement)).one()
        assert [found.step for found in history_of(row.thing, row.id)] == ["edited"]
        assert "Nothing yet." in client.get("/en/toegankelijkheid").main
        reader = sign_in(make.make_beheerder())
        asks = "langer dan een jaar geleden nagekeken"
        assert asks not in reader.get("/toegankelijkheid").main
        set_clock(NOW + timedelta(days=400))
        reader = sign_in(make.make_beheerder())
        assert asks in reader.get("/toegankelijkheid").main
        assert asks not in client.get("/toegankelijkheid").main


REFUSED: list[tuple[dict[str, str], str, str]] = [
    ({"status": "A"}, "researched_on", "de datum van het onderzoek"),
    ({"status": "B"}, "report_url", "hoort het rapport"),
    ({"status": "A", "researched_on": "2022-01-01"}, "researched_on", "ouder dan drie"),
    ({"status": "A", "researched_on": "2026-03-02"}, "researched_on", "toekomst"),
    ({"status": "A", **RESEARCHED, **FAILINGS}, "failings_nl", "status A niet mogelijk"),
    ({"status": "B", **RESEARCHED}, "failings_nl", "wat niet in orde is"),
    ({"status": "C"}, "planned_on", "binnen zes maanden"),
    ({"status": "C", "planned_on": "2026-12-01"}, "planned_on", "binnen zes maanden"),
    ({"status": "C", "planned_on": "2026-02-01"}, "planned_on", "binnen zes maanden"),
    ({"status": "D"}, "register_url", "verklaring in het register"),
    ({"status": "E", "register_url": REGISTER}, "register_url", "Kies die status"),
    ({"status": "Z"}, "status", "Kies iets uit de lijst"),
    ({"answer_days": "0"}, "answer_days", "1 tot en met 60"),
]


def _stated(sign_in: SignIn, **typed: str) -> Page:
    """Fill in the statement as a beheerder does; return the page that follows."""
    form = (
        sign_in(make.make_beheerder()).get("/beheer").follow("Toegankelijkheidsverklaring").form()
    )
    return form.submit(typed)


class TestReport:
    def test_it_mails_what_a_visitor_could_not_use_and_stores_nothing(
        self, client: Client, mailbox: Mailbox
    ) -> None:
        vereniging = make.make_vereniging()
        came_from = {"Referer": "http://localhost/toezeggingen?stand=loopt"}
        page = client.get("/toegankelijkheid/melden", headers=came_from)
        assert page.form().fields["page"].endswith("/toezeggingen")

        thanks = page.form().submit(
            words="De filters lees ik niet.\nhttps://vals.example",
            answer_to="lezer@voorbeeld.example",
        )

        assert (thanks.h1, thanks.path) == ("Uw melding is verstuurd", "/toegankelijkheid/gemeld")
        assert "binnen 14 dagen" in thanks.main
        mail = mailbox.deliver()[0]
        assert mail.to == vereniging.email
        assert "Pagina: http://localhost/toezeggingen\n" in mail.text
        assert "Antwoord naar: lezer@voorbeeld.example" in mail.text
        assert "> De filters lees ik niet.\n> https://vals.example" in mail.text
        db.session.rollback()
        assert "filters" not in str([job.payload for job in db.session.scalars(select(Job))])

    def test_it_sends_one_mail_for_a_form_that_is_sent_twice(
        self, client: Client, mailbox: Mailbox
    ) -> None:
        make.make_vereniging()
        form = client.get("/en/toegankelijkheid/melden").form()
        for _ in range(2):
            assert form.submit(words="I cannot read this.").h1 == "Your report has been sent"
        mails = mailbox.deliver()
        assert len(mails) == 1
        assert "Antwoord in het Engels." in mails[0].text
        assert "Antwoord naar: niet ingevuld" in mails[0].text

    @pytest.mark.parametrize(
        "came_from",
        [
            "",
            "https://elders.example/toezeggingen",
            "http://localhost/ondertekening-bevestigen/een-geheim",
            "http://localhost/en/nieuw-wachtwoord/een-geheim",
            "http://localhost/bestaat/niet",
            "http://[",
        ],
    )
    def test_it_names_no_page_that_is_elsewhere_or_secret(
        self, client: Client, came_from: str
    ) -> None:
        make.make_vereniging()
        page = client.get("/toegankelijkheid/melden", headers={"Referer": came_from})
        assert page.form().fields["page"] == ""

    def test_it_says_how_else_to_reach_a_vereniging_without_an_address(
        self, client: Client, mailbox: Mailbox
    ) -> None:
        vereniging = make.make_vereniging()
        form = client.get("/toegankelijkheid/melden").form()
        vereniging.email = ""
        page = form.submit(words="Ik kan dit niet lezen.")
        assert page.status == 422
        assert "Uw melding is niet verstuurd." in page.main
        assert not client.get("/toegankelijkheid/melden").soup.select("main form")
        assert not mailbox.deliver()

    def test_it_takes_so_many_from_one_address(
        self, make_app: Callable[..., Flask], client: Client
    ) -> None:
        make.make_vereniging()
        reader = Client(make_app(RATE_LIMITS="on", LIMIT_BARRIER="2"))
        answers = [
            reader.get("/toegankelijkheid/melden").form().submit(words=words).status
            # Mistakes are no reports.
            for words in ("", "", "", "Een.", "Nog een.", "Te veel.")
        ]
        assert answers == [422, 422, 422, 200, 200, 429]
