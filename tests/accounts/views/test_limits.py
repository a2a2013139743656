"""How often somebody may try."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.core import clock
from portal.services.limits import hit
from tests.accounts.people import GOOD, count_of, is_in, link_in
from tests.factories import PASSWORD, make_account
from tests.harness.client import Client
from tests.harness.forms import PageForm
from tests.harness.mailbox import Mailbox
from tests.harness.page import Page
from tests.harness.portal import signed_in
from tests.served.reader import together

WRONG = "een verkeerd wachtwoord"


@pytest.fixture
def limited(make_app: Callable[..., Flask]) -> Flask:
    """A portal that counts, with the limits that stand in the table."""
    return make_app(RATE_LIMITS="on", TRUSTED_PROXY_HOPS="1")


class Reader(Client):
    """A browser at a network address."""

    def __init__(self, app: Flask, address: str = "192.0.2.1") -> None:
        super().__init__(app)
        self.raw.environ_base["HTTP_X_FORWARDED_FOR"] = address


def attempt(reader: Client, email: str, password: str = WRONG) -> Page:
    return reader.get("accounts.sign_in").form().submit(email=email, password=password)


def leave(reader: Client) -> None:
    """Sign out, by the button in the header."""
    reader.get("/").form("/uitloggen").submit()
    assert not is_in(reader)


class TestSignIn:
    def test_it_stops_after_ten_wrong_tries_for_one_account_from_one_network_address(
        self, limited: Flask
    ) -> None:
        account = make_account()
        reader = Reader(limited)
        statuses = [attempt(reader, account.email).status for _ in range(11)]
        assert statuses == [422] * 10 + [429]
        page = attempt(reader, account.email, PASSWORD)
        assert page.status == 429
        assert 290 <= int(page.headers["Retry-After"]) <= 300

    def test_it_answers_the_same_for_an_address_without_an_account(self, limited: Flask) -> None:
        account = make_account()
        pages = {}
        for email in (account.email, "niemand@example.org"):
            tried = [attempt(Reader(limited), email) for _ in range(11)]
            assert [page.status for page in tried] == [422] * 10 + [429]
            pages[email] = re.sub(r"kenmerk: \w+", "", tried[-1].text)
        assert len(set(pages.values())) == 1

    def test_it_lets_a_town_hall_in_behind_one_network_address(self, limited: Flask) -> None:
        people = [make_account() for _ in range(30)]
        titles = {attempt(Reader(limited), person.email, PASSWORD).h1 for person in people}
        assert titles == {"Mijn werk"}

    def test_it_lets_somebody_sign_in_as_often_as_they_like(self, limited: Flask) -> None:
        account = make_account()
        titles = [attempt(Reader(limited), account.email, PASSWORD).h1 for _ in range(30)]
        assert titles == ["Mijn werk"] * 30

    def test_it_stops_wrong_tries_for_many_accounts_from_one_network_address(
        self, make_app: Callable[..., Flask]
    ) -> None:
        app = make_app(RATE_LIMITS="on", TRUSTED_PROXY_HOPS="1", LIMIT_SIGN_IN_ADDRESS="4")
        statuses = [attempt(Reader(app), f"naam{n}@example.org").status for n in range(5)]
        assert statuses == [422] * 4 + [429]
        assert attempt(Reader(app, "198.51.100.1"), "naam9@example.org").status == 422

    def test_it_counts_a_network_of_new_addresses_as_one(self, limited: Flask) -> None:
        statuses = [
            attempt(Reader(limited, f"2001:db8::{n}"), "naam@example.org").status for n in range(11)
        ]
        assert statuses == [422] * 10 + [429]

    def test_it_stops_everybody_when_too_many_try(self, make_app: Callable[..., Flask]) -> None:
        app = make_app(RATE_LIMITS="on", TRUSTED_PROXY_HOPS="1", LIMIT_SIGN_IN_ALL="3")
        statuses = [
            attempt(Reader(app, f"192.0.2.{n}"), f"naam{n}@example.org").status for n in range(4)
        ]
        assert statuses == [422] * 3 + [429]

    def test_it_opens_again_after_five_minutes(
        self, limited: Flask, set_clock: Callable[[datetime | None], None]
    ) -> None:
        account = make_account()
        reader = Reader(limited)
        for _ in range(11):
            attempt(reader, account.email)
        set_clock(clock.now() + timedelta(minutes=5, seconds=1))
        assert attempt(reader, account.email, PASSWORD).h1 == "Mijn werk"

    def test_it_trusts_no_address_that_a_client_makes_up(
        self, make_app: Callable[..., Flask]
    ) -> None:
        app = make_app(RATE_LIMITS="on")
        statuses = [
            attempt(Reader(app, f"192.0.2.{n}"), "naam@example.org").status for n in range(11)
        ]
        assert statuses == [422] * 10 + [429]

    def test_it_counts_nothing_that_was_not_filled_in(self, limited: Flask) -> None:
        reader = Reader(limited)
        statuses = [attempt(reader, "", "").status for _ in range(12)]
        assert statuses == [422] * 12

    def test_it_counts_wrong_guesses_of_somebody_who_is_in(self, limited: Flask) -> None:
        account = make_account()
        reader = signed_in(limited, account)
        form = reader.get("accounts.change_email").form()
        for number in range(5):
            typed = {"current_password": PASSWORD, "new_email": f"nieuw{number}@example.org"}
            assert form.submit(**typed, follow=False).status in (302, 303)
        form = reader.get("accounts.change_password").form()
        pages = [form.submit(current_password=WRONG, password=GOOD) for _ in range(11)]
        assert [page.status for page in pages] == [422] * 10 + [429]

    def test_it_lets_no_more_guesses_through_when_all_come_at_the_same_moment(
        self, limited: Flask
    ) -> None:
        email = make_account().email
        forms = [Reader(limited).get("accounts.sign_in").form() for _ in range(16)]

        def guess(form: PageForm) -> Callable[[], int]:
            def send() -> int:
                with limited.app_context():
                    return form.submit(email=email, password=WRONG).status

            return send

        assert sorted(together([guess(form) for form in forms])) == [422] * 10 + [429] * 6


class TestLockedOut:
    """Somebody elsewhere guesses at an account until it takes no more; its owner still gets in."""

    @pytest.fixture
    def app(self, make_app: Callable[..., Flask]) -> Flask:
        return make_app(RATE_LIMITS="on", TRUSTED_PROXY_HOPS="1", LIMIT_SIGN_IN_ACCOUNT="12")

    def flood(self, app: Flask, email: str) -> None:
        """Guess from as many network addresses as it takes."""
        statuses = [attempt(Reader(app, f"203.0.113.{n}"), email).status for n in range(13)]
        assert statuses == [422] * 12 + [429]

    def test_it_keeps_out_whoever_comes_from_a_new_browser_even_with_the_password(
        self, app: Flask
    ) -> None:
        account = make_account()
        self.flood(app, account.email)
        page = attempt(Reader(app, "192.0.2.77"), account.email, PASSWORD)
        assert page.status == 429
        assert page.h1 == "Inloggen met een wachtwoord kan nu even niet"
        assert 3500 <= int(page.headers["Retry-After"]) <= 3600

    def test_it_lets_the_owner_in_from_a_browser_that_signed_in_before(self, app: Flask) -> None:
        account = make_account()
        owner = Reader(app)
        attempt(owner, account.email, PASSWORD)
        leave(owner)
        self.flood(app, account.email)
        assert attempt(owner, account.email, PASSWORD).h1 == "Mijn werk"

    def test_it_counts_what_a_known_browser_guesses_all_the_same(self, app: Flask) -> None:
        account = make_account()
        reader = Reader(app)
        attempt(reader, account.email, PASSWORD)
        leave(reader)
        statuses = [attempt(reader, account.email).status for _ in range(11)]
        assert statuses == [422] * 10 + [429]

    def test_it_knows_a_browser_for_its_own_account_alone(self, app: Flask) -> None:
        account, own = make_account(), make_account()
        thief = Reader(app, "203.0.113.200")
        attempt(thief, own.email, PASSWORD)
        leave(thief)
        self.flood(app, account.email)
        assert attempt(thief, account.email, PASSWORD).status == 429

    def test_it_lets_the_owner_in_with_a_mailed_link_and_leads_there(
        self, app: Flask, mailbox: Mailbox
    ) -> None:
        account = make_account()
        self.flood(app, account.email)
        owner = Reader(app, "192.0.2.77")
        page = owner.get("accounts.sign_in", verder="/nieuws").form()
        refused = page.submit(email=account.email, password=PASSWORD)
        refused.follow("Mail mij een link").form().submit(email=account.email)
        mailbox.deliver()
        link = link_in(mailbox.last(account.email), "/nieuw-wachtwoord/")
        entered = owner.get(link).form().submit(password=GOOD)
        assert entered.path == "/nieuws"
        assert is_in(owner)

    def test_it_mails_the_owner_a_link_whatever_strangers_asked_for(
        self, app: Flask, mailbox: Mailbox
    ) -> None:
        account = make_account()
        owner = Reader(app)
        attempt(owner, account.email, PASSWORD)
        leave(owner)
        for number in range(6):
            stranger = Reader(app, f"203.0.113.{number}")
            stranger.get("accounts.forgotten").form().submit(email=account.email)
        mailbox.deliver()
        before = len(mailbox.to(account.email))
        owner.get("accounts.forgotten").form().submit(email=account.email)
        mailbox.deliver()
        assert (before, len(mailbox.to(account.email))) == (5, 6)


class TestRegister:
    def test_it_stops_after_ten_from_one_network_address(self, limited: Flask) -> None:
        reader = Reader(limited)
        pages = [
            reader.get("accounts.register")
            .form()
            .submit(name="Noor", email=f"naam{n}@example.org", password=GOOD)
            for n in range(11)
        ]
        assert [page.status for page in pages] == [200] * 10 + [429]
        assert count_of(Account) == 10

    def test_it_opens_again_after_three_hours(
        self, limited: Flask, set_clock: Callable[[datetime | None], None]
    ) -> None:
        with limited.test_request_context():
            for _ in range(10):
                hit("register_address", "192.0.2.1")
        set_clock(clock.now() + timedelta(hours=3, seconds=1))
        page = Reader(limited).get("accounts.register").form()
        assert page.submit(name="Noor", email="n@example.org", password=GOOD).status == 200


class TestForgotten:
    def test_it_mails_five_times_a_day_and_then_says_nothing_of_it(
        self, limited: Flask, mailbox: Mailbox
    ) -> None:
        account = make_account()
        reader = Reader(limited)
        pages = [reader.get("accounts.forgotten").form() for _ in range(7)]
        answers = {form.submit(email=account.email).text for form in pages}
        mailbox.deliver()
        assert len(mailbox.to(account.email)) == 5
        assert len(answers) == 1

    def test_it_stops_after_twenty_from_one_network_address(self, limited: Flask) -> None:
        reader = Reader(limited)
        statuses = [
            reader.get("accounts.forgotten").form().submit(email=f"naam{n}@example.org").status
            for n in range(21)
        ]
        assert statuses == [200] * 20 + [429]


class TestConfirmation:
    def test_it_sends_the_mail_again_five_times(self, limited: Flask, mailbox: Mailbox) -> None:
        account = make_account(is_confirmed=False)
        reader = signed_in(limited, account)
        statuses = [reader.get("accounts.unconfirmed").form().submit().status for _ in range(6)]
        assert statuses == [200] * 5 + [429]
        mailbox.deliver()
        assert len(mailbox.to(account.email)) == 5
