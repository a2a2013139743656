"""Every error is a calm page, with a number that is found in the log."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Blueprint, Flask
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import Gone, ImATeapot, ServiceUnavailable, TooManyRequests

from portal.accounts.models import Account
from portal.core.db import db, write_section
from portal.core.errors import (
    AlreadyDone,
    AlreadyExists,
    LinkDead,
    NotAllowed,
    ReasonMissing,
    StepNotOpen,
    TooMany,
)
from portal.front.calm import calm_pages
from portal.services.history import advance
from portal.services.storage import StorageFull
from portal.web.guard import public
from tests import factories as make
from tests.harness.client import Client
from tests.harness.log_fixtures import LogLines
from tests.harness.page import Page

Scratch = Callable[..., Client]
Raise = Callable[[Callable[[], None]], Page]
SECRETS = ("Traceback", "portal/", "ZeroDivisionError", "sqlite", "psycopg", "SELECT", "geheim")


@pytest.fixture
def answer_to(scratch: Scratch) -> Raise:
    """Return the answer of a page in whose view something happens."""

    def ask(happen: Callable[[], None], path: str = "/scratch/happens", **headers: str) -> Page:
        def add(bp: Blueprint) -> None:
            @bp.get("/scratch/happens")
            @public()
            def view() -> ResponseReturnValue:
                happen()
                return "nothing happened", 200, {"Content-Type": "text/plain"}

        reader = scratch(add)
        reader.may_fail = True
        return reader.get(path, headers=headers)

    return ask


def _raiser(error: Exception) -> Callable[[], None]:
    def happen() -> None:
        raise error

    return happen


class TestFault:
    def test_it_shows_a_number_that_stands_in_the_log_and_tells_nothing_else(
        self, answer_to: Raise, log_lines: LogLines
    ) -> None:
        page = answer_to(_raiser(ZeroDivisionError("geheim")))

        assert page.status == 500
        number = page.headers["X-Request-Id"]
        assert number in page.text
        assert not [word for word in SECRETS if word in page.html]
        faults = [line for line in log_lines() if line["event"] == "request_failed"]
        assert [line["request_id"] for line in faults] == [number]
        assert "ZeroDivisionError" in str(faults[0]["traceback"])

    def test_it_speaks_the_language_of_the_page(self, answer_to: Raise) -> None:
        page = answer_to(_raiser(ZeroDivisionError()), "/en/scratch/happens")  # type: ignore[call-arg]
        assert (page.status, page.language) == (500, "en")
        assert page.links[page.soup.select_one(".failsafe a").get_text()] == "/en/"  # type: ignore[union-attr]

    def test_it_gives_every_request_a_number_of_its_own(self, client: Client) -> None:
        numbers = {client.get("/healthz").headers["X-Request-Id"] for _ in range(5)}
        assert len(numbers) == 5

    def test_it_writes_no_value_of_a_refused_row_into_the_log(
        self, answer_to: Raise, log_lines: LogLines
    ) -> None:
        # Out of the lines that the traceback quotes.
        typed = {"name": "Noor van den Berg", "email": "noor@example.org"}
        make.make_account(**typed)

        def happen() -> None:
            with write_section():
                make.make_account(**typed)

        assert answer_to(happen).status == 500
        logged = json.dumps(log_lines())
        assert IntegrityError.__name__ in logged
        assert "Noor" not in logged
        assert "noor@" not in logged

    def test_it_writes_no_address_into_the_log_that_an_error_quotes(
        self, answer_to: Raise, log_lines: LogLines
    ) -> None:
        answer_to(_raiser(ValueError("'noor.van-den-berg@example.org' was not expected")))
        logged = json.dumps(log_lines())
        assert "was not expected" in logged
        assert "example.org" not in logged


class TestHelp:
    """Every page of an error says whom to ask, in the same place."""

    @pytest.fixture
    def faulty(self, scratch: Scratch) -> Client:
        """A reader of a portal in which one page fails."""
        make.make_vereniging(email="hulp@v.example")

        def add(bp: Blueprint) -> None:
            @bp.get("/scratch/fails")
            @public()
            def view() -> ResponseReturnValue:
                raise ZeroDivisionError

        reader = scratch(add)
        reader.may_fail = True
        return reader

    def test_it_names_the_contact_and_the_number(self, faulty: Client) -> None:
        page = faulty.get("/nergens")
        assert page.soup.select_one('.failsafe a[href="mailto:hulp@v.example"]')
        assert f"noem dit kenmerk: {page.headers['X-Request-Id']}" in page.main

    def test_it_names_the_contact_that_was_read_before_our_own_fault(self, faulty: Client) -> None:
        assert "Neem contact op met de vereniging" in faulty.get("/scratch/fails").main
        faulty.get("/")
        page = faulty.get("/en/scratch/fails")
        assert page.soup.select_one('.failsafe a[href="mailto:hulp@v.example"]')
        assert page.headers["X-Request-Id"] in page.main

    def test_it_is_known_from_the_start_where_flask_is_not_asked(self, app: Flask) -> None:
        make.make_vereniging(email="hulp@v.example")
        scope = {"path": "/en/nieuws", "method": "GET"}
        answer = calm_pages(app, is_https=False).refusal(scope, 503)
        assert b'mailto:hulp@v.example">' in answer.page


class TestFullDisk:
    @pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "vol"), StorageFull()])
    def test_it_says_that_nothing_can_be_kept_now(self, answer_to: Raise, fault: Exception) -> None:
        page = answer_to(_raiser(fault))
        assert page.status == 507
        assert "kan nu niets opslaan" in page.main

    def test_it_is_a_fault_when_a_file_is_not_there(self, answer_to: Raise) -> None:
        assert answer_to(_raiser(FileNotFoundError(errno.ENOENT, "weg"))).status == 500


class TestRefusals:
    @pytest.mark.parametrize(
        ("error", "status"),
        [
            (NotAllowed(), 403),
            (AlreadyExists("Die is er al."), 409),
            (LinkDead("used"), 410),
            (LinkDead("expired"), 410),
            (ReasonMissing(), 422),
            (TooMany(90), 429),
            (Gone(), 410),
            (TooManyRequests(), 429),
            (ServiceUnavailable(), 503),
            (ImATeapot(), 418),
        ],
        ids=lambda found: getattr(found, "why", type(found).__name__),
    )
    def test_it_has_a_page_with_a_way_on(
        self, answer_to: Raise, error: Exception, status: int
    ) -> None:
        page = answer_to(_raiser(error))
        assert page.status == status
        assert page.h1
        assert "/" in page.links.values()

    def test_it_says_how_long_to_wait(self, answer_to: Raise) -> None:
        assert answer_to(_raiser(TooMany(90))).headers["Retry-After"] == "90"

    def test_it_leads_to_what_was_done_before(self, answer_to: Raise) -> None:
        page = answer_to(_raiser(AlreadyDone("/nieuws/eerder")))
        assert (page.status, page.location) == (303, "/nieuws/eerder")

    def test_it_tells_what_happened_meanwhile(self, answer_to: Raise) -> None:
        comment = make.make_comment(state="refused", reason="Dit is reclame.")

        def happen() -> None:
            found = db.session.get_one(type(comment), comment.id)
            with write_section():
                advance(found, "place", by=None)

        page = answer_to(happen)
        assert page.status == 409
        assert page.main

    @pytest.mark.parametrize(
        ("referrer", "way"),
        [
            ("http://localhost/organisaties/1/logo", "/organisaties/1/logo"),
            ("http://evil.example/x", None),
            ("http://localhost//evil.example/x", None),
            ("http://[::1/x", None),
        ],
    )
    def test_it_leads_back_to_a_page_of_this_site_only(
        self, answer_to: Raise, referrer: str, way: str | None
    ) -> None:
        refused = _raiser(StepNotOpen(make.make_organisation(), "x"))
        page = answer_to(refused, Referer=referrer)
        assert page.status == 409
        assert page.links.get("Open de pagina opnieuw") == way

    def test_it_speaks_of_a_thing_that_nobody_moved(self, answer_to: Raise) -> None:
        organisation = make.make_organisation()
        assert answer_to(_raiser(StepNotOpen(organisation, "x"))).status == 409


class TestDatabaseAway:
    def test_it_says_that_it_will_be_back(self, answer_to: Raise) -> None:
        fault = OperationalError("SELECT 1", {}, Exception("the database is away"))
        page = answer_to(_raiser(fault))
        assert page.status == 503
        assert page.headers["Retry-After"] == "30"
        assert not [word for word in SECRETS if word in page.html]

    @pytest.fixture
    def without_database(self, make_app: Callable[..., Flask], tmp_path: Path) -> Iterator[Flask]:
        """A portal whose database is nowhere to be found."""
        nowhere = tmp_path / "away" / "portal.sqlite3"
        app = make_app(DATABASE_URL=f"sqlite:///{nowhere}")
        yield app
        with app.app_context():
            db.engine.dispose()

    @pytest.mark.parametrize("path", ["/", "/toezeggingen", "/nieuws", "/en/ondertekenaars"])
    def test_it_has_pages_without_any_database(self, without_database: Flask, path: str) -> None:
        page = Client(without_database).get(path)
        assert page.status == 503
        assert "Groeipact" in page.text

    def test_it_says_what_is_not_there_without_a_database_as_well(
        self, without_database: Flask
    ) -> None:
        page = Client(without_database).get("/nergens")
        assert (page.status, page.h1) == (404, "Deze pagina is er niet")
        assert not page.soup.select("nav")

    def test_it_has_them_for_somebody_who_was_signed_in(self, without_database: Flask) -> None:
        reader = Client(without_database)
        serializer = without_database.session_interface.get_signing_serializer(without_database)  # type: ignore[attr-defined]
        reader.raw.set_cookie("groeipact", serializer.dumps({"_user_id": "x" * 43}))
        assert reader.get("/account").status == 503
        assert reader.get("/nergens").status == 404

    def test_it_still_answers_what_needs_none(self, without_database: Flask) -> None:
        reader = Client(without_database)
        assert reader.get("/healthz").status == 200
        assert reader.get("/robots.txt").status == 200
        ready = reader.get("/readyz")
        assert ready.status == 503
        assert ready.body == b"database\n"

    def test_it_says_so_when_the_tables_are_not_there(
        self, make_app: Callable[..., Flask], tmp_path: Path
    ) -> None:
        app = make_app(DATABASE_URL=f"sqlite:///{tmp_path / 'empty.sqlite3'}")
        reader = Client(app)
        reader.may_fail = True
        assert reader.get("/").status in (500, 503)
        assert reader.get("/readyz").status == 503
        with app.app_context():
            db.engine.dispose()


def test_it_loses_no_write_that_was_committed_before_the_fault(answer_to: Raise) -> None:
    account = make.make_account(name="Noor")

    def happen() -> None:
        with write_section():
            db.session.execute(text("UPDATE account SET name = 'Noor Jansen'"))
        raise ZeroDivisionError

    assert answer_to(happen).status == 500
    db.session.rollback()
    assert db.session.get_one(Account, account.id).name == "Noor Jansen"


class TestFrame:
    @pytest.mark.parametrize("path", ["/nergens", "/en/nergens", "/static/dist/nergens.css"])
    def test_it_lets_a_reader_go_on_from_a_page_that_is_not_there(
        self, client: Client, path: str
    ) -> None:
        page = client.get(path)
        assert page.status == 404
        assert page.soup.select_one("nav a[href$='/toezeggingen']")
        assert page.soup.select_one("meta[name=robots][content=noindex]")
        assert not page.soup.select("link[rel=canonical], meta[property^=og]")

    def test_it_leaves_who_is_signed_in_signed_in(self, sign_in: Callable[..., Client]) -> None:
        page = sign_in(make.make_account(name="Sanne")).get("/nergens")
        assert "Sanne" in page.html
        assert page.soup.select_one("form[action='/uitloggen']")
