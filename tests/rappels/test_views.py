"""The pages of a rappel: what is sent is what was shown, and each number opens what it counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.core.db import db
from portal.rappels import actions
from portal.rappels.models import Rappel
from portal.rappels.outcomes import Outcome, Reach
from tests import factories as make
from tests.harness.client import Client
from tests.rappels.scenes import SetClock, World

SignIn = Callable[..., Client]


@pytest.fixture
def world(app: Flask, set_clock: SetClock) -> World:
    return World(set_clock)


def way(promise: Any, form: str) -> str:
    """The link from a promise on the page of a rappel to one of the forms."""
    return f"#toezegging-{promise.id} a[href*={form}]"


def state_of(rappel: Rappel) -> str:
    db.session.rollback()
    db.session.expire_all()
    return str(db.session.get_one(Rappel, rappel.id).state)


class TestDesk:
    def test_it_shows_what_goes_before_it_goes(self, world: World, sign_in: SignIn) -> None:
        desk = sign_in(world.moderator).get("rappels.desk")
        page = desk.form("/klaarzetten").submit()
        assert "2 mails: 1 ondertekenaar, 2 toezeggingen." in page.main
        for words in ("Al voorbij", "Komt eraan", "Krijgt geen mail: nog geen account (1)"):
            assert words in page.main
        assert "Niemandsveen (fictief)" in page.main
        make.make_mailbox(world.ours, "post@lindewoude.example")
        page = sign_in(world.moderator).get(page.path)
        assert "3 mails: 1 ondertekenaar, 2 toezeggingen." in page.main
        assert "1 aan de mailbox" in page.main
        done = page.form().submit()
        assert "Het rappel gaat over 10 minuten weg." in done.main
        back = done.form("/tegenhouden").submit()
        assert "Er is niets verstuurd." in back.main

    def test_it_sends_only_as_many_as_were_seen(self, world: World, sign_in: SignIn) -> None:
        rappel = world.ready()
        page = sign_in(world.moderator).get("rappels.send", name=rappel.name)
        make.make_membership(world.ours, make.make_account(), role="redacteur")
        refused = page.form().submit()
        assert refused.status == 422
        assert "Het aantal mails is veranderd." in refused.main
        assert state_of(rappel) == "ready"
        refused.form().submit()
        assert state_of(rappel) == "leaving"

    def test_it_says_who_answered(self, world: World, sign_in: SignIn) -> None:
        world.out()
        world.report(world.lapsed)
        page = sign_in(world.moderator).get("rappels.desk")
        cells = [cell.get_text(strip=True) for cell in page.soup.select("main tbody tr > *")]
        assert cells == ["Lindewoude (fictief)", "2", "1", "1 maart 2027"]

    def test_it_plans_a_day_to_come(self, world: World, sign_in: SignIn) -> None:
        page = sign_in(world.moderator).get("rappels.plan")
        refused = page.form().submit(next_on="2027-03-01")
        assert refused.error_for("next_on") == "Kies een dag die nog komt."
        done = refused.form().submit(next_on="2027-09-01")
        assert "1 september 2027" in done.main
        again = sign_in(world.moderator).get("rappels.plan").form().submit(next_on="2027-10-01")
        assert "1 oktober 2027" in again.main


class TestAnswering:
    def answering(self, world: World, client: Client, rappel: Rappel) -> Any:
        return client.get("rappels.answer", name=rappel.name, organisation_id=world.ours.id)

    def test_it_leads_to_each_form_and_back(self, world: World, sign_in: SignIn) -> None:
        rappel, client = world.out(), sign_in(world.editor)
        page = self.answering(world, client, rappel)
        assert "0 van 2 beantwoord" in page.main
        form = client.get(page.soup.select_one(way(world.lapsed, "loopt"))["href"])
        back = form.form().submit(body="Wij zijn bezig.")
        assert "1 van 2 beantwoord" in back.main
        assert "Beantwoord: voortgang gemeld op 1 maart 2027." in back.main
        link = back.soup.select_one(way(world.coming, "prognose"))["href"]
        said = {"expected": "eind 2027", "body": "De leverancier wacht."}
        last = client.get(link).form().submit(**said)
        assert "U hebt alles beantwoord." in last.main

    def test_it_waits_in_their_work_until_all_is_answered(
        self, world: World, sign_in: SignIn
    ) -> None:
        world.out()
        work = sign_in(world.editor).get("work.mine")
        assert "De vereniging vraagt hoe het staat (1)" in work.main
        assert "Over 2 toezeggingen is nog geen antwoord gegeven." in work.main
        asked = work.soup.select_one("#rappel ~ ul a")["href"]
        assert "0 van 2 beantwoord" in sign_in(world.editor).get(asked).main
        for promise in (world.lapsed, world.coming):
            world.report(promise)
        assert "De vereniging vraagt" not in sign_in(world.editor).get("work.mine").main

    def test_it_moves_a_term_and_comes_back(self, world: World, sign_in: SignIn) -> None:
        rappel, client = world.out(), sign_in(world.owner)
        page = self.answering(world, client, rappel)
        form = client.get(page.soup.select_one(way(world.lapsed, "termijn"))["href"])
        asked = form.form().submit(term_words="eind 2027", reason="Later.")
        done = asked.form().submit(term_choice=asked.form().choices("term_choice")[0])
        assert "Beantwoord: termijn verschoven op 1 maart 2027." in done.main

    def test_it_leads_nowhere_else(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.owner)
        address = client.address("commitments.report", commitment_id=world.lapsed.id)
        page = client.get(f"{address}?stand=loopt&rappel=//example.org")
        done = page.form().submit(body="Wij zijn bezig.")
        assert done.soup.h1.get_text(strip=True) == "Al voorbij"

    @pytest.mark.parametrize("state", ["ready", "leaving", "dropped"])
    def test_it_is_not_there_before_it_went(
        self, world: World, sign_in: SignIn, state: str
    ) -> None:
        rappel = make.make_rappel(world.lapsed, state=state)
        assert self.answering(world, sign_in(world.owner), rappel).status == 404

    def test_it_is_there_for_who_writes_for_it(self, world: World, sign_in: SignIn) -> None:
        rappel = world.out()
        assert self.answering(world, sign_in(world.moderator), rappel).status == 403
        for other in (world.unclaimed, world.idle):
            client = sign_in(world.owner)
            page = client.get("rappels.answer", name=rappel.name, organisation_id=other.id)
            assert page.status == 404


class TestOutcome:
    def published(self, world: World) -> Rappel:
        rappel = world.out()
        world.report(world.lapsed)
        world.act(actions.publish, rappel)
        return rappel

    def test_each_number_opens_as_many_rows(self, world: World, client: Client) -> None:
        rappel = self.published(world)
        page = client.get("rappels.show", name=rappel.name)
        links = page.soup.select("main dl a")
        assert len(links) == 2 + 2 + len(Reach)
        for link in links:
            number = link.find(string=True).strip()
            rows = client.get(link["href"]).soup.select("main ul.rows > li, main ul.link-list > li")
            assert len(rows) == int(number)

    def test_it_keeps_its_numbers_when_a_promise_is_hidden(
        self, world: World, client: Client, sign_in: SignIn
    ) -> None:
        rappel = self.published(world)
        moderator = sign_in(make.make_moderator())
        hide = moderator.get("moderation.hide", thing="toezegging", number=world.lapsed.id)
        hide.form().submit(ground="other", reason="Daarom.")
        page = client.get("rappels.promises", name=rappel.name, which=Outcome.PROGRESS)
        assert "Al voorbij" not in page.main
        assert "Verborgen toezegging" in page.main

    def test_nobody_reads_it_before(self, world: World, client: Client) -> None:
        rappel = world.out()
        assert client.get("rappels.show", name=rappel.name).status == 404
        assert rappel.name not in client.get("rappels.index").main
        world.act(actions.publish, rappel)
        assert rappel.name in client.get("rappels.index").main

    def test_it_is_found_from_where_we_stand(self, world: World, client: Client) -> None:
        page = client.get("overview.show")
        assert page.soup.select_one("main a[href='/rappels']") is not None
