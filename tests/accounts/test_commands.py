"""The command that makes the first beheerder."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask

from portal.accounts.models import Account
from tests.accounts.people import GOOD, count_of, has_password, looked_up
from tests.factories import make_account
from tests.harness.page import Page

BEA = ("--name", "Bea Heerder", "--email", "bea@example.org")


@pytest.fixture
def create(app: Flask) -> Callable[..., Result]:
    """Run the command; `password` is what the environment holds."""

    def run(*arguments: str, password: str | None = GOOD, typed: str | None = None) -> Result:
        return app.test_cli_runner().invoke(
            args=["create-beheerder", *arguments],
            env={"PORTAL_PASSWORD": password or ""},
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
        assert page.h1 == "Mijn overzicht"
        assert page.client.get("accounts.roles").status == 200

    def test_it_makes_a_moderator_as_well(self, create: Callable[..., Result]) -> None:
        create(*BEA, "--moderator")
        assert looked_up("bea@example.org").is_moderator

    def test_it_asks_for_the_password(self, create: Callable[..., Result]) -> None:
        result = create(*BEA, password=None, typed=f"{GOOD}\n{GOOD}\n")
        assert result.exit_code == 0
        assert has_password(looked_up("bea@example.org"), GOOD)

    def test_it_asks_for_everything(self, create: Callable[..., Result]) -> None:
        assert create(typed="Bea Heerder\nbea@example.org\n").exit_code == 0
        assert looked_up("bea@example.org").name == "Bea Heerder"

    @pytest.mark.parametrize(
        ("arguments", "password", "words"),
        [
            (BEA, "veertien teken", "too short: a beheerder needs at least 15 characters"),
            (BEA, "welkomwelkomwelkom", "too common"),
            (BEA, "bea@example.org", "is the name or the e-mail address"),
            (BEA, "ab cd ef " * 120, "too long"),
            (("--name", "Bea", "--email", "bea"), GOOD, "'bea' is not an e-mail address"),
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
