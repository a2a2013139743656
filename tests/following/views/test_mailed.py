"""Behind the links in mails: how often, stopping with one press, and taking that back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.core.db import db, write_section
from portal.following.links import token_of
from portal.following.models import Follow
from tests.commitments.scenes import Scene, moment, publish, signatory
from tests.factories import make_account, make_follower
from tests.following.scenes import begin, followers, told
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def scene(app: Flask, set_clock: Any) -> Scene:
    set_clock(moment(2019, 7, 3))
    return signatory()


class TestStopAll:
    def test_a_mail_program_stops_it_with_one_press_from_anywhere_and_is_not_led_on(
        self, app: Flask, scene: Scene, mailbox: Mailbox, set_clock: Any
    ) -> None:
        begin("", "soort=nieuws")
        publish(scene)
        [mail] = told(mailbox, set_clock)
        path = mail.message["List-Unsubscribe"].strip("<>").removeprefix("http://localhost")
        program = app.test_client()
        for _press in range(2):
            answer = program.post(path, data=ONE_CLICK, headers={"Origin": "https://mail.example"})
            assert answer.status_code == 200
            assert "Set-Cookie" not in answer.headers
            assert followers() == []
        publish(scene, "Daarna")
        assert told(mailbox, set_clock) == []

    def test_opening_the_link_changes_nothing_and_a_button_takes_it_back(
        self, client: Client, scene: Scene
    ) -> None:
        make_follower("soort=nieuws", "", rhythm="wekelijks")
        token = token_of(followers()[0].code)
        page = client.get("following.stop_all", token=token)
        assert len(followers()) == 1
        page = page.form().submit()
        assert "nieuws van de vereniging" in page.main and "Alles" in page.main
        assert followers() == []
        assert "U volgt niets" in client.get("following.overview", token=token).main
        for _press in range(2):
            page.form().submit()
            [back] = followers()
            assert [(each.what, each.rhythm) for each in back.follows] == [
                ("soort=nieuws", "wekelijks"),
                ("", "wekelijks"),
            ]
        # The links in older mails work again.
        assert "Met alles stoppen" in client.get("following.overview", token=token).main

    def test_taking_it_back_lasts_a_week(
        self, client: Client, scene: Scene, set_clock: Any
    ) -> None:
        make_follower()
        page = client.get("following.stop_all", token=token_of(followers()[0].code)).form().submit()
        address = page.form().action
        set_clock(moment(2019, 7, 11))
        assert client.get(address).status == 404


class TestOverview:
    def test_it_stops_with_one_thing_and_forgets_who_follows_nothing_else(
        self, client: Client
    ) -> None:
        make_follower("soort=nieuws", "")
        token = token_of(followers()[0].code)
        page = client.get("following.overview", token=token).form("/stop").submit()
        assert "nieuws van de vereniging" in page.main
        assert [each.what for each in followers()[0].follows] == [""]
        page = page.form().submit()
        assert [each.what for each in followers()[0].follows] == ["", "soort=nieuws"]
        for _each in range(2):
            client.get("following.overview", token=token).form("/stop").submit()
        assert followers() == []

    @pytest.mark.parametrize("token", ["onzin", "g1.AAAA", "g1." + "A" * 60])
    def test_a_made_up_link_tells_nothing(self, client: Client, token: str) -> None:
        for page in ("overview", "stop_all", "stopped", "confirm"):
            assert client.get(f"following.{page}", token=token).status == 404

    def test_nobody_changes_what_somebody_else_follows(self, client: Client) -> None:
        make_follower(email="een@voorbeeld.example")
        make_follower(email="twee@voorbeeld.example", rhythm="wekelijks")
        one, two = followers()
        number = two.follows[0].id
        form = client.get("following.overview", token=token_of(one.code)).form("/stop")
        form.submit(follow=str(number))
        db.session.rollback()
        assert db.session.get(Follow, number) is not None

    def test_it_leads_whoever_is_signed_in_back_to_their_account(
        self, sign_in: Callable[..., Client]
    ) -> None:
        account = make_account()
        make_follower(account=account)
        reader = sign_in(account)
        page = reader.get("following.mine").form("/ritme").submit(rhythm="dagelijks")
        assert page.path.startswith("/account/volgen")
        assert "Wij hebben bewaard hoe vaak u mail wilt." in page.main
        page = reader.get("following.mine").form("/stop").submit().form().submit()
        assert page.path == "/account/volgen"

    def test_an_account_that_is_deleted_follows_nothing(self, app: Flask) -> None:
        account = make_account()
        make_follower(account=account)
        with write_section():
            db.session.delete(db.session.merge(account))
        assert followers() == []
