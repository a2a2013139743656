"""Reading accounts: by a part of the address, by a link in a mail, and those with a role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from portal.accounts import queries
from portal.accounts.actions.links import CONFIRM, RESET, make_link, use_link
from portal.core import clock
from portal.core.db import write_section
from tests.factories import make_account, make_beheerder, make_moderator

SetClock = Callable[[datetime | None], None]


class TestAccountsLike:
    def test_it_finds_a_part_of_an_address_in_any_case(self, app: Flask) -> None:
        make_account(email="noor@dorp.example")
        make_account(email="anna@stad.example")
        assert [row.email for row in queries.accounts_like("OR@Dorp")] == ["noor@dorp.example"]

    def test_it_stops_at_as_many_as_a_page_can_show(self, app: Flask) -> None:
        for _number in range(queries.MOST_FOUND + 1):
            make_account()
        assert len(queries.accounts_like("example.org")) == queries.MOST_FOUND


class TestStaff:
    def test_it_lists_everybody_with_a_role_by_name(self, app: Flask) -> None:
        make_moderator(name="zoë")
        make_beheerder(name="Anna")
        make_account(name="Bep")
        assert [row.name for row in queries.staff()] == ["Anna", "zoë"]


class TestGetToken:
    @pytest.mark.parametrize("purpose", [CONFIRM, RESET])
    def test_it_says_why_a_link_leads_nowhere(
        self, app: Flask, set_clock: SetClock, purpose: str
    ) -> None:
        account, other = make_account(), make_account()
        with write_section():
            used = make_link(account, purpose)
            use_link(queries.get_token(used, purpose))
            expired = make_link(other, purpose)
        set_clock(clock.now() + timedelta(days=365))
        for token, why in ((used, "used"), (expired, "expired"), ("verzonnen", "unknown")):
            with pytest.raises(queries.TokenDead) as dead:
                queries.get_token(token, purpose)
            assert (dead.value.why, dead.value.purpose) == (why, purpose)

    def test_it_takes_no_link_that_was_made_for_something_else(self, app: Flask) -> None:
        account = make_account()
        with write_section():
            token = make_link(account, CONFIRM)
        assert queries.get_token(token, CONFIRM).account_id == account.id
        with pytest.raises(queries.TokenDead):
            queries.get_token(token, RESET)
