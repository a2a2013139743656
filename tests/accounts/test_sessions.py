"""How long a session lasts, and what it says of who is in."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from portal.accounts.models import Account, AccountSession
from portal.accounts.sessions import device_words
from portal.core import clock
from portal.core.db import db
from tests.accounts.people import count_of, is_in
from tests.factories import PASSWORD, make_account, make_beheerder, make_moderator
from tests.harness.client import Client
from tests.harness.portal import count_queries, signed_in

SetClock = Callable[[datetime | None], None]

AGENTS = [
    ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/140.0.0.0 Safari/537.36",
        "Chrome, Windows",
    ),
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
        "Edge, Windows",
    ),
    (
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
        "(KHTML, like Gecko) Version/18.0 Safari/605.1.15",
        "Safari, macOS",
    ),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
        "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
        "Safari, iPhone",
    ),
    ("curl/8.0", "Browser"),
    ("", "Browser"),
    ("<script>" * 5000, "Browser"),
]


class TestIdle:
    @pytest.mark.parametrize(
        ("make", "minutes"),
        [(make_account, 60), (make_moderator, 30), (make_beheerder, 30)],
    )
    def test_it_ends_a_session_that_is_left_alone(
        self,
        sign_in: Callable[[Account], Client],
        set_clock: SetClock,
        make: Callable[[], Account],
        minutes: int,
    ) -> None:
        account = make()
        left, used = sign_in(account), sign_in(account)
        start = clock.now()
        set_clock(start + timedelta(minutes=minutes - 1))
        assert is_in(used)
        set_clock(start + timedelta(minutes=minutes + 1))
        assert not is_in(left)
        assert is_in(used)

    def test_it_keeps_a_short_limit_from_the_environment(
        self, make_app: Callable[..., Flask], set_clock: SetClock
    ) -> None:
        app = make_app(SESSION_IDLE_MINUTES="1")
        reader = signed_in(app, make_account())
        start = clock.now()
        for seconds in (30, 60, 90, 120):
            set_clock(start + timedelta(seconds=seconds))
            assert is_in(reader)
        set_clock(start + timedelta(seconds=181))
        assert not is_in(reader)

    def test_it_writes_nothing_at_most_requests(self, sign_in: Callable[[Account], Client]) -> None:
        reader = sign_in(make_account())
        with count_queries() as statements:
            reader.get("accounts.overview")
        assert not [s for s in statements if s.startswith(("UPDATE", "INSERT", "DELETE"))]


class TestAbsolute:
    def test_it_ends_a_session_after_twelve_hours_of_use(
        self, sign_in: Callable[[Account], Client], set_clock: SetClock
    ) -> None:
        reader = sign_in(make_account())
        start = clock.now()
        for half_hours in range(1, 24):
            set_clock(start + timedelta(minutes=30 * half_hours))
            assert is_in(reader)
        set_clock(start + timedelta(hours=12, seconds=1))
        assert not is_in(reader)

    def test_it_keeps_a_short_limit_from_the_environment(
        self, make_app: Callable[..., Flask], set_clock: SetClock
    ) -> None:
        app = make_app(SESSION_ABSOLUTE_MINUTES="2")
        reader = signed_in(app, make_account())
        start = clock.now()
        set_clock(start + timedelta(seconds=119))
        assert is_in(reader)
        set_clock(start + timedelta(seconds=121))
        assert not is_in(reader)

    def test_it_forgets_old_sessions_when_somebody_signs_in(
        self, sign_in: Callable[[Account], Client], set_clock: SetClock, client: Client
    ) -> None:
        account = make_account()
        sign_in(account)
        set_clock(clock.now() + timedelta(hours=13))
        form = client.get("accounts.sign_in").form()
        form.submit(email=account.email, password=PASSWORD)
        assert count_of(AccountSession) == 1


class TestCookie:
    def test_it_holds_no_more_than_a_token(
        self, client: Client, sign_in: Callable[[Account], Client]
    ) -> None:
        account = make_moderator(name="Mo Derator")
        reader = sign_in(account)
        cookie = reader.cookie("groeipact") or ""
        # Read as a stranger would: the signature behind it may look like anything.
        written = urlsafe_b64decode(cookie.partition(".")[0] + "===").decode()
        row = db.session.query(AccountSession).one()
        assert set(json.loads(written)) <= {"_fresh", "_user_id", "csrf"}
        assert "Derator" not in written
        assert row.token_hash not in written

    def test_it_is_worth_nothing_when_it_is_made_up(self, client: Client) -> None:
        make_account()
        client.raw.set_cookie("groeipact", "eyJfdXNlcl9pZCI6IjEifQ.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbb")
        assert not is_in(client)

    @pytest.mark.parametrize("value", ["x|é", "x|y", "|"])
    def test_it_is_the_only_one_that_is_read(self, client: Client, value: str) -> None:
        client.raw.set_cookie("remember_token", value)
        assert client.get("/toezeggingen").status == 200
        assert not is_in(client)

    def test_it_is_for_the_server_only(self, client: Client) -> None:
        cookie = client.get("accounts.sign_in").headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie

    def test_it_is_bound_to_the_host_under_https(self, make_app: Callable[..., Flask]) -> None:
        app = make_app(PUBLIC_URL="https://portaal.example.org")
        page = Client(app).get("https://portaal.example.org/inloggen")
        cookie = page.headers["Set-Cookie"]
        assert cookie.startswith("__Host-groeipact=")
        assert "Secure" in cookie
        assert "Domain=" not in cookie

    def test_it_is_not_set_by_reading(self, client: Client) -> None:
        assert "Set-Cookie" not in client.get("/spelregels").headers


class TestDeviceWords:
    @pytest.mark.parametrize(("agent", "words"), AGENTS)
    def test_it_says_which_browser(self, agent: str, words: str) -> None:
        assert device_words(agent) == words
