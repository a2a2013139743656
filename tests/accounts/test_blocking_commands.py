"""An account that the operator blocks, unblocks, or signs out everywhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask

from portal.accounts.actions.blocking import block
from portal.accounts.actions.links import RESET, make_link
from portal.accounts.models import Account, KnownBrowser
from portal.core.db import db, write_section
from portal.services.history import history_of
from tests.accounts.people import GOOD, Runs, is_in, looked_up
from tests.factories import make_account, make_beheerder
from tests.harness.client import Client
from tests.harness.log_fixtures import LogLines
from tests.harness.mailbox import Mailbox
from tests.harness.page import Page

Enter = Callable[..., Page]
Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    """Run `flask account ...`; `typed` is what the operator answers."""

    def account(*arguments: str, typed: str | None = None) -> Result:
        return app.test_cli_runner().invoke(args=["account", *arguments], input=typed)

    return account


def steps(account: Account) -> list[str]:
    db.session.rollback()
    return [row.step for row in history_of("account", account.id)]


class TestBlock:
    def test_it_ends_sessions_and_links_and_answers_like_a_wrong_password(
        self, run: Run, enter: Enter, runs: Runs, sign_in: Callable[[Account], Client]
    ) -> None:
        account = make_account()
        reader = sign_in(account)
        with write_section():
            token = make_link(account, RESET)
        assert run("block", account.email, "--yes").exit_code == 0
        assert not is_in(reader)
        assert reader.get(f"/nieuw-wachtwoord/{token}").status == 410
        runs.count = 0
        page = enter(account.email)
        assert (page.status, runs.count) == (422, 1)
        assert "Het e-mailadres of het wachtwoord klopt niet." in page.main

    def test_it_tells_the_owner_and_the_log_and_mails_no_way_in(
        self, run: Run, client: Client, mailbox: Mailbox, log_lines: LogLines
    ) -> None:
        account = make_account()
        run("block", account.email, "--yes")
        client.get("accounts.forgotten").form().submit(email=account.email)
        client.get("accounts.register").form().submit(
            name="Noor", email=account.email, password=GOOD
        )
        mailbox.deliver()
        subjects = [mail.subject for mail in mailbox.to(account.email)]
        assert subjects == ["Uw account is geblokkeerd op Groeipact Common Ground"] * 3
        assert not any("/nieuw-wachtwoord/" in path for path in mailbox.last(account.email).paths)
        assert steps(account) == ["blocked"]
        [line] = [line for line in log_lines() if line["event"] == "account_blocked"]
        assert line["account"] == account.id

    def test_it_lets_in_nobody_whose_session_was_written_meanwhile(
        self, run: Run, sign_in: Callable[[Account], Client]
    ) -> None:
        account = make_account()
        with write_section():
            block(account)
        assert not is_in(sign_in(account))

    def test_it_asks_first_and_says_who_is_the_last_beheerder(self, run: Run) -> None:
        last = make_beheerder()
        result = run("block", last.email, typed="n\n")
        assert result.exit_code != 0
        assert "the last beheerder" in result.output
        assert not looked_up(last.email).is_blocked
        assert run("block", last.email, typed="y\n").exit_code == 0
        assert looked_up(last.email).is_blocked

    @pytest.mark.parametrize("command", ["block", "unblock", "end-sessions"])
    def test_it_knows_no_made_up_address(self, run: Run, command: str) -> None:
        result = run(command, "niemand@example.org", "--yes")
        assert result.exit_code != 0
        assert "There is no account for niemand@example.org" in result.output

    def test_it_blocks_once_and_unblocks_what_is_blocked(self, run: Run) -> None:
        account = make_account()
        assert "is not blocked" in run("unblock", account.email, "--yes").output
        run("block", account.email, "--yes")
        assert "is blocked already" in run("block", account.email, "--yes").output
        assert steps(account) == ["blocked"]


class TestUnblock:
    def test_it_lets_the_owner_in_with_the_same_password(
        self, run: Run, enter: Enter, mailbox: Mailbox
    ) -> None:
        account = make_account()
        run("block", account.email, "--yes")
        assert run("unblock", account.email, "--yes").exit_code == 0
        assert enter(account.email).h1 == "Mijn werk"
        mailbox.deliver()
        assert (
            mailbox.to(account.email)[1].subject
            == "Uw account is niet meer geblokkeerd op Groeipact Common Ground"
        )
        assert steps(account) == ["blocked", "unblocked"]


class TestEndSessions:
    def test_it_signs_out_everywhere_and_tells_the_owner(
        self, run: Run, enter: Enter, client: Client, mailbox: Mailbox
    ) -> None:
        account = make_account()
        enter(account.email)
        assert run("end-sessions", account.email, "--yes").exit_code == 0
        assert not is_in(client)
        db.session.rollback()
        assert db.session.query(KnownBrowser).count() == 0
        mailbox.deliver()
        assert (
            mailbox.last(account.email).subject
            == "U bent overal uitgelogd op Groeipact Common Ground"
        )
        assert steps(account) == ["sessions_ended"]
        assert enter(account.email).h1 == "Mijn werk"
