"""What has served its purpose is cleared away, and nothing else."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.core.db import db, write_section
from portal.core.tokens import token_hash
from portal.services.models import Draft, Job, LimitCounter, UsedKey
from portal.services.sweep import sweep


def _fill(age: timedelta, name: str) -> None:
    then = clock.now() - age
    with write_section():
        db.session.add(
            Draft(token_hash=token_hash(name), address="/x", fields={"a": "b"}, created_at=then)
        )
        db.session.add(UsedKey(key=name, address="/x", used_at=then))
        db.session.add(LimitCounter(name=name, key="k", started_at=then, count=1))
        for key in (None, name):
            db.session.add(
                Job(
                    kind="mail",
                    payload={},
                    state="done",
                    key=key,
                    run_at=then,
                    created_at=then,
                    done_at=then,
                    tries=1,
                )
            )


class TestSweep:
    def test_it_removes_what_is_old_and_keeps_what_is_young(self, app: Flask) -> None:
        _fill(timedelta(days=100), "old")
        _fill(timedelta(hours=1), "young")
        sweep()
        assert db.session.scalars(select(UsedKey.key)).all() == ["young"]
        assert db.session.scalars(select(LimitCounter.name)).all() == ["young"]
        assert len(db.session.scalars(select(Draft)).all()) == 1

    def test_it_keeps_the_key_of_a_job_that_must_never_be_done_again(self, app: Flask) -> None:
        _fill(timedelta(days=100), "old")
        sweep()
        assert db.session.scalars(select(Job.key)).all() == ["old"]
