"""Whatever happens, in whatever order: two processes show what is made anew, byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

import hypothesis
import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import NotFound

from portal.core import clock
from portal.core.db import db, short_transaction, write_section
from portal.core.errors import PortalError
from portal.services import jobs, upkeep
from tests.harness.mailbox import Mailbox
from tests.kept.addresses import addresses
from tests.kept.process import Process, processes
from tests.rooms.every_function import NoValue, functions_of, named
from tests.rooms.world import fill, values

BEGIN = datetime(2026, 11, 2, 9, tzinfo=UTC)
# The last: called as no door would, twice with the same values, or for what is gone.
REFUSALS = (NotFound, PortalError, SQLAlchemyError)
STEPS = 8
LOOKS = 4


class Step(NamedTuple):
    """One thing that happens, and where readers look afterwards; numbers choose what is there."""

    kind: str
    which: int
    how: int
    looks: list[int]


KINDS = ("act", "act", "act", "work", "wait", "type")


def story_of(seed: int) -> list[Step]:
    """Return what happens under a seed: the same story each time."""
    chance = Random(seed)

    def number() -> int:
        return chance.randrange(10_000)

    return [
        Step(chance.choice(KINDS), number(), number(), [number() for _look in range(LOOKS)])
        for _step in range(STEPS)
    ]


WAITS = (timedelta(minutes=1), timedelta(days=1), timedelta(days=40))
# Somebody at the keyboard of the database itself.
TYPED = (
    "UPDATE layer SET name_nl = name_nl || 'x'",
    "UPDATE organisation_kind SET name_nl = name_nl || 'x'",
    "UPDATE account SET name = name || 'x'",
    "UPDATE vereniging SET site_name = site_name || 'x'",
    "UPDATE progress_update SET hidden_ground = 'other' WHERE id = 1",
    "DELETE FROM identifier",
)


class World:
    """Everything that can happen to the portal, one thing at a time."""

    def __init__(self, set_clock: Callable[[datetime | None], None]) -> None:
        self._set_clock = set_clock
        self._actions = functions_of("actions")
        self._known = values()

    def happen(self, step: Step) -> str:
        """Let it happen; return what it was."""
        done = self._done(step)
        db.session.rollback()
        db.session.expire_all()
        return done

    def _done(self, step: Step) -> str:
        if step.kind == "act":
            return self._act(step)
        if step.kind == "work":
            jobs.run_due()
            upkeep.run_upkeep()
            return "the worker"
        if step.kind == "wait":
            later = WAITS[step.which % len(WAITS)]
            self._set_clock(clock.now() + later)
            return f"{later} later"
        statement = TYPED[step.which % len(TYPED)]
        with short_transaction() as plain:
            plain.execute(text(statement))
        return statement

    def _act(self, step: Step) -> str:
        """An action of anybody, in one of the ways in which it can be called."""
        function = self._actions[step.which % len(self._actions)]
        calls: list[dict[str, Any]] = []
        # That there is a value for every parameter is asked by tests/rooms.
        with suppress(NoValue):
            calls += self._known.calls(function, 6)
        db.session.rollback()
        for arguments in calls[step.how % max(len(calls), 1) :]:
            try:
                with write_section():
                    function(**arguments)
            except REFUSALS:
                continue
            return named(function)
        return f"{named(function)}, refused"


def _compare(both: list[Process], fresh: Process, paths: list[str], story: list[str]) -> None:
    for path in paths:
        made = fresh.get(path)
        for process in both:
            got = process.get(path)
            assert got.status == made.status, (path, story)
            # A page of an error names its request.
            assert got.status != 200 or got.body == made.body, (path, story)


@pytest.mark.timeout(300)
def test_two_processes_show_what_is_made_anew(
    app: Flask, mailbox: Mailbox, set_clock: Callable[[datetime | None], None]
) -> None:
    set_clock(BEGIN)
    fill()
    world, fresh = World(set_clock), Process(app, is_keeping=False)
    story: list[str] = []

    @hypothesis.settings(
        max_examples=2,
        deadline=None,
        database=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(1, 10_000))
    def tell(seed: int) -> None:
        story.append(f"seed {seed}")
        for step in story_of(seed):
            story.append(world.happen(step))
            paths = addresses(6)
            looks = [paths[number % len(paths)] for number in step.looks]
            _compare(both, fresh, looks, story)

    with processes(app, 2) as both:
        tell()
        for process in both:
            assert process.counted["hit"], "kept answers were compared"
            assert process.counted["miss"]
    assert sum("refused" not in step for step in story) > STEPS
