"""Upkeep: once in its interval, whatever starts anew and however many work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from portal.core import clock
from portal.services import upkeep
from portal.services.limits import is_first
from portal.services.sweep import sweep
from portal.services.upkeep import every, run_upkeep

SetClock = Callable[[datetime | None], None]
HOUR = timedelta(hours=1)


@pytest.fixture
def done(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done, of two works: one that is done every hour and one of every day."""
    worked: list[str] = []
    monkeypatch.setattr(upkeep, "_works", {})

    @every(HOUR)
    def hourly() -> None:
        worked.append("hourly")

    @every(24 * HOUR)
    def daily() -> None:
        worked.append("daily")

    return worked


def test_it_does_all_of_it_at_the_first_start(done: list[str]) -> None:
    run_upkeep()
    assert done == ["hourly", "daily"]


def test_it_does_each_again_when_its_time_has_come(done: list[str], set_clock: SetClock) -> None:
    begun = clock.now()
    set_clock(begun)
    run_upkeep()
    for passed in (HOUR - timedelta(seconds=1), HOUR, 2 * HOUR - timedelta(seconds=1)):
        set_clock(begun + passed)
        run_upkeep()
    assert done == ["hourly", "daily", "hourly"]
    set_clock(begun + 24 * HOUR)
    run_upkeep()
    assert done[3:] == ["hourly", "daily"]


def test_it_leaves_to_another_worker_what_that_one_has_begun(
    done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def first_elsewhere() -> None:
        assert not is_first("hourly", upkeep.KEY, HOUR)
        done.append("hourly")
        run_upkeep()

    monkeypatch.setitem(upkeep._works, "hourly", (HOUR, first_elsewhere))
    run_upkeep()
    assert done == ["hourly", "daily"]


def test_it_comes_again_when_it_was_broken_off(
    done: list[str], monkeypatch: pytest.MonkeyPatch, set_clock: SetClock
) -> None:
    begun = clock.now()
    set_clock(begun)
    faults = iter([ConnectionError("away")])

    def stumbling() -> None:
        done.append("tried")
        for fault in faults:
            raise fault

    monkeypatch.setattr(upkeep, "_works", {"stumbling": (HOUR, stumbling)})
    with pytest.raises(ConnectionError):
        run_upkeep()
    run_upkeep()
    set_clock(begun + HOUR)
    run_upkeep()
    assert done == ["tried", "tried"]


def test_it_is_not_forgotten_by_the_sweep_before_its_time(
    done: list[str], set_clock: SetClock
) -> None:
    begun = clock.now()
    set_clock(begun)
    run_upkeep()
    set_clock(begun + upkeep.RAREST - timedelta(seconds=1))
    sweep()
    run_upkeep()
    assert done.count("daily") == 1


def test_it_takes_nothing_that_is_rarer_than_the_sweep_remembers() -> None:
    with pytest.raises(ValueError, match="longer"):
        every(timedelta(days=2))


@pytest.mark.usefixtures("app")
def test_it_knows_the_upkeep_of_every_package() -> None:
    assert {"sweep", "sweep_files", "tell_of_long_waiting", "tell_of_bounced"} <= set(upkeep._works)
