"""A rappel goes out once, can be stopped, reminds once, and fixes its figures."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from portal.commitments.jobs import remind_of_promises
from portal.core import clock
from portal.core.db import db, write_section
from portal.core.errors import FieldRefused, StepNotOpen
from portal.rappels import actions, jobs
from portal.rappels.models import Rappel
from portal.rappels.outcomes import Outcome, Reach
from portal.rappels.queries import (
    counts_of,
    editable_plan,
    find_running,
    lines_of,
    parties_of,
    planned_on,
)
from portal.services.models import Job
from tests import factories as make
from tests.harness.mailbox import Mailbox
from tests.rappels.scenes import DAY, SetClock, World


@pytest.fixture
def world(app: Flask, set_clock: SetClock) -> World:
    return World(set_clock)


def letters(mailbox: Mailbox, *subjects: str) -> Counter[str]:
    """To whom mails with one of these subjects went, and how often."""
    mailbox.deliver()
    wanted = subjects or ("Rappel:", "Nog ")
    return Counter(mail.to for mail in mailbox.messages if mail.subject.startswith(wanted))


def fresh(rappel: Rappel) -> Rappel:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Rappel, rappel.id)


class TestSending:
    def test_it_mails_everybody_once_with_the_two_lists_and_one_link(
        self, world: World, mailbox: Mailbox
    ) -> None:
        rappel = world.out()
        assert letters(mailbox) == {world.owner.email: 1, world.editor.email: 1}
        mail = mailbox.last(world.owner.email)
        assert mail.paths == [f"/rappels/{rappel.name}/antwoorden/{world.ours.id}"]
        passed, comes = mail.text.index("Al voorbij"), mail.text.index("Komt eraan")
        assert mail.text.index("Termijn voorbij") < passed < comes
        assert passed < mail.text.index("Termijn in het komende half jaar") < comes
        assert "Pas later" not in mail.text

    def test_it_mails_the_mailbox_too_and_says_why(self, world: World, mailbox: Mailbox) -> None:
        make.make_mailbox(world.ours, "post@lindewoude.example")
        rappel = world.out()
        assert letters(mailbox)["post@lindewoude.example"] == 1
        mail = mailbox.last("post@lindewoude.example")
        assert mail.paths == [f"/rappels/{rappel.name}/antwoorden/{world.ours.id}"]
        assert "omdat dit adres de mailbox is van" in " ".join(mail.text.split())

    def test_it_waits_and_can_be_stopped_and_sent_again(
        self, world: World, mailbox: Mailbox
    ) -> None:
        rappel = world.ready()
        world.act(actions.send, rappel)
        world.later(minutes=9)
        assert not letters(mailbox)
        world.act(actions.stop, rappel)
        world.later(minutes=9)
        assert not letters(mailbox)
        world.act(actions.send, rappel)
        world.later(minutes=11)
        assert letters(mailbox) == {world.owner.email: 1, world.editor.email: 1}

    def test_it_mails_nobody_twice_after_a_restart(
        self, world: World, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(jobs, "BATCH", 1)
        for number in range(3):
            owner = make.make_account(email=f"eigenaar{number}@ander.example")
            other = world.signatory(f"Ander {number} (fictief)", owner)
            make.make_commitment(other, term="uiterlijk 30 april 2027")
        rappel = world.out()
        # A worker that was killed does its batches once more.
        for after in (0, world.ours.id):
            jobs.mail_batch({"rappel": rappel.name, "after": after, "again": False})
        world.later(minutes=1)
        assert set(letters(mailbox).values()) == {1}
        assert len(letters(mailbox)) == 5

    def test_it_runs_alone(self, world: World) -> None:
        rappel = world.ready()
        with pytest.raises(FieldRefused, match="al een rappel"):
            world.ready()
        world.act(actions.drop, rappel)
        assert world.ready().name == "2027-2"

    def test_it_does_not_go_out_to_nobody(self, world: World) -> None:
        with write_section():
            for promise in (world.lapsed, world.coming):
                db.session.merge(promise).progress = "gereed"
        rappel = world.ready()
        with pytest.raises(FieldRefused, match="niemand"):
            world.act(actions.send, rappel)

    def test_who_got_it_gets_no_other_reminder_that_day(
        self, world: World, mailbox: Mailbox
    ) -> None:
        # Its monthly reminder falls on this very day.
        world.set_clock(datetime(2027, 3, 2, 10, tzinfo=UTC))
        world.out()
        remind_of_promises()
        mailbox.deliver()
        assert [mail.subject[:7] for mail in mailbox.messages if mail.to == world.owner.email] == [
            "Rappel:"
        ]


class TestReminding:
    def test_it_asks_once_more_only_what_was_not_answered(
        self, world: World, mailbox: Mailbox
    ) -> None:
        rappel = world.out()
        world.report(world.lapsed)
        world.later(days=14)
        world.act(actions.remind, rappel)
        world.later(minutes=11)
        assert letters(mailbox, "Nog ") == {world.owner.email: 1, world.editor.email: 1}
        text = mailbox.last(world.owner.email).text
        assert "Komt eraan" in text
        assert "Al voorbij" not in text
        with pytest.raises(FieldRefused, match="al een keer"):
            world.act(actions.remind, rappel)

    def test_it_can_be_stopped_until_it_goes(self, world: World, mailbox: Mailbox) -> None:
        rappel = world.out()
        world.act(actions.remind, rappel)
        world.act(actions.stop_reminding, rappel)
        world.later(minutes=11)
        assert not letters(mailbox, "Nog ")
        assert fresh(rappel).is_remindable

    def test_it_reminds_nobody_when_everybody_answered(self, world: World) -> None:
        rappel = world.out()
        world.report(world.lapsed)
        world.report(world.coming)
        with pytest.raises(FieldRefused, match="Iedereen"):
            world.act(actions.remind, rappel)


class TestPublishing:
    def test_its_figures_stay_as_they_were(self, world: World) -> None:
        rappel = world.out()
        world.report(world.lapsed)
        world.act(actions.publish, rappel)
        before = counts_of(lines_of(fresh(rappel)))
        assert (before[Outcome.PROGRESS], before[Outcome.NOTHING]) == (1, 1)
        world.later(days=3)
        world.move(world.coming)
        world.report(world.lapsed, "gereed")
        assert counts_of(lines_of(fresh(rappel))) == before
        reaches = Counter(party.reach for party in parties_of(rappel))
        assert reaches == dict.fromkeys(Reach, 1)

    def test_it_can_be_taken_back_and_counts_again(self, world: World) -> None:
        rappel = world.out()
        world.act(actions.publish, rappel)
        world.act(actions.reopen, rappel)
        world.report(world.coming)
        assert counts_of(lines_of(fresh(rappel)))[Outcome.PROGRESS] == 1

    def test_it_is_not_taken_back_beside_another(self, world: World) -> None:
        rappel = world.out()
        world.act(actions.publish, rappel)
        world.ready()
        with pytest.raises(FieldRefused, match="al een rappel"):
            world.act(actions.reopen, rappel)

    def test_it_waits_until_the_reminder_has_gone(self, world: World) -> None:
        rappel = world.out()
        world.act(actions.remind, rappel)
        with pytest.raises(StepNotOpen):
            world.act(actions.publish, rappel)


class TestPlan:
    def plan(self, world: World, next_on: date | None) -> None:
        with write_section():
            actions.plan(editable_plan(), next_on=next_on, by=world.moderator)

    def test_it_puts_one_ready_and_sends_nothing_by_itself(
        self, world: World, mailbox: Mailbox
    ) -> None:
        self.plan(world, date(2027, 4, 1))
        jobs.prepare_planned()
        assert find_running() is None
        world.later(days=31)
        jobs.prepare_planned()
        jobs.prepare_planned()
        world.later(days=1)
        running: Any = find_running()
        assert running.state == "ready"
        assert planned_on() == date(2027, 10, 1)
        mailbox.deliver()
        assert [mail.to for mail in mailbox.messages] == [world.moderator.email]
        assert f"/werkvoorraad/rappel/{running.name}/versturen" in mailbox.messages[0].paths

    def test_it_leaves_one_that_runs_alone(self, world: World) -> None:
        rappel = world.ready()
        self.plan(world, date(2027, 3, 2))
        world.later(days=400)
        jobs.prepare_planned()
        assert find_running().id == rappel.id  # type: ignore[union-attr]
        assert planned_on() == date(2028, 9, 2)

    def test_without_a_day_it_does_nothing(self, world: World) -> None:
        self.plan(world, None)
        world.later(days=400)
        jobs.prepare_planned()
        assert find_running() is None


def test_a_job_of_a_rappel_that_was_stopped_says_so(world: World) -> None:
    rappel = world.ready()
    world.act(actions.send, rappel)
    world.act(actions.stop, rappel)
    world.later(minutes=11)
    job = db.session.query(Job).filter(Job.kind == "rappel_out").one()
    assert job.last_error == "it was stopped"
    assert clock.now() - DAY == timedelta(minutes=11)
