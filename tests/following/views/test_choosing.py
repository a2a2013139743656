"""Beginning to follow: with an account at once, without one after a mail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.core.db import db
from portal.following.models import FollowRequest
from portal.services.models import Job
from tests.commitments.scenes import Scene, moment, publish, signatory
from tests.factories import make_account, make_follower, make_signature
from tests.following.scenes import READER, ask, followers, link
from tests.harness.client import Client
from tests.harness.indexing import catch_up
from tests.harness.mailbox import Mailbox

SignIn = Callable[..., Client]


@pytest.fixture
def scene(app: Flask, set_clock: Any) -> Scene:
    set_clock(moment(2019, 7, 3))
    return signatory()


class TestFollow:
    def test_an_address_follows_nothing_until_it_is_confirmed(
        self, client: Client, scene: Scene, mailbox: Mailbox
    ) -> None:
        name = scene.organisation.name
        page = ask(client, f"?organisatie={scene.organisation.slug}", "dagelijks")
        assert READER in page.main
        assert followers() == []
        mailbox.deliver()
        assert f"> {name}" in mailbox.last(READER).text
        page = client.get(link(mailbox, "/bevestigen/"))
        assert name in page.main
        assert followers() == []
        page = page.form().submit()
        assert name in page.main
        [follower] = followers()
        assert [(each.what, each.rhythm) for each in follower.follows] == [
            (f"organisatie={scene.organisation.slug}", "dagelijks")
        ]
        again = client.get(link(mailbox, "/bevestigen/")).form().submit()
        assert again.status == 200
        assert len(followers()[0].follows) == 1

    def test_it_answers_alike_whether_an_address_follows_has_an_account_or_neither(
        self, client: Client, mailbox: Mailbox
    ) -> None:
        make_follower(email="xvolgt@voorbeeld.example")
        make_account(email="xheeft@voorbeeld.example")
        pages = []
        for address in ("xvolgt", "xheeft", "xnieuw"):
            email = f"{address}@voorbeeld.example"
            page = ask(client, email=email)
            mailbox.deliver()
            pages.append((page.path, page.main.replace(address, ""), mailbox.last(email).subject))
        assert len(set(pages)) == 1

    def test_it_mails_one_address_a_few_times_only_and_says_nothing_of_it(
        self, make_app: Callable[..., Flask], mailbox: Mailbox
    ) -> None:
        app = make_app(RATE_LIMITS="on", LIMIT_FOLLOW_EMAIL="2")
        with app.app_context():
            pages = [ask(Client(app)) for _ in range(4)]
            assert {page.main for page in pages} == {pages[0].main}
            count = select(func.count()).select_from(FollowRequest)
            assert db.session.scalar(count) == 2
            assert db.session.scalar(select(func.count()).select_from(Job)) == 2
            db.session.remove()
            db.engine.dispose()

    def test_an_account_follows_at_once_and_changes_how_often(
        self, sign_in: SignIn, scene: Scene
    ) -> None:
        reader = sign_in(make_account())
        page = reader.get("/volgen?thema=bestaat-niet").form().submit(rhythm="meteen")
        assert page.path == "/account/volgen"
        assert "U volgt nu: Alles." in page.text
        page = reader.get("/volgen")
        assert "U volgt dit al." in page.main
        page.form().submit(rhythm="wekelijks")
        [follower] = followers()
        assert [each.rhythm for each in follower.follows] == ["wekelijks"]

    def test_an_account_gets_what_its_address_followed_before(self, sign_in: SignIn) -> None:
        account = make_account()
        make_follower("soort=nieuws", email=account.email)
        page = sign_in(account).get("/volgen").form().submit(rhythm="meteen")
        assert [row.get_text(strip=True) for row in page.soup.select("ul.rows h2")] == [
            "nieuws van de vereniging",
            "Alles",
        ]

    @pytest.mark.parametrize("what", ["organisatie=bestaat-niet", "toezegging=bestaat-niet"])
    def test_nobody_follows_what_is_not_public(self, client: Client, what: str) -> None:
        assert client.get(f"/volgen?{what}").status == 404

    def test_it_asks_how_often_and_for_an_address_and_keeps_what_was_typed(
        self, client: Client
    ) -> None:
        page = client.get("/volgen").form().submit(rhythm="dagelijks", email="geen adres")
        assert page.status == 422
        assert "geen adres" in str(page.soup.select_one("input[name=email]"))
        assert page.soup.select_one("input[value=dagelijks]").has_attr("checked")

    def test_every_page_of_something_to_follow_leads_to_the_form_for_just_that(
        self, client: Client, scene: Scene
    ) -> None:
        commitment = publish(scene)
        make_signature()
        catch_up()
        name = scene.organisation.name
        words = {
            f"/ondertekenaars/{scene.organisation.slug}": name,
            f"/toezeggingen/{commitment.slug}": "Plan voor koppelen",
            "/toezeggingen?stand=gepland&q=plan": "gepland, “plan”",
            "/ondertekenaars?soort=gemeente": "ondertekend, ondertekening beëindigd, gemeente",
            "/veranderingen/2019/7?soort=toegezegd": "toegezegd",
        }
        for address, asked in words.items():
            page = client.get(address)
            found = page.soup.select_one("ul.take-along a[href*='/volgen']")
            assert found is not None, address
            strong = client.get(found["href"]).soup.select_one("main strong")
            assert strong.get_text().casefold() == asked.casefold(), address
