"""What is done with accounts at the keyboard of the server."""

from __future__ import annotations

import contextvars
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from portal.accounts.models import Account
from portal.config import Settings
from portal.core.db import db
from portal.services.history import history_of
from tests.accounts.people import GOOD, count_of, has_password, looked_up
from tests.factories import (
    PASSWORD,
    make_account,
    make_beheerder,
    make_moderator,
    make_telephone,
)
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.harness.page import Page

ROOT = Path(__file__).parents[2]
BEA = ("--name", "Bea Heerder", "--email", "bea@example.org")


@pytest.fixture
def create(app: Flask) -> Callable[..., Result]:
    """Run the command; `password` is what the environment holds."""

    def run(
        *arguments: str,
        password: str | None = GOOD,
        typed: str | None = None,
        file: Path | None = None,
    ) -> Result:
        return app.test_cli_runner().invoke(
            args=["create-beheerder", *arguments],
            env={"PORTAL_PASSWORD": password or "", "PORTAL_PASSWORD_FILE": str(file or "")},
            input=typed,
        )

    return run


class TestCreateBeheerder:
    def test_it_makes_somebody_who_can_sign_in_and_give_roles(
        self, create: Callable[..., Result], enter: Callable[..., Page]
    ) -> None:
        result = create(*BEA)
        assert result.exit_code == 0
        assert "bea@example.org" in result.output
        account = looked_up("bea@example.org")
        assert account.name == "Bea Heerder"
        assert (account.is_beheerder, account.is_moderator) == (True, False)
        page = enter("bea@example.org", GOOD)
        assert page.h1 == "Mijn werk"
        assert page.client.get("accounts.roles").status == 200

    def test_it_makes_a_moderator_as_well(self, create: Callable[..., Result]) -> None:
        create(*BEA, "--moderator")
        assert looked_up("bea@example.org").is_moderator

    def test_it_asks_for_the_password(self, create: Callable[..., Result]) -> None:
        result = create(*BEA, password=None, typed=f"{GOOD}\n{GOOD}\n")
        assert result.exit_code == 0
        assert has_password(looked_up("bea@example.org"), GOOD)

    def test_it_reads_the_password_from_a_file(
        self, create: Callable[..., Result], tmp_path: Path
    ) -> None:
        file = tmp_path / "password"
        file.write_text(f"{GOOD}\n")
        assert create(*BEA, password=None, file=file).exit_code == 0
        assert has_password(looked_up("bea@example.org"), GOOD)

    def test_it_asks_for_everything(self, create: Callable[..., Result]) -> None:
        assert create(typed="Bea Heerder\nbea@example.org\n").exit_code == 0
        assert looked_up("bea@example.org").name == "Bea Heerder"

    @pytest.mark.parametrize(
        ("arguments", "password", "words"),
        [
            (BEA, "veertien teken", "too short: a beheerder needs at least 15 characters"),
            (BEA, "welkomwelkomwelkom", "too common"),
            (BEA, "bea@example.org", "is the name or the email address"),
            (BEA, "ab cd ef " * 120, "too long"),
            (("--name", "Bea", "--email", "bea"), GOOD, "'bea' is not an email address"),
            (("--name", "  ", "--email", "bea@example.org"), GOOD, "The name is empty"),
        ],
    )
    def test_it_refuses_in_one_clear_line(
        self, create: Callable[..., Result], arguments: tuple[str], password: str, words: str
    ) -> None:
        result = create(*arguments, password=password)
        assert result.exit_code != 0
        assert words in result.output
        assert len(result.output.strip().splitlines()) == 1
        assert count_of(Account) == 0

    def test_it_refuses_an_address_that_has_an_account(self, create: Callable[..., Result]) -> None:
        known = make_account(email="Bea@example.org")
        result = create(*BEA)
        assert result.exit_code != 0
        assert "There is an account for bea@example.org already" in result.output
        assert not looked_up(known.email).is_beheerder

    def test_it_never_shows_the_password(self, create: Callable[..., Result]) -> None:
        assert GOOD not in create(*BEA).output
        assert "welkomwelkomwelkom" not in create(*BEA, password="welkomwelkomwelkom").output

    def test_it_reads_and_says_every_letter_where_the_machine_knows_ascii_only(
        self, app: Flask
    ) -> None:
        found: Settings = app.extensions["portal_settings"]
        password, name = "drie ééuwen oude bomen", "Zoë Ünal-Çelik"
        environment = {
            "PATH": os.environ["PATH"],
            "PORTAL_ENV": "test",
            "DATABASE_URL": found.database_url,
            "DATA_DIR": str(found.data_dir),
            "PORTAL_PASSWORD": password,
            # Without what Python does by itself against such a locale.
            "LC_ALL": "C",
            "PYTHONCOERCECLOCALE": "0",
            "PYTHONUTF8": "0",
            "PYTHONIOENCODING": "ascii",
        }
        asked = [sys.executable, "-m", "flask", "--app", "wsgi", "create-beheerder"]
        asked += ["--email", "zoe@example.org"]
        db.session.remove()
        ended = subprocess.run(
            asked, cwd=ROOT, env=environment, input=f"{name}\n".encode(), capture_output=True
        )
        assert ended.returncode == 0, ended.stderr
        assert name in ended.stdout.decode("utf-8")
        account = looked_up("zoe@example.org")
        assert account.name == name
        assert has_password(account, password)


class TestResetSecondFactor:
    def test_it_takes_away_what_the_last_beheerder_lost_and_tells(
        self, app: Flask, mailbox: Mailbox
    ) -> None:
        beheerder, moderator = make_beheerder(), make_moderator()
        make_telephone(beheerder)
        reset = ["account", "reset-second-factor", beheerder.email, "--reason", "Gebeld."]

        result = app.test_cli_runner().invoke(args=reset)

        assert result.exit_code == 0, result.output
        mailbox.deliver()
        assert {mail.to for mail in mailbox.messages} == {beheerder.email, moderator.email}
        assert "Gebeld." in mailbox.last(beheerder.email).text
        [row] = history_of("account", beheerder.id)
        assert (row.step, row.actor, row.reason) == ("second_factor_reset", "portaal", "Gebeld.")
        again = app.test_cli_runner().invoke(args=reset)
        assert again.exit_code != 0
        assert "has no second factor" in again.output

    def test_it_knows_whom_and_why(self, app: Flask) -> None:
        unknown = ["account", "reset-second-factor", "niemand@example.org", "--reason", "Zo."]
        silent = ["account", "reset-second-factor", make_account().email, "--reason", " "]
        assert "no account" in app.test_cli_runner().invoke(args=unknown).output
        assert "reason is empty" in app.test_cli_runner().invoke(args=silent).output


def seal_anew(app: Flask) -> Result:
    """Run the command in a context of its own: that of the test belongs to another key."""
    runner = app.test_cli_runner()
    return contextvars.Context().run(runner.invoke, args=["account", "seal-anew"])


class TestSealAnew:
    def test_it_leaves_nothing_that_needs_the_former_key(
        self, make_app: Callable[..., Flask]
    ) -> None:
        old, new = "o" * 40, "n" * 40
        account = make_account()
        with make_app(SECRET_KEY=old).app_context():
            telephone = make_telephone(account)
        rotated = make_app(SECRET_KEY=new, SECRET_KEY_FALLBACKS=old)

        first, again = seal_anew(rotated), seal_anew(rotated)

        assert first.output == "1 secrets sealed anew.\n"
        assert again.output == "0 secrets sealed anew.\n"
        page = Client(make_app(SECRET_KEY=new)).get("accounts.sign_in").form()
        page = page.submit(email=account.email, password=PASSWORD)
        assert page.form().submit(code=telephone.code()).h1 == "Mijn werk"

    def test_it_names_the_accounts_of_which_no_key_is_left(
        self, make_app: Callable[..., Flask]
    ) -> None:
        account = make_account()
        make_telephone(account)
        result = seal_anew(make_app(SECRET_KEY="n" * 40))
        assert result.exit_code != 0
        assert f"No key opens the secret of these accounts: {account.id}." in result.output
