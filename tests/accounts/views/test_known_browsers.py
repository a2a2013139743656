"""Browsers from which somebody signed in before: what is remembered, and who hears of a new one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from portal.accounts.jobs import sweep_accounts
from portal.accounts.models import Account, KnownBrowser
from portal.core import clock
from portal.core.db import db
from portal.web.browser import Mark
from tests.accounts.people import GOOD, is_in, link_in
from tests.factories import PASSWORD, make_account
from tests.harness.client import Client
from tests.harness.mailbox import Mail, Mailbox
from tests.harness.page import Page

Enter = Callable[..., Page]
ABOUT = "Er is ingelogd op uw account op Groeipact Common Ground"
PHONE = "Mozilla/5.0 (Android 16; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
COOKIE = f"groeipact-{Mark.KNOWN.value}"


def told(mailbox: Mailbox, account: Account) -> list[Mail]:
    """The mails about new browsers that this person got."""
    mailbox.deliver()
    return [mail for mail in mailbox.to(account.email) if mail.subject == ABOUT]


def known() -> list[KnownBrowser]:
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(KnownBrowser).order_by(KnownBrowser.id).all()


@pytest.fixture
def account(app: Flask, client: Client, enter: Enter) -> Account:
    """Somebody who signed in before, from the browser of `client`, and is out again."""
    made = make_account(name="Noor Nieuw", email="noor@example.org")
    leave(enter(made.email).client)
    return made


def leave(reader: Client) -> None:
    reader.get("/").form("/uitloggen").submit()
    assert not is_in(reader)


class TestTold:
    def test_it_tells_nobody_of_the_first_time_nor_of_the_same_browser(
        self, account: Account, client: Client, enter: Enter, mailbox: Mailbox
    ) -> None:
        for _ in range(2):
            leave(enter(account.email).client)
        assert told(mailbox, account) == []
        assert len(known()) == 1

    def test_it_tells_of_another_browser_what_it_is_and_what_to_do(
        self, account: Account, app: Flask, enter: Enter, mailbox: Mailbox
    ) -> None:
        other = Client(app)
        other.raw.environ_base |= {"HTTP_USER_AGENT": PHONE, "REMOTE_ADDR": "192.0.2.7"}
        enter(account.email, reader=other)
        [mail] = told(mailbox, account)
        assert "Firefox, Android" in mail.text
        assert clock.now().astimezone(clock.AMSTERDAM).strftime("%Y om %-H.") in mail.text
        assert link_in(mail, "/wachtwoord-vergeten")
        assert "192.0.2.7" not in mail.text
        leave(other)
        enter(account.email, reader=other)
        assert len(told(mailbox, account)) == 1, "now it is known"

    def test_it_tells_of_each_account_that_a_browser_is_new_to(
        self, account: Account, client: Client, enter: Enter, mailbox: Mailbox, app: Flask
    ) -> None:
        colleague = make_account()
        enter(colleague.email, reader=Client(app))
        enter(colleague.email)
        leave(client)
        enter(account.email)
        assert len(told(mailbox, colleague)) == 1
        assert told(mailbox, account) == []

    def test_it_tells_of_a_browser_in_which_somebody_left_their_own_mark(
        self, app: Flask, enter: Enter, mailbox: Mailbox, account: Account
    ) -> None:
        """Whoever sat at a shared computer first knows its mark, and may copy the cookie."""
        planted = Client(app)
        leave(enter(make_account().email, reader=planted).client)
        copied = planted.cookie(COOKIE)
        assert copied is not None
        enter(account.email, reader=planted)
        assert planted.cookie(COOKIE) != copied
        thief = Client(app)
        thief.raw.set_cookie(COOKIE, copied)
        enter(account.email, reader=thief)
        assert len(told(mailbox, account)) == 2

    def test_it_tells_in_the_language_of_the_account(
        self, app: Flask, enter: Enter, mailbox: Mailbox
    ) -> None:
        account = make_account(locale="en")
        for _ in range(2):
            enter(account.email, reader=Client(app))
        mailbox.deliver()
        assert "/en/wachtwoord-vergeten" in mailbox.last(account.email).paths

    def test_it_tells_nobody_when_the_password_is_wrong(
        self, account: Account, app: Flask, enter: Enter, mailbox: Mailbox
    ) -> None:
        enter(account.email, "een verkeerd wachtwoord", reader=Client(app))
        assert told(mailbox, account) == []


class TestForgotten:
    def test_it_forgets_every_browser_with_a_new_password_but_the_one_that_chose_it(
        self, account: Account, client: Client, app: Flask, mailbox: Mailbox, enter: Enter
    ) -> None:
        other = Client(app)
        other.get("accounts.forgotten").form().submit(email=account.email)
        mailbox.deliver()
        link = link_in(mailbox.last(account.email), "/nieuw-wachtwoord/")
        other.get(link).form().submit(password=GOOD)
        assert is_in(other)
        assert told(mailbox, account) == [], "the mail about the password says it"
        leave(other)
        enter(account.email, GOOD, reader=other)
        assert told(mailbox, account) == []
        enter(account.email, GOOD, reader=client)
        assert len(told(mailbox, account)) == 1

    def test_it_keeps_the_browser_in_which_somebody_changes_their_password(
        self, account: Account, client: Client, enter: Enter, mailbox: Mailbox
    ) -> None:
        enter(account.email)
        client.get("accounts.change_password").form().submit(
            current_password=PASSWORD, password=GOOD
        )
        leave(client)
        enter(account.email, GOOD)
        assert told(mailbox, account) == []

    def test_it_forgets_a_browser_that_was_not_used_for_half_a_year(
        self,
        account: Account,
        enter: Enter,
        set_clock: Callable[[datetime | None], None],
        mailbox: Mailbox,
    ) -> None:
        begun = clock.now()
        set_clock(begun + timedelta(days=179))
        leave(enter(account.email).client)
        assert told(mailbox, account) == []
        set_clock(begun + timedelta(days=179 + 181))
        sweep_accounts()
        assert known() == []

    def test_it_keeps_no_mark_that_can_be_read_back(self, account: Account, client: Client) -> None:
        mark = client.cookie(COOKIE)
        assert mark
        assert mark not in [row.mark_hash for row in known()]
