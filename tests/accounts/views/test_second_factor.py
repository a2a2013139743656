"""Setting up a telephone, another one, fresh recovery codes, and turning it off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Account, RecoveryCode, SecondFactor
from portal.core.db import db
from portal.services.history import history_of
from portal.services.models import Draft
from tests.accounts.people import is_in
from tests.factories import PASSWORD, Telephone, make_account, make_moderator, make_telephone
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.harness.page import Page
from tests.harness.portal import signed_in

SignIn = Callable[[Account | None], Client]
SetClock = Callable[[datetime | None], None]
NOON = datetime(2026, 7, 3, 12, 0, 10, tzinfo=UTC)
NEXT = timedelta(seconds=-30)


@pytest.fixture(autouse=True)
def _noon(set_clock: SetClock) -> None:
    """Let no code run out while a test is at work."""
    set_clock(NOON)


def secret_on(page: Page) -> str:
    found = page.soup.select_one("code.secret")
    assert found is not None, f"{page} shows no secret"
    return found.get_text().replace(" ", "")


def codes_on(page: Page) -> list[str]:
    return [item.get_text(strip=True) for item in page.soup.select(".recovery-codes li")]


def set_up(reader: Client, **values: str) -> Page:
    page = reader.get("accounts.set_factor")
    typed = {"current_password": PASSWORD, "code": Telephone(secret_on(page)).code()}
    return page.form().submit(typed | values)


def steps_of(account: Account) -> list[str]:
    db.session.rollback()
    return [row.step for row in history_of("account", account.id)]


class TestSetUp:
    def test_it_gives_ten_recovery_codes_that_are_shown_once(
        self, sign_in: SignIn, mailbox: Mailbox
    ) -> None:
        account = make_account(email="noor@example.org")
        reader = sign_in(account)
        page = set_up(reader)
        codes = codes_on(page)
        assert len(set(codes)) == 10
        assert unquote(page.links["Sla op als tekstbestand"]).endswith("\n".join(codes))
        again = reader.get("accounts.second_factor")
        assert "nog 10 te gebruiken" in again.main
        assert not [code for code in codes if code in again.html]
        mailbox.deliver()
        assert mailbox.last("noor@example.org").subject.startswith(
            "Inloggen in twee stappen staat aan"
        )
        assert steps_of(account) == ["second_factor_set"]

    def test_it_draws_what_is_written_beside_it_and_keeps_it_until_it_is_done(
        self, sign_in: SignIn
    ) -> None:
        reader = sign_in(make_account())
        page = reader.get("accounts.set_factor")
        secret = secret_on(page)
        assert page.soup.select_one(".qr[role=img][aria-label] svg path") is not None
        assert f"secret={secret}" in page.links["Open de app op dit apparaat"]
        # Reloaded, in English, and after a wrong code: the app that scanned it stays right.
        assert secret_on(reader.get("/en/account/twee-stappen/telefoon")) == secret
        wrong = page.form().submit(current_password=PASSWORD, code="000000")
        assert wrong.status == 422
        assert secret_on(wrong) == secret
        assert (
            wrong.form().submit(current_password=PASSWORD, code=Telephone(secret).code()).h1
            == "Uw herstelcodes"
        )
        assert secret_on(reader.get("accounts.set_factor")) != secret

    def test_it_stores_neither_the_secret_nor_the_codes_as_they_are(self, sign_in: SignIn) -> None:
        reader = sign_in(make_account())
        secret = secret_on(reader.get("accounts.set_factor"))
        cookie = reader.cookie("groeipact") or ""
        codes = codes_on(set_up(reader))
        stored = db.session.scalars(select(SecondFactor)).one().sealed_secret
        hashes = db.session.scalars(select(RecoveryCode.code_hash)).all()
        assert secret not in stored + cookie
        assert len(hashes) == 10
        assert not {code.replace("-", "") for code in codes} & set(hashes)

    def test_it_asks_for_the_password(self, sign_in: SignIn) -> None:
        page = set_up(sign_in(make_account()), current_password="iets heel anders")
        assert page.error_for("current_password") == "Dit is niet uw huidige wachtwoord."
        assert db.session.scalars(select(SecondFactor)).all() == []

    def test_it_signs_out_all_other_browsers(self, sign_in: SignIn) -> None:
        account = make_account()
        here, there = sign_in(account), sign_in(account)
        set_up(here)
        assert is_in(here)
        assert not is_in(there)

    def test_it_takes_the_code_of_setting_up_for_no_sign_in(
        self, app: Flask, sign_in: SignIn
    ) -> None:
        account = make_account()
        reader = sign_in(account)
        code = Telephone(secret_on(reader.get("accounts.set_factor"))).code()
        set_up(reader)
        page = Client(app).get("accounts.sign_in").form()
        page = page.submit(email=account.email, password=PASSWORD).form().submit(code=code)
        assert "Deze code is al gebruikt." in page.main


class TestAnotherTelephone:
    def test_it_takes_a_code_of_the_one_before(self, sign_in: SignIn) -> None:
        account = make_account()
        old = make_telephone(account)
        reader = sign_in(account)
        assert set_up(reader, old_code="000000").error_for("old_code") is not None
        page = set_up(reader, old_code=old.code())
        assert len(codes_on(page)) == 10
        assert not set(codes_on(page)) & set(old.paper)

    def test_it_takes_a_recovery_code_when_that_one_is_lost(
        self, app: Flask, sign_in: SignIn, set_clock: SetClock
    ) -> None:
        account = make_account()
        old = make_telephone(account)
        reader = sign_in(account)
        secret = secret_on(reader.get("accounts.set_factor"))
        page = set_up(reader, old_code=old.paper[3])
        assert page.h1 == "Uw herstelcodes"
        # From then on the lost telephone lets nobody in, and neither does the old paper.
        set_clock(NOON + timedelta(minutes=5))
        page = Client(app).get("accounts.sign_in").form()
        page = page.submit(email=account.email, password=PASSWORD)
        assert page.form().submit(code=old.code()).status == 422
        paper = page.follow("Gebruik een herstelcode")
        assert paper.form().submit(code=old.paper[4]).status == 422
        assert page.form().submit(code=Telephone(secret).code()).h1 == "Mijn werk"

    def test_it_keeps_the_recovery_code_when_the_new_telephone_is_wrong(
        self, sign_in: SignIn
    ) -> None:
        account = make_account()
        old = make_telephone(account)
        reader = sign_in(account)
        assert set_up(reader, old_code=old.paper[0], code="000000").status == 422
        assert set_up(reader, old_code=old.paper[0]).h1 == "Uw herstelcodes"


class TestFreshCodes:
    def test_it_takes_password_and_code_and_kills_the_older_ones(
        self, sign_in: SignIn, mailbox: Mailbox
    ) -> None:
        account = make_account()
        telephone = make_telephone(account)
        page = sign_in(account).get("accounts.renew_codes")
        wrong = page.form().submit(current_password="iets heel anders", code=telephone.code())
        assert wrong.status == 422
        fresh = page.form().submit(current_password=PASSWORD, code=telephone.code())
        assert len(set(codes_on(fresh)) - set(telephone.paper)) == 10
        page = page.client.get("accounts.turn_off_factor")
        assert page.form().submit(code=telephone.paper[0]).status == 422
        mailbox.deliver()
        assert mailbox.last(account.email).subject.startswith("U hebt nieuwe herstelcodes")
        assert steps_of(account) == ["recovery_codes_renewed"]

    def test_it_says_when_few_are_left(self, sign_in: SignIn) -> None:
        account = make_account()
        telephone = make_telephone(account)
        reader = sign_in(account)
        assert "bijna geen" not in reader.get("accounts.second_factor").main
        for code in telephone.paper[:8]:
            page = Client(reader.app).get("accounts.sign_in").form()
            page = page.submit(email=account.email, password=PASSWORD)
            page.follow("Gebruik een herstelcode").form().submit(code=code)
        page = reader.get("accounts.second_factor")
        assert "nog 2 te gebruiken" in page.main
        assert "U hebt bijna geen herstelcodes meer." in page.main


class TestTurnOff:
    def test_it_takes_a_code_and_then_the_password_is_enough(
        self, app: Flask, sign_in: SignIn, mailbox: Mailbox
    ) -> None:
        account = make_account()
        telephone = make_telephone(account)
        page = sign_in(account).get("accounts.turn_off_factor")
        assert page.form().submit(code="000000").error_for("code") is not None
        page = page.form().submit(code=telephone.code())
        assert "Inloggen in twee stappen staat uit." in page.main
        entering = Client(app).get("accounts.sign_in").form()
        entered = entering.submit(email=account.email, password=PASSWORD)
        assert entered.h1 == "Mijn werk"
        mailbox.deliver()
        assert mailbox.last(account.email).subject.startswith("Inloggen in twee stappen staat uit")
        assert steps_of(account) == ["second_factor_off"]

    def test_it_is_refused_to_who_must_have_it(self, make_app: Callable[..., Flask]) -> None:
        moderator = make_moderator()
        telephone = make_telephone(moderator)
        reader = signed_in(make_app(SECOND_FACTOR="required"), moderator)
        assert "Uitzetten" not in str(reader.get("accounts.second_factor").links)
        page = reader.get("accounts.turn_off_factor").form().submit(code=telephone.code())
        assert page.status == 422
        assert "kunt u de tweede stap niet uitzetten" in page.main
        assert len(db.session.scalars(select(SecondFactor)).all()) == 1

    def test_it_keeps_no_code_in_a_draft(self, client: Client) -> None:
        client.post("accounts.turn_off_factor", data={"code": "geheim123456"})
        client.post("accounts.set_factor", data={"code": "123456", "old_code": "geheim123456"})
        assert db.session.scalars(select(Draft)).all() == []


class TestOffer:
    def test_it_stands_on_the_page_of_the_account_where_it_is_offered(
        self, make_app: Callable[..., Flask]
    ) -> None:
        account = make_account()
        for choice, shown in (("offered", True), ("required", True), ("off", False)):
            page = signed_in(make_app(SECOND_FACTOR=choice), account).get("accounts.overview")
            assert ("Inloggen in twee stappen" in page.main) is shown, choice
