"""`flask demo`: once, twice, and where it is refused."""

from __future__ import annotations

import contextvars
from collections.abc import Callable

from flask import Flask

from portal.accounts.models import Account
from portal.core.db import db
from portal.demo.people import PASSWORD, sign_ins
from tests.demo.conftest import Played, count_rows
from tests.harness.client import Client

KEY = "een-lange-sleutel-voor-deze-ene-test-van-de-demo"


class TestRuns:
    def test_it_changes_nothing_the_second_time(self, played: Played) -> None:
        assert played.counts["organisation"] > 20
        assert played.second.exit_code == 0
        assert "is there already" in played.second.output
        assert played.counts_again == played.counts

    def test_it_says_how_to_sign_in_both_times(self, played: Played) -> None:
        assert len(PASSWORD) >= 15
        for output in (played.first.output, played.second.output):
            assert PASSWORD in output
            assert all(email in output for _as, email, _name in sign_ins())

    def test_it_lets_everybody_in_whom_it_names(self, demo: Flask) -> None:
        roles = set()
        for _as, email, name in sign_ins():
            reader = Client(demo)
            form = reader.get("/inloggen").form()
            page = form.submit(email=email, password=PASSWORD)
            assert name in page.text
            account = db.session.query(Account).filter_by(email=email).one()
            roles.add((account.is_moderator, account.is_beheerder))
        assert roles == {(False, False), (True, False), (False, True)}


class TestRefusal:
    def test_it_is_refused_in_production_in_one_line(
        self, app: Flask, make_app: Callable[..., Flask]
    ) -> None:
        production = make_app(
            PORTAL_ENV="production", SECRET_KEY=KEY, PUBLIC_URL="https://groeipact.example"
        )
        before = count_rows(app)
        # Without the context of the test: the command is to see its own app.
        runner = production.test_cli_runner()
        result = contextvars.Context().run(runner.invoke, args=["demo"])
        assert result.exit_code != 0
        assert len(result.output.strip().splitlines()) == 1
        assert "PORTAL_ENV=demo" in result.output
        assert count_rows(app) == before
