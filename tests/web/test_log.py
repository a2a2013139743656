"""The log: a line of JSON for what happened, and nothing about people."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Blueprint, Flask
from flask.typing import ResponseReturnValue

from portal.accounts.models import Account
from portal.core import clock
from portal.core.log import JsonLine, event
from portal.core.pseudonyms import pseudonym
from portal.web.guard import public
from tests import factories as make
from tests.harness.client import Client
from tests.harness.log_fixtures import LogLines
from tests.harness.log_watch import told
from tests.harness.mailbox import Mailbox

SignIn = Callable[[Account | None], Client]
NAME, EMAIL, WORDS = "Noor van den Berg", "noor@example.org", "een geheim woord in een reactie"


def _record(fields: dict[str, object]) -> logging.LogRecord:
    record = logging.LogRecord("portal", logging.INFO, __file__, 1, "event_told", None, None)
    record.fields = fields
    return record


def _lines(lines: LogLines, event: str) -> list[dict[str, Any]]:
    return [line for line in lines() if line["event"] == event]


def _written(lines: LogLines) -> str:
    return json.dumps(lines())


def test_it_tells_of_entering_and_leaving_without_saying_who_by_name(
    client: Client, log_lines: LogLines
) -> None:
    account = make.make_account(name=NAME, email=EMAIL)
    form = client.get("accounts.sign_in").form()
    form.submit(email=EMAIL, password="een verkeerd wachtwoord")
    form.submit(email=EMAIL, password=make.PASSWORD)

    told = [line for line in log_lines() if line["event"] != "request_finished"]
    assert [line["event"] for line in told] == ["refused", "signed_in"]
    assert told[1]["account"] == account.id
    for secret in (NAME, EMAIL, "Noor", make.PASSWORD, "verkeerd"):
        assert secret not in _written(log_lines)


def test_it_keeps_everything_that_is_typed_out_of_the_log(
    client: Client, sign_in: SignIn, log_lines: LogLines, mailbox: Mailbox
) -> None:
    discussion = make.make_article().discussion
    client.get("accounts.register").form().submit(name=NAME, email=EMAIL, password=make.PASSWORD)
    [path] = [p for p in _delivered(mailbox, EMAIL) if "/bevestigen/" in p]
    client.get(path).form().submit()
    client.get("accounts.forgotten").form().submit(email=EMAIL)
    reader = sign_in(make.make_account(name="Iemand Anders", email="anders@example.org"))
    reader.get("comments.post", discussion_id=discussion.id).form().submit(body=WORDS)
    reader.post("comments.post", data={"body": WORDS}, discussion_id=discussion.id)
    mailbox.deliver()

    written = _written(log_lines)
    assert "account_confirmed" in written
    token = path.rsplit("/", 1)[-1]
    for secret in (NAME, EMAIL, WORDS, "Iemand", "anders@", make.PASSWORD, token, "127.0.0.1"):
        assert secret not in written


def _delivered(mailbox: Mailbox, address: str) -> list[str]:
    mailbox.deliver()
    return mailbox.last(address).paths


def test_it_tells_of_a_fault_with_the_number_that_the_reader_sees(
    scratch: Callable[..., Client], log_lines: LogLines
) -> None:
    reader = scratch(_add_fault)
    reader.may_fail = True
    page = reader.get("/scratch/fault?q=geheim")
    [finished] = _lines(log_lines, "request_finished")
    assert finished["status"] == 500
    assert finished["endpoint"] == "scratch.fault"
    assert finished["request_id"] == page.headers["X-Request-Id"]
    assert "geheim" not in _written(log_lines)


def _add_fault(bp: Blueprint) -> None:
    @bp.get("/scratch/fault")
    @public()
    def fault() -> ResponseReturnValue:
        raise ZeroDivisionError


def test_it_writes_one_line_for_each_request_by_the_name_of_its_page(
    client: Client, log_lines: LogLines
) -> None:
    article = make.make_article()
    paths = ("/", f"/nieuws/{article.slug}?q=geheim", "/nergens/geheim")
    answers = [client.get(path) for path in paths]
    lines = _lines(log_lines, "request_finished")
    assert [(line["method"], line["endpoint"], line["status"]) for line in lines] == [
        ("GET", "home.show", answers[0].status),
        ("GET", "news.show", answers[1].status),
        ("GET", None, 404),
    ]
    assert [line["request_id"] for line in lines] == [a.headers["X-Request-Id"] for a in answers]
    assert all(line["milliseconds"] >= 0 for line in lines)
    assert "geheim" not in _written(log_lines)


def test_it_is_silent_about_pages_that_are_in_order_where_the_operator_wants_that(
    make_app: Callable[..., Flask], log_lines: LogLines
) -> None:
    app = make_app(ACCESS_LOG="off")
    for path in ("/", "/nieuws", "/nergens", "/inloggen"):
        Client(app).get(path)
    assert log_lines() == []


@pytest.mark.parametrize("typed", ["a\nb", 'x"}\n{"event": "signed_in"', "\x1b[31mrood\x07", "é"])
def test_it_writes_one_line_whatever_is_in_it(app: Flask, typed: str) -> None:
    line = JsonLine().format(_record({"typed": typed}))
    assert line.isascii()
    assert line.isprintable()
    assert json.loads(line)["typed"] == typed


def test_it_dates_every_line_in_one_clock(app: Flask, log_lines: LogLines) -> None:
    event("thing_done", level=logging.WARNING, thing=7)
    [line] = log_lines()
    assert (line["event"], line["thing"], line["level"]) == ("thing_done", 7, "warning")
    assert str(line["at"]).endswith("+00:00")


class TestRefused:
    """What was refused: one line, that says of nobody who they are."""

    @pytest.fixture
    def limited(self, make_app: Callable[..., Flask]) -> Flask:
        return make_app(RATE_LIMITS="on", LIMIT_SIGN_IN="1")

    def test_it_tells_what_was_refused_to_whom_from_where(
        self, sign_in: SignIn, client: Client, log_lines: LogLines
    ) -> None:
        account = make.make_account()
        reader = sign_in(account)
        page = reader.get("/werkvoorraad")
        [line] = _lines(log_lines, "refused")
        assert page.status == 403
        assert line["outcome"] == "not_allowed"
        assert line["permission"] == "queue:read"
        assert line["request_id"] == page.headers["X-Request-Id"]
        assert line["actor"] == pseudonym("account", str(account.id))
        assert line["source"] == pseudonym("source", "127.0.0.1")
        assert (line["endpoint"], line["status"]) == ("moderation.desk", 403)

    def test_it_tells_of_each_kind_of_refusal(
        self, client: Client, sign_in: SignIn, log_lines: LogLines
    ) -> None:
        secret = make.make_pact_version(state="draft")
        reader = sign_in(make.make_account())
        client.get("pact.version", label=secret.label)
        client.get("/bevestigen/een-link-die-niemand-kent")
        client.get("/uitnodigingen/een-link-die-niemand-kent")
        client.post("/registreren", headers={"Origin": "https://evil.example"})
        client.post("/registreren", data={"name": NAME, "email": EMAIL})
        client.get("accounts.sign_in").form().submit(email=EMAIL, password="verkeerd")
        reader.post("/account/sessies/beeindigen")
        sign_in(make.make_account(is_confirmed=False)).get("organisations.create")
        assert [(line["outcome"], line["status"]) for line in _lines(log_lines, "refused")] == [
            ("not_allowed", 404),
            ("link_dead", 410),
            ("link_dead", 404),
            ("foreign_origin", 403),
            ("form_key", 422),
            ("wrong_password", 422),
            ("form_key", 422),
            ("not_confirmed", 403),
        ]

    def test_it_joins_the_tries_for_one_address_and_names_the_limit(
        self, limited: Flask, log_lines: LogLines
    ) -> None:
        form = Client(limited).get("accounts.sign_in").form()
        for _ in range(2):
            form.submit(email="Noor@example.org", password="verkeerd")
        wrong, refused = _lines(log_lines, "refused")
        assert wrong["address"] == pseudonym("address", EMAIL)
        assert wrong["actor"] == "visitor"
        assert (refused["outcome"], refused["limit"]) == ("too_many", "sign_in_pair")
        assert refused["source"] == wrong["source"]

    def test_it_gives_everybody_another_name_the_next_day(
        self, app: Flask, set_clock: Callable[[datetime | None], None]
    ) -> None:
        today = pseudonym("address", EMAIL)
        assert today == pseudonym("address", EMAIL)
        assert pseudonym("source", EMAIL) != today
        day = clock.today()
        set_clock(clock.now() + timedelta(days=1))
        assert pseudonym("address", EMAIL) != today
        assert pseudonym("address", EMAIL, day) == today

    def test_it_is_silent_about_what_was_not_refused(
        self, client: Client, log_lines: LogLines
    ) -> None:
        client.get("/nergens")
        client.get("/account")
        client.get("accounts.sign_in").form().submit(email="", password="")
        assert _lines(log_lines, "refused") == []


class TestWatch:
    """The fixture that reads along with every test finds what it is there to find."""

    @pytest.mark.parametrize(
        "line",
        [
            f"mail to {EMAIL} refused",
            f"hello {NAME}, welcome",
            JsonLine().format(_record({"typed": "Ñoor de Nieuwe"})),
            "GET /bevestigen/kQ3xZ8vJ2mN5bT7cR1wY4pL6sD9fG0hA3jK5qE8uX2o",
        ],
    )
    def test_it_finds_an_address_a_name_and_a_token(self, line: str) -> None:
        assert told([line], {NAME, "Ñoor de Nieuwe"})

    @pytest.mark.parametrize(
        "line",
        [
            "",
            json.dumps({"request_id": "9c150eb6278c4a69", "actor": "visitor", "account": 7}),
            "0" * 64,
            "test_it_gives_the_same_name_to_the_same_one",
            "Noortje",
        ],
    )
    def test_it_finds_nothing_in_what_is_no_secret(self, line: str) -> None:
        assert told([line], {"Noor", "No"}) == []
