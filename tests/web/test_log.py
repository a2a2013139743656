"""The log: a line of JSON for what happened, and nothing about people."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

import pytest
from flask import Blueprint, Flask
from flask.typing import ResponseReturnValue

from portal.accounts.models import Account
from portal.core.log import JsonLine, event
from portal.web.guard import public
from tests import factories as make
from tests.harness.client import Client
from tests.harness.log_fixtures import LogLines
from tests.harness.mailbox import Mailbox

SignIn = Callable[[Account | None], Client]
NAME, EMAIL, WORDS = "Noor van den Berg", "noor@example.org", "een geheim woord in een reactie"


def _written(lines: LogLines) -> str:
    return json.dumps(lines())


def test_it_tells_of_entering_and_leaving_without_saying_who_by_name(
    client: Client, log_lines: LogLines
) -> None:
    account = make.make_account(name=NAME, email=EMAIL)
    form = client.get("accounts.sign_in").form()
    form.submit(email=EMAIL, password="een verkeerd wachtwoord")
    form.submit(email=EMAIL, password=make.PASSWORD)

    told = log_lines()
    assert [line["event"] for line in told] == ["sign_in_refused", "signed_in"]
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
    [finished] = [line for line in log_lines() if line["event"] == "request_finished"]
    assert finished["status"] == 500
    assert finished["endpoint"] == "scratch.fault"
    assert finished["request_id"] == page.headers["X-Request-Id"]
    assert "geheim" not in _written(log_lines)


def _add_fault(bp: Blueprint) -> None:
    @bp.get("/scratch/fault")
    @public()
    def fault() -> ResponseReturnValue:
        raise ZeroDivisionError


def test_it_is_silent_about_pages_that_are_in_order(client: Client, log_lines: LogLines) -> None:
    for path in ("/", "/nieuws", "/nergens", "/inloggen"):
        client.get(path)
    assert log_lines() == []


@pytest.mark.parametrize("typed", ["a\nb", 'x"}\n{"event": "signed_in"', "\x1b[31mrood\x07", "é"])
def test_it_writes_one_line_whatever_is_in_it(app: Flask, typed: str) -> None:
    record = logging.LogRecord("portal", logging.INFO, __file__, 1, "event_told", None, None)
    record.fields = {"typed": typed}
    line = JsonLine().format(record)
    assert line.isascii()
    assert line.isprintable()
    assert json.loads(line)["typed"] == typed


def test_it_dates_every_line_in_one_clock(app: Flask, log_lines: LogLines) -> None:
    event("thing_done", level=logging.WARNING, thing=7)
    [line] = log_lines()
    assert (line["event"], line["thing"], line["level"]) == ("thing_done", 7, "warning")
    assert str(line["at"]).endswith("+00:00")
