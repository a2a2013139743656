"""How often somebody may try."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.core import clock
from portal.services.limits import hit
from tests.accounts.people import GOOD, count_of
from tests.factories import PASSWORD, make_account
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.harness.page import Page
from tests.harness.portal import signed_in

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


class TestSignIn:
    def test_it_stops_after_ten_tries_for_one_account_wherever_they_come_from(
        self, limited: Flask
    ) -> None:
        account = make_account()
        readers = [Reader(limited, f"192.0.2.{n}") for n in range(11)]
        statuses = [attempt(reader, account.email).status for reader in readers]
        assert statuses == [422] * 10 + [429]

    def test_it_stops_for_an_unknown_address_just_as_soon(self, limited: Flask) -> None:
        readers = [Reader(limited, f"192.0.2.{n}") for n in range(11)]
        statuses = [attempt(reader, "niemand@example.org").status for reader in readers]
        assert statuses == [422] * 10 + [429]

    def test_it_stops_after_ten_tries_from_one_network_address(self, limited: Flask) -> None:
        reader = Reader(limited)
        statuses = [attempt(reader, f"naam{n}@example.org").status for n in range(11)]
        assert statuses == [422] * 10 + [429]

    def test_it_counts_a_network_of_new_addresses_as_one(self, limited: Flask) -> None:
        statuses = [
            attempt(Reader(limited, f"2001:db8::{n}"), f"naam{n}@example.org").status
            for n in range(11)
        ]
        assert statuses == [422] * 10 + [429]

    def test_it_stops_everybody_when_too_many_try(self, make_app: Callable[..., Flask]) -> None:
        app = make_app(RATE_LIMITS="on", TRUSTED_PROXY_HOPS="1", LIMIT_SIGN_IN_ALL="3")
        statuses = [
            attempt(Reader(app, f"192.0.2.{n}"), f"naam{n}@example.org").status for n in range(4)
        ]
        assert statuses == [422] * 3 + [429]

    def test_it_refuses_the_right_password_too_and_says_when_to_come_back(
        self, limited: Flask
    ) -> None:
        account = make_account()
        for number in range(10):
            attempt(Reader(limited, f"192.0.2.{number}"), account.email)
        page = attempt(Reader(limited, "192.0.2.99"), account.email, PASSWORD)
        assert page.status == 429
        assert 290 <= int(page.headers["Retry-After"]) <= 300

    def test_it_opens_again_after_five_minutes(
        self, limited: Flask, set_clock: Callable[[datetime | None], None]
    ) -> None:
        account = make_account()
        reader = Reader(limited)
        for _ in range(11):
            attempt(reader, account.email)
        set_clock(clock.now() + timedelta(minutes=5, seconds=1))
        assert attempt(reader, account.email, PASSWORD).h1 == "Mijn overzicht"

    def test_it_trusts_no_address_that_a_client_makes_up(
        self, make_app: Callable[..., Flask]
    ) -> None:
        app = make_app(RATE_LIMITS="on")
        statuses = [
            attempt(Reader(app, f"192.0.2.{n}"), f"naam{n}@example.org").status for n in range(11)
        ]
        assert statuses == [422] * 10 + [429]

    def test_it_counts_nothing_that_was_not_filled_in(self, limited: Flask) -> None:
        reader = Reader(limited)
        statuses = [attempt(reader, "", "").status for _ in range(12)]
        assert statuses == [422] * 12

    def test_it_counts_guesses_of_somebody_who_is_in(self, limited: Flask) -> None:
        reader = signed_in(limited, make_account())
        form = reader.get("accounts.change_password").form()
        pages = [form.submit(current_password=WRONG, password=GOOD) for _ in range(11)]
        assert [page.status for page in pages] == [422] * 10 + [429]


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
