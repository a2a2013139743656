"""Whom a rappel asks about what, and what counts as an answer."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.commitments.actions import recall
from portal.commitments.jobs import remind_of_promises
from portal.commitments.models import Prognosis
from portal.core import clock
from portal.core.db import db, write_section
from portal.policy import Role
from portal.rappels.outcomes import Outcome, Reach
from portal.rappels.queries import counts_of, lines_of, round_on
from tests import factories as make
from tests.harness.mailbox import Mailbox
from tests.rappels.scenes import SetClock, World


@pytest.fixture
def world(app: Flask, set_clock: SetClock) -> World:
    return World(set_clock)


class TestRound:
    def test_it_asks_the_mailbox_as_well_unless_somebody_reads_that_already(
        self, world: World
    ) -> None:
        named = make.make_mailbox(world.ours, "post@lindewoude.example")
        (ours,) = round_on(clock.today()).of(Reach.ASKED)
        assert ours.mailbox is not None
        assert (ours.mailbox.email, ours.mail_count) == (named.email, 3)

        with write_section():
            named.email = world.owner.email.upper()
        (ours,) = round_on(clock.today()).of(Reach.ASKED)
        assert (ours.mailbox, ours.mail_count) == (None, 2)

    def test_it_asks_claimed_signatories_of_what_passed_and_what_comes(self, world: World) -> None:
        found = round_on(clock.today())
        (ours,) = found.of(Reach.ASKED)
        assert [row.title for row in ours.lapsed] == ["Al voorbij"]
        assert [row.title for row in ours.coming] == ["Komt eraan"]
        assert {letter.email for letter in ours.letters} == {world.owner.email, world.editor.email}

    def test_it_says_of_all_others_why_they_get_no_mail(self, world: World) -> None:
        found = round_on(clock.today())
        names = {reach: [p.organisation.name for p in found.of(reach)] for reach in Reach}
        assert names[Reach.UNCLAIMED] == ["Niemandsveen (fictief)"]
        assert names[Reach.IDLE] == ["Rustdorp (fictief)"]
        assert names[Reach.FROZEN] == ["IJsselkou (fictief)"]

    def test_it_asks_stand_ins_as_well_and_each_once(self, world: World) -> None:
        stand_in = make.make_account(email="ivo@lindewoude.example")
        make.make_membership(world.ours, stand_in, role=Role.READER)
        for absent in (world.owner, world.editor):
            make.make_absence(world.ours, absent, stand_in=stand_in)
        found = round_on(clock.today())
        assert sorted(letter.email for letter in found.of(Reach.ASKED)[0].letters) == sorted(
            [world.owner.email, world.editor.email, stand_in.email]
        )
        assert found.of(Reach.ASKED)[0].stand_in_count == 1


class TestAnswers:
    def test_it_counts_the_last_that_was_done(self, world: World) -> None:
        rappel = world.out()
        assert {line.shown for line in lines_of(rappel)} == {Outcome.NOTHING}
        world.foretell(world.lapsed)
        world.later(hours=1)
        assert counts_of(lines_of(rappel))[Outcome.PROGNOSIS] == 1
        world.report(world.lapsed)
        world.move(world.coming)
        counts = counts_of(lines_of(rappel))
        assert (counts[Outcome.PROGRESS], counts[Outcome.MOVED]) == (1, 1)
        world.later(hours=1)
        world.report(world.lapsed, "gereed")
        assert counts_of(lines_of(rappel))[Outcome.FINISHED] == 1

    def test_what_was_said_before_is_no_answer(self, world: World) -> None:
        world.report(world.lapsed)
        world.later(days=1)
        rappel = world.out()
        assert counts_of(lines_of(rappel))[Outcome.NOTHING] == 2

    def test_a_prognosis_that_was_taken_back_is_none(self, world: World) -> None:
        rappel = world.out()
        world.foretell(world.lapsed)
        with write_section():
            recall(db.session.query(Prognosis).one(), by=world.owner)
        assert counts_of(lines_of(rappel))[Outcome.PROGNOSIS] == 0

    def test_a_report_stops_the_monthly_reminders_and_a_prognosis_does_not(
        self, world: World, mailbox: Mailbox
    ) -> None:
        other = world.promise("Ook voorbij", "uiterlijk 31 januari 2027")
        world.out()
        world.report(world.lapsed)
        world.foretell(other)
        world.later(days=32)
        remind_of_promises()
        mailbox.deliver()
        text = mailbox.last(world.owner.email).text
        assert "Ook voorbij" in text
        assert "Al voorbij" not in text
