"""Whatever happens, in whatever order: two processes show what is made anew, byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import hypothesis
import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import NotFound

from portal.core import clock
from portal.core.db import db, short_transaction, write_section
from portal.core.errors import PortalError
from portal.services import jobs, upkeep
from tests.harness.mailbox import Mailbox
from tests.kept.addresses import addresses
from tests.kept.process import Process, processes
from tests.rooms.every_function import functions_of, named
from tests.rooms.world import fill, values

BEGIN = datetime(2026, 11, 2, 9, tzinfo=UTC)
# The last: called as no door would, twice with the same values.
REFUSALS = (NotFound, PortalError, IntegrityError)
STEPS = 25
PAGES_AFTER_EACH = 5


class World:
    """Everything that can happen to the portal, one thing at a time."""

    def __init__(self, set_clock: Callable[[datetime | None], None]) -> None:
        self._set_clock = set_clock
        self._actions = functions_of("actions")

    def step(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> str:
        """Let one thing happen; return what it was."""
        kinds = [self._act, self._act, self._act, self._work, self._wait, self._type]
        done = draw(st.sampled_from(kinds))(draw)
        db.session.rollback()
        db.session.expire_all()
        return done

    def _act(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> str:
        """An action of anybody, with one of the ways in which it can be called."""
        function = draw(st.sampled_from(self._actions))
        calls = list(values().calls(function, 6))
        db.session.rollback()
        for arguments in calls[draw(st.integers(0, len(calls) - 1)) :]:
            try:
                with write_section():
                    function(**arguments)
            except REFUSALS:
                continue
            return named(function)
        return f"{named(function)}, refused"

    def _work(self, _draw: Callable[[st.SearchStrategy[Any]], Any]) -> str:
        jobs.run_due()
        upkeep.run_upkeep()
        return "the worker"

    def _wait(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> str:
        days = draw(st.sampled_from([timedelta(minutes=1), timedelta(days=1), timedelta(days=40)]))
        self._set_clock(clock.now() + days)
        return f"{days} later"

    def _type(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> str:
        """Somebody at the keyboard of the database itself."""
        statement = draw(
            st.sampled_from(
                [
                    "UPDATE layer SET name_nl = name_nl || 'x'",
                    "UPDATE organisation_kind SET name_nl = name_nl || 'x'",
                    "UPDATE account SET name = name || 'x'",
                    "UPDATE vereniging SET site_name = site_name || 'x'",
                    "UPDATE progress_update SET hidden_ground = 'other' WHERE id = 1",
                    "DELETE FROM identifier",
                ]
            )
        )
        with short_transaction() as plain:
            plain.execute(text(statement))
        return str(statement)


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
    @given(st.data())
    def happen(data: st.DataObject) -> None:
        for _step in range(STEPS):
            story.append(world.step(data.draw))
            paths = addresses(6)
            asked = data.draw(
                st.lists(
                    st.sampled_from(paths), min_size=PAGES_AFTER_EACH, max_size=PAGES_AFTER_EACH
                )
            )
            _compare(both, fresh, asked, story)

    with processes(app, 2) as both:
        happen()
        counts = [process.reading.counts for process in both if process.reading is not None]
        assert all(count.hits and count.misses for count in counts), "kept answers were compared"
    assert sum("refused" not in step for step in story) > STEPS // 2
