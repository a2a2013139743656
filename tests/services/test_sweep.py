"""What has served its purpose is cleared away, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.core.db import db, write_section
from portal.services import drafts
from portal.services.jobs import KEEP_DONE, enqueue
from portal.services.models import Draft, Job, LimitCounter, UsedKey
from portal.services.sweep import sweep
from tests.factories import make_account


def _fill(age: timedelta, name: str) -> None:
    then = clock.now() - age
    with write_section():
        db.session.add(
            Draft(mark_hash=name, address="/x", fields={"a": "b"}, size=10, typed_at=then)
        )
        db.session.add(UsedKey(key=name, address="/x", used_at=then))
        db.session.add(LimitCounter(name=name, key="k", started_at=then, count=1))


class TestSweep:
    def test_it_removes_what_is_old_and_keeps_what_is_young(self, app: Flask) -> None:
        _fill(timedelta(days=100), "old")
        _fill(timedelta(hours=1), "young")
        sweep()
        assert db.session.scalars(select(UsedKey.key)).all() == ["young"]
        assert db.session.scalars(select(LimitCounter.name)).all() == ["young"]
        assert len(db.session.scalars(select(Draft)).all()) == 1

    def test_it_soon_removes_text_that_was_thrown_away(
        self, app: Flask, set_clock: Callable[[datetime | None], None]
    ) -> None:
        account, begun = make_account(), clock.now()
        set_clock(begun)
        for address in ("/weg", "/terug", "/later"):
            content = drafts.content_of({"body": "tekst"})
            assert content is not None
            drafts.remember(drafts.Owner(account.id), address, content)
        with write_section():
            drafts.drop(account.id, "/weg")
            drafts.drop(account.id, "/terug")
            drafts.put_back(account.id, "/terug")
        set_clock(begun + drafts.KEEP_DROPPED)
        sweep()
        assert len(db.session.scalars(select(Draft)).all()) == 3
        set_clock(begun + drafts.KEEP_DROPPED + timedelta(seconds=1))
        sweep()
        assert set(db.session.scalars(select(Draft.address))) == {"/terug", "/later"}

    @pytest.mark.parametrize("key", [None, "welcome-7"])
    def test_it_forgets_a_done_job_after_its_time_and_not_before(
        self, app: Flask, set_clock: Callable[[datetime | None], None], key: str | None
    ) -> None:
        begun = clock.now()
        set_clock(begun)
        with write_section():
            enqueue("unheard_of", {}, key=key)
        job = db.session.scalars(select(Job)).one()
        with write_section():
            job.state, job.done_at = "done", begun
        set_clock(begun + KEEP_DONE)
        sweep()
        assert db.session.scalars(select(Job.key)).all() == [key]
        set_clock(begun + KEEP_DONE + timedelta(seconds=1))
        sweep()
        assert db.session.scalars(select(Job.key)).all() == []

    @pytest.mark.parametrize("state", ["parked", "waiting"])
    def test_it_keeps_for_ever_what_somebody_must_still_look_at(
        self, app: Flask, set_clock: Callable[[datetime | None], None], state: str
    ) -> None:
        with write_section():
            enqueue("mail", {"to": "noor@example.org"}, key="welcome-7")
        job = db.session.scalars(select(Job)).one()
        with write_section():
            job.state = state
        set_clock(clock.now() + 20 * KEEP_DONE)
        sweep()
        assert db.session.scalars(select(Job.state)).all() == [state]
