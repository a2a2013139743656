"""Where somebody is signed in, and ending that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from portal.accounts.models import Account, AccountSession
from portal.core import clock
from portal.core.db import db
from portal.core.settings import settings
from tests.accounts.people import is_in
from tests.factories import make_account
from tests.harness.client import Client

SignIn = Callable[[Account], Client]

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)


def session_id(account: Account) -> int:
    found = db.session.query(AccountSession).filter_by(account_id=account.id).one()
    return found.id


class TestSessions:
    def test_it_lists_where_somebody_is_signed_in(self, client: Client, sign_in: SignIn) -> None:
        account = make_account()
        for agent in (FIREFOX, IPHONE):
            reader = Client(client.app)
            form = reader.get("accounts.sign_in").form()
            sent = form.fill(
                {"email": account.email, "password": "een lang wachtwoord voor de test"}
            )
            reader.post("accounts.sign_in", data=sent, headers={"User-Agent": agent})
        page = sign_in(account).get("accounts.sessions")
        assert "Firefox, Linux" in page.main
        assert "Safari, iPhone" in page.main
        assert page.main.count("deze sessie") == 1

    def test_it_lists_nobody_elses(self, sign_in: SignIn) -> None:
        sign_in(make_account())
        page = sign_in(make_account()).get("accounts.sessions")
        assert len(page.soup.select(".rows > li")) == 1

    def test_it_lists_none_that_is_over(
        self, sign_in: SignIn, set_clock: Callable[[datetime | None], None]
    ) -> None:
        account = make_account()
        sign_in(account)
        set_clock(clock.now() + timedelta(minutes=61))
        page = sign_in(account).get("accounts.sessions")
        assert len(page.soup.select(".rows > li")) == 1


class TestStopSession:
    def test_it_ends_a_session_elsewhere(self, sign_in: SignIn) -> None:
        account = make_account()
        there = sign_in(account)
        ended = session_id(account)
        here = sign_in(account)
        page = here.get("accounts.sessions").form(f"/account/sessies/{ended}/beeindigen").submit()
        assert page.flashes == ["De sessie is beëindigd."]
        assert not is_in(there)
        assert is_in(here)

    def test_it_signs_out_when_it_is_this_one(self, sign_in: SignIn) -> None:
        reader = sign_in(make_account())
        assert reader.get("accounts.sessions").form().submit().h1 == "Inloggen"
        assert not is_in(reader)

    def test_it_ends_nobody_elses(self, sign_in: SignIn) -> None:
        other = make_account()
        there = sign_in(other)
        here = sign_in(make_account())
        sent = here.get("accounts.sessions").form().fields
        page = here.post("accounts.stop_session", session_id=session_id(other), data=sent)
        assert page.status == 404
        assert is_in(there)

    def test_it_needs_the_key_against_forgery(self, sign_in: SignIn) -> None:
        account = make_account()
        reader = sign_in(account)
        assert reader.post("accounts.stop_session", session_id=session_id(account)).status == 422
        assert is_in(reader)

    def test_it_leads_a_visitor_to_a_page_that_can_be_opened(self, client: Client) -> None:
        page = client.post("accounts.stop_session", session_id=1)
        assert page.location == "/inloggen?verder=/account/sessies"


class TestStopOtherSessions:
    def test_it_ends_all_but_this_one(self, sign_in: SignIn) -> None:
        account = make_account()
        others = [sign_in(account), sign_in(account)]
        here = sign_in(account)
        form = here.get("accounts.sessions").form("/account/sessies/beeindigen")
        assert form.submit().flashes == ["Alle andere sessies zijn beëindigd."]
        assert is_in(here)
        assert [is_in(reader) for reader in others] == [False, False]

    def test_it_needs_the_key_against_forgery(self, sign_in: SignIn) -> None:
        account = make_account()
        there, here = sign_in(account), sign_in(account)
        assert here.post("accounts.stop_other_sessions").status == 422
        assert is_in(there)


class TestExtendSession:
    def test_it_goes_on_with_a_session_only_when_asked(
        self, sign_in: SignIn, set_clock: Callable[[datetime | None], None]
    ) -> None:
        account = make_account()
        reader, begun = sign_in(account), clock.now()
        page = reader.get("accounts.rename")
        left = int(str(page.soup.select_one("[data-session]")["data-session"]))  # type: ignore[index]
        assert 58 * 60 < left <= 60 * 60
        form = page.form("/account/sessies/verlengen")
        set_clock(begun + timedelta(minutes=58))
        answer = form.submit()
        assert answer.response.json == {"seconds": 60 * 60}
        set_clock(begun + timedelta(minutes=117))
        assert is_in(reader)

    def test_it_lasts_no_longer_than_a_session_may(
        self, sign_in: SignIn, set_clock: Callable[[datetime | None], None]
    ) -> None:
        reader, begun = sign_in(make_account()), clock.now()
        whole = settings().session_absolute
        for minutes in range(50, int(whole.total_seconds() / 60), 50):
            set_clock(begun + timedelta(minutes=minutes))
            page = reader.get("accounts.rename")
        left = int(str(page.soup.select_one("[data-session]")["data-session"]))  # type: ignore[index]
        assert left <= (begun + whole - clock.now()).total_seconds() < 60 * 60

    def test_it_brings_no_session_back(
        self, sign_in: SignIn, set_clock: Callable[[datetime | None], None]
    ) -> None:
        reader = sign_in(make_account())
        form = reader.get("accounts.rename").form("/account/sessies/verlengen")
        set_clock(clock.now() + timedelta(minutes=61))
        assert form.submit().h1 == "Inloggen"

    def test_it_names_the_time_at_long_forms(self, sign_in: SignIn) -> None:
        page = sign_in(make_account()).get("organisations.create")
        assert "Doet u 60 minuten niets op deze site? Dan wordt u uitgelogd." in page.main
