"""What each test costs: processor seconds of its process and of all that it started."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import psutil
import pytest

# Whoever asks for these has processes beside its own that go on after the test.
WITH_OTHERS = frozenset({"playwright", "served_of_worker", "serve"})
_begun = pytest.StashKey[float]()


class Others:
    """What the processes below this one spend: once, as they spend it or when they have ended."""

    def __init__(self) -> None:
        self._own = psutil.Process()
        # Process that runs -> what it spent until now, and what those did that it waited for.
        self._known: dict[psutil.Process, tuple[float, float]] = {}
        self._waited = self._waited_for()

    @staticmethod
    def _waited_for() -> float:
        return sum(os.times()[2:4])

    def has_lost_any(self) -> bool:
        """Return whether this process waited for another since the last look."""
        return self._waited_for() > self._waited

    def look(self) -> float:
        """Return the seconds since the last look."""
        now: dict[psutil.Process, tuple[float, float]] = {}
        for process in self._own.children(recursive=True):
            try:
                times = process.cpu_times()
            except psutil.Error:
                continue
            waited_for = times.children_user + times.children_system
            now[process] = (times.user + times.system, waited_for)
        waited = self._waited_for()
        ended = waited - self._waited
        spent = 0.0
        for process, (own, waited_for) in now.items():
            own_before, waited_for_before = self._known.get(process, (0.0, 0.0))
            spent += own - own_before
            ended += waited_for - waited_for_before
        # What ended was counted while it ran; all of it is told once more to whoever waited.
        counted = sum(sum(self._known[process]) for process in self._known.keys() - now.keys())
        self._known, self._waited = now, waited
        return spent + max(0.0, ended - counted)


_others = Others()


def _of_this_process() -> float:
    return sum(os.times()[:2])


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    item.stash[_begun] = _of_this_process()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[pytest.TestReport]:
    report = yield
    now = _of_this_process()
    spent = now - item.stash[_begun]
    item.stash[_begun] = now
    if WITH_OTHERS & set(getattr(item, "fixturenames", ())) or _others.has_lost_any():
        spent += _others.look()
    report.spent = spent
    return report


def dearest(runs: Iterable[Mapping[str, float]], count: int) -> list[str]:
    """Return a line for each of the files that cost most in all these runs, the dearest first."""
    files: dict[str, float] = defaultdict(float)
    for spent in runs:
        for test, seconds in spent.items():
            files[test.partition("::")[0]] += seconds
    most = sorted(files.items(), key=lambda found: -found[1])[:count]
    return [f"{seconds:5.0f}  {name}" for name, seconds in most]
