"""The code after the password: once, of now, and nothing to read before it is given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Account, AccountSession, PendingSignIn
from portal.core.db import db
from portal.services.history import history_of
from portal.services.models import Draft
from tests.accounts.people import GOOD, is_in, link_in
from tests.factories import PASSWORD, Telephone, make_account, make_moderator, make_telephone
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.harness.page import Page
from tests.harness.portal import signed_in

Enter = Callable[..., Page]
SetClock = Callable[[datetime | None], None]
NOON = datetime(2026, 7, 3, 12, 0, 10, tzinfo=UTC)
WRONG = "Deze code klopt niet."


@pytest.fixture(autouse=True)
def _noon(set_clock: SetClock) -> None:
    """Let no code run out while a test is at work."""
    set_clock(NOON)


@pytest.fixture
def account(app: Flask) -> Account:
    return make_account(name="Noor Nieuw", email="noor@example.org")


@pytest.fixture
def telephone(account: Account) -> Telephone:
    return make_telephone(account)


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


class TestPasswordAlone:
    def test_it_leads_to_the_code_and_shows_nothing_of_the_account(
        self, enter: Enter, account: Account, telephone: Telephone
    ) -> None:
        page = enter(account.email)
        assert page.h1 == "Code uit uw app"
        assert "Noor" not in page.html
        assert account.email not in page.html
        for endpoint in ("accounts.overview", "accounts.sessions", "organisations.index"):
            answer = page.client.get(endpoint)
            assert answer.location is not None, f"{endpoint} opens"
            assert answer.location.startswith("/inloggen?")
        assert "Noor" not in page.client.get("home.show").html
        assert db.session.scalars(select(AccountSession)).all() == []

    def test_it_ends_the_session_of_whoever_was_signed_in_here(
        self, app: Flask, account: Account, telephone: Telephone
    ) -> None:
        reader = signed_in(app, make_account())
        fields = reader.get("accounts.rename").form().fields
        sent = {"email": account.email, "password": PASSWORD, "csrf_token": fields["csrf_token"]}
        assert reader.post("accounts.sign_in", data=sent).location == "/inloggen/code"
        assert not is_in(reader)

    def test_it_waits_ten_minutes_and_then_asks_the_password_again(
        self, enter: Enter, account: Account, telephone: Telephone, set_clock: SetClock
    ) -> None:
        page = enter(account.email)
        set_clock(NOON + timedelta(minutes=10, seconds=1))
        late = page.form().submit(code=telephone.code())
        assert late.h1 == "Inloggen"
        assert "Het duurde te lang." in late.main
        assert not is_in(late.client)

    def test_it_waits_no_longer_when_the_password_is_changed(
        self,
        enter: Enter,
        client: Client,
        app: Flask,
        account: Account,
        telephone: Telephone,
        mailbox: Mailbox,
    ) -> None:
        page = enter(account.email)
        owner = Client(app)
        owner.get("accounts.forgotten").form().submit(email=account.email)
        mailbox.deliver()
        link = link_in(mailbox.last(account.email), "/nieuw-wachtwoord/")
        owner.get(link).form().submit(password=GOOD)
        assert page.form().submit(code=telephone.code()).h1 == "Inloggen"
        assert not is_in(page.client)

    def test_it_forgets_who_never_gave_a_code(
        self, enter: Enter, account: Account, telephone: Telephone, set_clock: SetClock
    ) -> None:
        enter(account.email)
        set_clock(NOON + timedelta(hours=1))
        enter(account.email)
        assert len(db.session.scalars(select(PendingSignIn)).all()) == 1

    def test_it_is_asked_for_by_nobody_who_is_not_on_the_way_in(self, client: Client) -> None:
        for endpoint in ("accounts.ask_code", "accounts.ask_recovery_code"):
            assert client.get(endpoint).location == "/inloggen"


class TestCode:
    def test_it_lets_in_and_leads_to_where_one_went(
        self, client: Client, account: Account, telephone: Telephone
    ) -> None:
        page = client.get("accounts.rename", follow=True)
        page = page.form().submit(email=account.email, password=PASSWORD)
        page = page.form().submit(code=telephone.code(), follow=False)
        assert page.location == "/account/naam"
        assert is_in(client)
        assert db.session.scalars(select(PendingSignIn)).all() == []

    def test_it_brings_back_what_was_typed_before(
        self, client: Client, account: Account, telephone: Telephone
    ) -> None:
        page = client.post("accounts.rename", data={"name": "Noor de Wit"}, follow=True)
        page = page.form().submit(email=account.email, password=PASSWORD)
        page = page.form().submit(code=telephone.code())
        field = page.soup.select_one("main input[name=name]")
        assert field is not None
        assert field["value"] == "Noor de Wit"

    def test_it_is_taken_with_a_space_in_the_middle(
        self, enter: Enter, account: Account, telephone: Telephone
    ) -> None:
        code = telephone.code()
        page = enter(account.email).form().submit(code=f"{code[:3]} {code[3:]}")
        assert page.h1 == "Mijn werk"

    def test_it_is_good_for_one_time(
        self, app: Flask, enter: Enter, account: Account, telephone: Telephone
    ) -> None:
        code = telephone.code()
        first, second = enter(account.email), enter(account.email, reader=Client(app))
        assert first.form().submit(code=code).h1 == "Mijn werk"
        again = second.form().submit(code=code)
        assert again.status == 422
        assert "Deze code is al gebruikt. Wacht op de volgende." in again.main
        # Nor is the one before, which the telephone showed half a minute ago.
        before = second.form().submit(code=telephone.code(late=timedelta(seconds=30)))
        assert "Deze code is al gebruikt." in before.main
        assert not is_in(second.client)

    @pytest.mark.parametrize("minutes", [-2, 2])
    def test_it_is_refused_of_a_clock_two_minutes_off_with_what_to_do(
        self, enter: Enter, account: Account, telephone: Telephone, minutes: int
    ) -> None:
        page = enter(account.email)
        page = page.form().submit(code=telephone.code(late=timedelta(minutes=minutes)))
        assert page.status == 422
        assert "Kijk dan of de klok van uw telefoon goed staat." in page.main
        assert not is_in(page.client)

    def test_it_is_taken_of_a_clock_half_a_minute_off(
        self, enter: Enter, account: Account, telephone: Telephone
    ) -> None:
        page = enter(account.email).form().submit(code=telephone.code(late=timedelta(seconds=30)))
        assert page.h1 == "Mijn werk"

    def test_it_is_never_shown_again_when_it_is_wrong(
        self, enter: Enter, account: Account, telephone: Telephone
    ) -> None:
        wrong = other_than(telephone.code())
        page = enter(account.email).form().submit(code=wrong)
        assert WRONG in page.main
        assert wrong not in page.html
        assert page.form().submit(code=telephone.code()).h1 == "Mijn werk"

    def test_it_may_be_guessed_five_times_from_all_browsers_together(
        self, make_app: Callable[..., Flask], account: Account, telephone: Telephone
    ) -> None:
        limited = make_app(RATE_LIMITS="on", TRUSTED_PROXY_HOPS="1")
        statuses = []
        for number in range(6):
            reader = Client(limited)
            reader.raw.environ_base["HTTP_X_FORWARDED_FOR"] = f"192.0.2.{number}"
            page = reader.get("accounts.sign_in").form()
            page = page.submit(email=account.email, password=PASSWORD)
            # The last one is right: too late.
            code = telephone.code() if number == 5 else other_than(telephone.code())
            statuses.append(page.form().submit(code=code).status)
        assert statuses == [422] * 5 + [429]


class TestRecoveryCode:
    def test_it_lets_in_once_and_tells_the_owner(
        self, app: Flask, enter: Enter, account: Account, telephone: Telephone, mailbox: Mailbox
    ) -> None:
        page = enter(account.email).follow("Gebruik een herstelcode")
        page = page.form().submit(code=telephone.paper[0].upper().replace("-", " "))
        assert page.h1 == "Mijn werk"
        assert "U hebt er nog 9." in page.main
        mailbox.deliver()
        mail = mailbox.last(account.email)
        assert mail.subject.startswith("Er is ingelogd met een herstelcode")
        assert "U hebt er nog 9." in mail.text
        assert [row.step for row in history_of("account", account.id)] == ["recovery_code_used"]

        other = enter(account.email, reader=Client(app))
        other = other.follow("Gebruik een herstelcode")
        again = other.form().submit(code=telephone.paper[0])
        assert "Deze herstelcode klopt niet, of is al gebruikt." in again.main
        assert telephone.paper[0] not in again.html
        assert not is_in(other.client)

    def test_it_keeps_the_way_back(
        self, client: Client, account: Account, telephone: Telephone
    ) -> None:
        page = client.get("accounts.rename", follow=True)
        page = page.form().submit(email=account.email, password=PASSWORD)
        page = page.follow("Gebruik een herstelcode")
        page = page.form().submit(code=telephone.paper[1], follow=False)
        assert page.location == "/account/naam"

    def test_it_is_of_one_account(
        self, enter: Enter, account: Account, telephone: Telephone
    ) -> None:
        other = make_telephone(make_account())
        page = enter(account.email).follow("Gebruik een herstelcode")
        page = page.form().submit(code=other.paper[0])
        assert page.status == 422
        assert not is_in(page.client)

    def test_it_works_when_the_secret_of_the_telephone_cannot_be_read_any_more(
        self, make_app: Callable[..., Flask], account: Account, telephone: Telephone
    ) -> None:
        reader = Client(make_app(SECRET_KEY="n" * 40))
        page = reader.get("accounts.sign_in").form()
        page = page.submit(email=account.email, password=PASSWORD)
        refused = page.form().submit(code=telephone.code())
        assert "Wij kunnen uw code nu niet nakijken." in refused.main
        page = page.follow("Gebruik een herstelcode")
        assert page.form().submit(code=telephone.paper[0]).h1 == "Mijn werk"


class TestRole:
    """A role in the vereniging in production: nothing without a second factor."""

    @pytest.fixture
    def strict(self, make_app: Callable[..., Flask]) -> Flask:
        return make_app(SECOND_FACTOR="required")

    def test_it_opens_nothing_before_a_telephone_is_set_up(self, strict: Flask) -> None:
        reader = Client(strict)
        moderator = make_moderator()
        page = reader.get("moderation.desk", follow=True).form()
        page = page.submit(email=moderator.email, password=PASSWORD)
        assert page.h1 == "Telefoon instellen"
        for path in ("/werkvoorraad", "/beheer/rollen"):
            assert "/account/twee-stappen/telefoon" in (reader.get(path).location or "")
        overview = reader.get("accounts.overview")
        assert "Stel eerst uw telefoon in" in overview.main
        assert reader.get("home.show").status == 200

    def test_it_opens_where_one_went_once_that_is_done(self, strict: Flask) -> None:
        reader = Client(strict)
        moderator = make_moderator()
        page = reader.get("moderation.desk", follow=True).form()
        page = page.submit(email=moderator.email, password=PASSWORD)
        secret = page.soup.select_one("code.secret").get_text().replace(" ", "")
        code = Telephone(secret).code()
        page = page.form().submit(current_password=PASSWORD, code=code)
        assert page.h1 == "Uw herstelcodes"
        page = page.follow("Ik heb ze bewaard, ga verder")
        assert page.path == "/werkvoorraad"
        assert page.status == 200

    def test_it_writes_nothing_either_and_keeps_what_was_typed(self, strict: Flask) -> None:
        # A session from before it was asked for.
        reader = signed_in(strict, make_moderator())
        token = reader.get("accounts.rename").form().fields["csrf_token"]
        sent = {"title": "Nieuws", "body": "Tekst.", "csrf_token": token, "once": "a" * 32}
        answer = reader.post("news.create", data=sent)
        assert "/account/twee-stappen/telefoon" in (answer.location or "")
        kept = db.session.scalars(select(Draft)).one()
        assert kept.fields["title"] == "Nieuws"

    def test_it_asks_nothing_of_others(self, strict: Flask) -> None:
        reader, account = Client(strict), make_account()
        page = reader.get("accounts.sign_in").form()
        page = page.submit(email=account.email, password=PASSWORD)
        assert page.h1 == "Mijn werk"

    def test_it_is_open_to_who_has_it_set_up(self, strict: Flask) -> None:
        moderator = make_moderator()
        telephone = make_telephone(moderator)
        reader = Client(strict)
        page = reader.get("moderation.desk", follow=True).form()
        page = page.submit(email=moderator.email, password=PASSWORD)
        page = page.form().submit(code=telephone.code())
        assert (page.path, page.status) == ("/werkvoorraad", 200)
