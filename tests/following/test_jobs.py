"""News for those who follow: once, in time, grouped, and never what is not public."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.commitments import actions
from portal.core.db import db, write_section
from portal.following import jobs
from portal.following.links import token_of
from portal.following.models import Follower, FollowRequest
from portal.services.jobs import run_one
from portal.services.models import Job
from tests.commitments.scenes import Scene, moment, publish, signatory
from tests.factories import make_moderator
from tests.following.scenes import READER, begin, followers, report, run, told
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox


@pytest.fixture
def scene(app: Flask, set_clock: Any) -> Scene:
    set_clock(moment(2019, 9, 1))
    made = signatory()
    set_clock(moment(2019, 9, 2))
    return made


@pytest.fixture
def other(scene: Scene, set_clock: Any) -> Scene:
    set_clock(moment(2019, 9, 1))
    made = signatory()
    set_clock(moment(2019, 9, 2))
    return made


class TestAtOnce:
    def test_it_mails_what_changed_with_a_way_to_stop_that_a_mail_program_knows(
        self, client: Client, scene: Scene, other: Scene, mailbox: Mailbox, set_clock: Any
    ) -> None:
        begin(f"organisatie={scene.organisation.slug}")
        commitment = publish(scene)
        publish(other, "Van een ander")
        [mail] = told(mailbox, set_clock)
        assert mail.to == READER
        number = f"GP-{commitment.short_number}"
        assert mail.subject == f"Nieuw: {scene.organisation.name}: Plan voor koppelen ({number})"
        assert f"U volgt: {scene.organisation.name}" in mail.text
        assert "Termijn: “eind 2020”." in mail.text
        assert f"http://localhost/toezeggingen/{commitment.slug}" in mail.text.splitlines()
        assert "Van een ander" not in mail.text
        one_click = mail.message["List-Unsubscribe"].strip("<>")
        assert one_click in mail.links
        assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert told(mailbox, set_clock) == []

    def test_it_tells_of_what_holds_the_words_that_one_follows_though_it_is_new(
        self, client: Client, scene: Scene, mailbox: Mailbox, set_clock: Any
    ) -> None:
        begin("q=koppelen")
        publish(scene)
        publish(scene, "Iets heel anders")
        [mail] = told(mailbox, set_clock)
        assert "Plan voor koppelen" in mail.text
        assert "Iets heel anders" not in mail.text

    def test_it_waits_until_all_acts_of_a_moment_are_there(
        self, client: Client, scene: Scene, mailbox: Mailbox, set_clock: Any
    ) -> None:
        begin()
        publish(scene)
        assert told(mailbox, set_clock, seconds=9) == []
        assert len(told(mailbox, set_clock, seconds=2)) == 1

    def test_it_tells_nothing_from_before_one_followed(
        self, client: Client, scene: Scene, mailbox: Mailbox, set_clock: Any
    ) -> None:
        run()
        publish(scene, "Vooraf")
        set_clock(moment(2019, 9, 2, 12, 5))
        begin()
        assert told(mailbox, set_clock) == []

    def test_it_leaves_out_what_was_hidden_since_and_sends_no_empty_mail(
        self, client: Client, scene: Scene, mailbox: Mailbox, set_clock: Any
    ) -> None:
        begin()
        commitment = publish(scene)
        set_clock(moment(2019, 9, 2, 12, 2))
        run()
        assert run_one()
        with write_section():
            actions.hide(
                db.session.merge(commitment), ground="other", reason="Nee", by=make_moderator()
            )
        mailbox.deliver()
        assert mailbox.to(READER) == []
        job = db.session.scalars(select(Job).where(Job.kind == "news")).one()
        assert (job.state, job.last_error) == ("done", "nothing of it is left to tell")

    def test_it_mails_nobody_what_they_did_themselves(
        self, scene: Scene, other: Scene, mailbox: Mailbox, set_clock: Any
    ) -> None:
        begin(account=scene.editor)
        own = publish(scene, "Van mijzelf")
        assert told(mailbox, set_clock) == []
        publish(other, "Van een ander")
        report(own, scene)
        [mail] = told(mailbox, set_clock)
        assert mail.to == scene.editor.email
        assert "Van een ander" in mail.text
        assert "Plan" not in mail.text and "Van mijzelf" not in mail.text

    def test_it_writes_in_the_language_in_which_one_asked(
        self, client: Client, scene: Scene, mailbox: Mailbox, set_clock: Any
    ) -> None:
        begin(locale="en")
        publish(scene)
        [mail] = told(mailbox, set_clock)
        assert mail.message["Content-Language"] == "en"
        assert all("/en/" in link for link in mail.links)


class TestRhythm:
    def test_a_day_and_a_week_come_together_in_the_morning_and_on_monday(
        self, client: Client, scene: Scene, mailbox: Mailbox, set_clock: Any
    ) -> None:
        # The second of September 2019 was a Monday.
        begin(rhythm="dagelijks", email="dag@voorbeeld.example")
        begin(rhythm="wekelijks", email="week@voorbeeld.example")
        publish(scene, "Eerste")
        publish(scene, "Tweede")
        assert told(mailbox, set_clock) == []
        set_clock(datetime(2019, 9, 3, 5, 2, tzinfo=UTC))
        [daily] = told(mailbox, set_clock)
        assert daily.to == "dag@voorbeeld.example"
        assert daily.subject.startswith("2 veranderingen")
        set_clock(datetime(2019, 9, 9, 5, 2, tzinfo=UTC))
        [weekly] = told(mailbox, set_clock)
        assert weekly.to == "week@voorbeeld.example"
        assert "Eerste" in weekly.text and "Tweede" in weekly.text
        assert told(mailbox, set_clock, days=14) == []

    def test_a_worker_that_stood_still_for_a_week_tells_all_of_it_once(
        self, client: Client, scene: Scene, mailbox: Mailbox, set_clock: Any
    ) -> None:
        begin(rhythm="dagelijks")
        for day in (3, 4, 5):
            set_clock(moment(2019, 9, day))
            publish(scene, f"Van dag {day}")
        set_clock(moment(2019, 9, 10))
        [mail] = told(mailbox, set_clock)
        assert [f"Van dag {day}" in mail.text for day in (3, 4, 5)] == [True] * 3
        assert told(mailbox, set_clock, days=1) == []

    def test_another_rhythm_tells_what_was_not_told_and_nothing_twice(
        self, client: Client, scene: Scene, mailbox: Mailbox, set_clock: Any
    ) -> None:
        follower = begin(rhythm="wekelijks")
        publish(scene, "Nog niet verteld")
        assert told(mailbox, set_clock, hours=1) == []
        client.get("following.overview", token=token_of(follower.code)).form("/ritme").submit(
            rhythm="meteen"
        )
        [mail] = told(mailbox, set_clock)
        assert "Nog niet verteld" in mail.text
        client.get(mail.paths[-2]).form("/ritme").submit(rhythm="wekelijks")
        assert told(mailbox, set_clock, days=14) == []

    def test_what_two_follows_tell_comes_once_and_soonest(
        self, client: Client, scene: Scene, other: Scene, mailbox: Mailbox, set_clock: Any
    ) -> None:
        begin(f"organisatie={scene.organisation.slug}", others={"": "wekelijks"})
        publish(scene, "Van ons")
        publish(other, "Van een ander")
        [mail] = told(mailbox, set_clock)
        assert "Van ons" in mail.text
        [weekly] = told(mailbox, set_clock, days=14)
        assert "Van een ander" in weekly.text and "Van ons" not in weekly.text


class TestBatches:
    @pytest.mark.parametrize(("old", "new"), [("dagelijks", "meteen"), ("meteen", "wekelijks")])
    def test_another_rhythm_between_a_run_and_its_batch_loses_nothing(
        self,
        client: Client,
        scene: Scene,
        mailbox: Mailbox,
        set_clock: Any,
        old: str,
        new: str,
    ) -> None:
        follower = begin(rhythm=old)
        publish(scene, "Eerst")
        set_clock(moment(2019, 9, 3, 12))
        run()
        self.choose(client, follower, new)
        set_clock(moment(2019, 9, 3, 13))
        publish(scene, "Daarna")
        mails = [mail for days in (0.1, 8, 8) for mail in told(mailbox, set_clock, days=days)]
        text = "".join(mail.text for mail in mails)
        assert [text.count(f": {title} (GP-") for title in ("Eerst", "Daarna")] == [1, 1]

    def test_another_rhythm_after_the_batch_tells_nothing_twice(
        self, client: Client, scene: Scene, mailbox: Mailbox, set_clock: Any
    ) -> None:
        follower = begin(rhythm="dagelijks")
        publish(scene, "Eerst")
        set_clock(moment(2019, 9, 3, 12))
        run()
        batch = db.session.scalars(select(Job.payload).where(Job.kind == "news_batch")).one()
        # Its row does not say yet that it is done.
        jobs.tell_batch(dict(batch))
        self.choose(client, follower, "meteen")
        mails = [mail for days in (0, 1, 8) for mail in told(mailbox, set_clock, days=days)]
        assert len(mails) == 1

    def choose(self, client: Client, follower: Follower, rhythm: str) -> None:
        """Let somebody choose another rhythm by the link of a mail."""
        page = client.get("following.overview", token=token_of(follower.code))
        page.form("/ritme").submit(rhythm=rhythm)

    def test_it_tells_everybody_once_whatever_is_done_twice(
        self,
        client: Client,
        scene: Scene,
        mailbox: Mailbox,
        set_clock: Any,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(jobs, "BATCH", 2)
        addresses = [f"lezer{number}@voorbeeld.example" for number in range(5)]
        for address in addresses:
            begin(email=address)
        publish(scene)
        set_clock(moment(2019, 9, 2, 12, 5))
        run()
        batch = db.session.scalars(select(Job.payload).where(Job.kind == "news_batch")).one()
        # A worker that was killed after its work, before the row said so: it is done again.
        jobs.tell_batch(dict(batch))
        mailbox.empty()
        assert sorted(mail.to for mail in mailbox.deliver()) == addresses
        count = select(func.count()).select_from(Job).where(Job.kind == "news_batch")
        assert db.session.scalar(count) == 3


def test_it_forgets_an_address_that_nobody_confirmed_after_a_week(
    client: Client, mailbox: Mailbox, set_clock: Any
) -> None:
    set_clock(moment(2019, 9, 2))
    client.get("/volgen").form().submit(rhythm="meteen", email=READER)
    for day, left in ((8, 1), (10, 0)):
        set_clock(moment(2019, 9, day))
        jobs.sweep_following()
        db.session.rollback()
        assert db.session.scalar(select(func.count()).select_from(FollowRequest)) == left
    assert followers() == []
