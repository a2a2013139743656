"""Tests of the pages on which an ending is stopped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.services.history import history_of
from tests.factories import (
    make_account,
    make_ending,
    make_membership,
    make_moderator,
    make_stop_link,
)
from tests.harness.client import Client

SignIn = Callable[[Account | None], Client]


class TestByLink:
    def test_it_is_stopped_by_a_press_and_not_by_looking(self, client: Client) -> None:
        ending = make_ending(state="waiting")
        _link, token = make_stop_link(ending)
        page = client.get("signatures.stop_by_link", token=token)
        assert "Wij gaan fuseren." in page.main
        db.session.expire_all()
        assert ending.state == "waiting"
        done = page.form().submit(why="Hier weet ik niets van.")
        assert done.path == "/opzegging-stoppen/gestopt"
        db.session.expire_all()
        assert (ending.state, ending.signature.state) == ("stopped", "admitted")
        last = history_of("ending", ending.id)[-1]
        assert (last.reason, last.account_id) == ("Hier weet ik niets van.", None)

    def test_it_takes_a_press_from_a_mail_program_without_a_session(self, client: Client) -> None:
        ending = make_ending(state="waiting")
        _link, token = make_stop_link(ending)
        for origin in ({}, {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}):
            answer = client.raw.post(f"/opzegging-stoppen/{token}", headers=origin)
            assert answer.status_code == 303
        db.session.expire_all()
        assert ending.state == "stopped"
        assert [row.step for row in history_of("ending", ending.id)].count("stop") == 1

    def test_it_knows_no_guessed_key(self, client: Client) -> None:
        ending = make_ending(state="waiting")
        link, _token = make_stop_link(ending)
        for guess in ("abc", link.token_hash):
            assert client.get("signatures.stop_by_link", token=guess).status == 404
            assert client.raw.post(f"/opzegging-stoppen/{guess}").status_code == 404
        db.session.expire_all()
        assert ending.state == "waiting"

    def test_it_stops_nothing_once_the_days_are_over(self, client: Client) -> None:
        past = make_ending(state="waiting", ends_at=clock.now() - timedelta(minutes=1))
        for ending in (past, make_ending(state="ended"), make_ending(state="called_off")):
            _link, token = make_stop_link(ending)
            page = client.get("signatures.stop_by_link", token=token)
            assert page.status == 410
            assert client.raw.post(f"/opzegging-stoppen/{token}").status_code == 410

    def test_it_says_so_when_it_was_stopped_already(self, client: Client) -> None:
        _link, token = make_stop_link(make_ending(state="stopped"))
        page = client.get("signatures.stop_by_link", token=token)
        assert page.location == "/opzegging-stoppen/gestopt"


class TestSignedIn:
    def test_it_is_stopped_by_an_owner_from_the_work_page(
        self, owner: Account, sign_in: SignIn
    ) -> None:
        ending = make_ending(state="waiting")
        make_membership(ending.signature.organisation, owner, role="eigenaar")
        page = sign_in(owner).get("signatures.show", signature_id=ending.signature_id)
        page.follow("Opzegging stoppen").form().submit(why="Toch niet.")
        db.session.expire_all()
        assert ending.state == "stopped"

    def test_it_is_for_owners_and_moderators_without_a_stake(self, sign_in: SignIn) -> None:
        ending = make_ending(state="waiting")
        organisation = ending.signature.organisation
        editor, inside = make_account(), make_moderator()
        make_membership(organisation, editor)
        make_membership(organisation, inside)
        for person in (editor, inside, make_account()):
            page = sign_in(person).get("signatures.stop_end", ending_id=ending.id)
            assert page.status == 403
        page = sign_in(make_moderator()).get("signatures.stop_end", ending_id=ending.id)
        assert page.status == 200
