"""Nobody learns from a form which addresses have an account."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.accounts.models import AccountToken
from portal.core.db import db
from portal.services.models import Job
from tests.accounts.people import (
    GOOD,
    OTHER,
    Runs,
    count_of,
    has_password,
    is_in,
    link_in,
    looked_up,
)
from tests.factories import make_account
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.harness.page import Page
from tests.harness.portal import count_queries

KNOWN = "bekend@example.org"
UNKNOWN = "anders@example.org"


def shown(page: Page, email: str) -> tuple[int, str, str, str | None]:
    """Everything that could tell, with the address itself left out."""
    return (
        page.status,
        page.text.replace(email, "@"),
        page.title,
        page.location,
    )


def sign_in(reader: Client, email: str) -> Page:
    page = reader.get("accounts.sign_in")
    return page.form().submit(email=email, password="een verkeerd wachtwoord")


def register(reader: Client, email: str) -> Page:
    page = reader.get("accounts.register")
    return page.form().submit(name="Noor Nieuw", email=email, password=GOOD)


def forget(reader: Client, email: str) -> Page:
    return reader.get("accounts.forgotten").form().submit(email=email)


WAYS = [sign_in, register, forget]


class TestSameAnswer:
    @pytest.mark.parametrize("way", WAYS)
    @pytest.mark.parametrize("is_confirmed", [True, False])
    def test_it_is_the_same_for_known_and_unknown(
        self, client: Client, way: Callable[[Client, str], Page], is_confirmed: bool
    ) -> None:
        make_account(email=KNOWN, is_confirmed=is_confirmed)
        known = shown(way(Client(client.app), KNOWN), KNOWN)
        unknown = shown(way(Client(client.app), UNKNOWN), UNKNOWN)
        assert known == unknown

    def test_it_marks_the_browser_either_way(self, client: Client) -> None:
        make_account(email=KNOWN)
        for email in (KNOWN, UNKNOWN):
            reader = Client(client.app)
            register(reader, email)
            assert reader.cookie("groeipact-registratie")

    @pytest.mark.parametrize(("way", "wanted"), [(sign_in, 1), (register, 1), (forget, 0)])
    def test_it_costs_as_many_runs_of_argon2(
        self, client: Client, runs: Runs, way: Callable[[Client, str], Page], wanted: int
    ) -> None:
        make_account(email=KNOWN)
        counts = []
        for email in (KNOWN, UNKNOWN):
            runs.count = 0
            way(Client(client.app), email)
            counts.append(runs.count)
        assert counts == [wanted, wanted]

    def test_it_asks_the_database_the_same_for_a_forgotten_password(self, client: Client) -> None:
        make_account(email=KNOWN)
        forms = [Client(client.app).get("accounts.forgotten").form() for _ in range(3)]
        forms.pop().submit(email="eerst@example.org")
        asked = []
        for email, form in zip((KNOWN, UNKNOWN), forms, strict=True):
            with count_queries() as statements:
                form.submit(email=email, follow=False)
            asked.append(list(statements))
        assert asked[0] == asked[1]

    def test_it_is_the_same_for_a_wrong_password_and_a_wrong_address(self, client: Client) -> None:
        make_account(email=KNOWN)
        page = sign_in(client, KNOWN)
        assert page.status == 422
        assert "Het e-mailadres of het wachtwoord klopt niet." in page.main
        assert page.errors == []


class TestRegisteringTwice:
    def test_it_tells_the_owner_of_the_address_and_changes_nothing(
        self, client: Client, mailbox: Mailbox
    ) -> None:
        account = make_account(email=KNOWN, name="Eigenaar")
        register(client, "Bekend@Example.org")
        mailbox.deliver()
        mail = mailbox.last(KNOWN)
        assert mail.subject.startswith("U hebt al een account op ")
        assert "/inloggen" in mail.paths
        after = looked_up(KNOWN)
        assert (after.id, after.name) == (account.id, "Eigenaar")
        assert not has_password(after, GOOD)

    def test_it_lets_only_the_owner_of_the_address_in_who_never_confirmed(
        self, client: Client, mailbox: Mailbox, enter: Callable[..., Page]
    ) -> None:
        """Somebody else made an account for an address; then its owner registers."""
        thief = Client(client.app)
        thief.get("accounts.register").form().submit(name="Boef", email=KNOWN, password=OTHER)
        enter(KNOWN, OTHER, reader=thief)
        register(client, KNOWN)
        mailbox.deliver()
        first, second = mailbox.to(KNOWN)
        dead = client.get(link_in(first, "/bevestigen/"))
        assert dead.status == 410 and "Gebruik de link uit de laatste mail." in dead.main
        client.get(link_in(second, "/nieuw-wachtwoord/")).form().submit(password=GOOD)
        after = looked_up(KNOWN)
        assert after.is_confirmed
        assert has_password(after, GOOD)
        assert not is_in(thief)

    def test_it_tells_the_same_person_only_so_often(
        self, make_app: Callable[..., object], mailbox: Mailbox
    ) -> None:
        make_account(email=KNOWN)
        app = make_app(RATE_LIMITS="on", LIMIT_REGISTER="100")
        pages = {shown(register(Client(app), KNOWN), KNOWN) for _ in range(5)}  # type: ignore[arg-type]
        mailbox.deliver()
        assert len(mailbox.to(KNOWN)) == 3
        assert len(pages) == 1


class TestForgetting:
    def test_it_leaves_no_trace_of_who_was_asked_for(
        self, client: Client, mailbox: Mailbox
    ) -> None:
        forget(client, UNKNOWN)
        mailbox.deliver()
        db.session.rollback()
        jobs = db.session.query(Job).all()
        assert len(jobs) == 1
        assert UNKNOWN not in str(jobs[0].payload)

    def test_it_makes_no_link_in_the_request_itself(self, client: Client) -> None:
        make_account(email=KNOWN)
        forget(client, KNOWN)
        assert count_of(AccountToken) == 0
