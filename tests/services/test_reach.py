"""Mail that does not arrive: nothing more goes there, and its owner hears of it on the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.admin.commands import bounced_command
from portal.core.db import db, write_section
from portal.services import mail
from portal.services.models import Job
from portal.services.reach import says_gone, unreachable_among
from tests import factories as make
from tests.following.scenes import begin, told
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox

NOTE = "Onze mail komt niet aan"


def send(to: str) -> None:
    """Queue a mail without a link."""
    with write_section():
        mail.send("account_exists", to=to, token="", minutes=60)


def last() -> tuple[str, str | None]:
    db.session.rollback()
    job = db.session.scalars(select(Job).order_by(Job.id.desc()).limit(1)).one()
    return job.state, job.last_error


@pytest.mark.parametrize(
    ("code", "words", "is_gone"),
    [
        (550, "5.1.1 No such user", True),
        (550, "No such user here", True),
        (554, "5.2.1 Mailbox disabled", True),
        (550, "5.7.1 Relaying denied", False),
        (554, "5.7.1 Looks like spam", False),
        (552, "5.2.2 Mailbox full", False),
    ],
)
def test_it_knows_a_missing_address_from_a_refusal_of_us(
    code: int, words: str, is_gone: bool
) -> None:
    assert says_gone(code, words) is is_gone


def test_an_address_that_is_refused_for_good_gets_no_more_mail_but_for_a_way_back(
    app: Flask, mailbox: Mailbox, sign_in: Callable[..., Client]
) -> None:
    account = make.make_account()
    mailbox.refuse(account.email)
    send(account.email)
    mailbox.deliver()
    mailbox.accept(account.email)
    send(account.email)
    assert mailbox.deliver() == []
    assert last() == ("done", "the address is unreachable")

    reader = sign_in(account)
    assert NOTE in reader.get("/account").main
    form = reader.get("accounts.change_email").form()
    form.submit(new_email=account.email, current_password=make.PASSWORD)
    [back] = mailbox.deliver()
    assert NOTE not in reader.get(back.paths[0]).form().submit().main
    send(account.email)
    assert len(mailbox.deliver()) == 1


def test_what_is_refused_for_another_reason_stops_nothing(app: Flask, mailbox: Mailbox) -> None:
    mailbox.refuse("noor@example.org", "554 5.7.1 Relay access denied")
    send("noor@example.org")
    mailbox.deliver()
    mailbox.accept("noor@example.org")
    send("noor@example.org")
    assert len(mailbox.deliver()) == 1


def test_mail_that_came_back_is_told_to_the_command_and_follows_pause(
    app: Flask, mailbox: Mailbox, set_clock: Any
) -> None:
    follower = begin()
    run = app.test_cli_runner()
    assert "No mail goes to" in run.invoke(bounced_command, [follower.address]).output
    assert unreachable_among([follower.address.upper()])
    make.make_commitment()
    assert told(mailbox, set_clock) == []
    run.invoke(bounced_command, [follower.address, "--undo"])
    make.make_commitment()
    assert len(told(mailbox, set_clock)) == 1
    assert run.invoke(bounced_command, ["geen adres"]).exit_code == 1
