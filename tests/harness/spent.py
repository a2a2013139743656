"""What each test costs: processor seconds of its process and of all that it started."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import psutil
import pytest

# Whoever asks for these has processes beside its own that go on after the test.
WITH_OTHERS = frozenset({"browser", "served_of_worker", "serve"})
# Processes that run -> what they spent until now.
_before: dict[int, float] = {}
_own = psutil.Process()
_begun = pytest.StashKey[float]()


def _of_this_process() -> float:
    return sum(os.times()[:4])


def _of_others() -> float:
    """Return what the processes that run below this one spent since the last time."""
    spent = 0.0
    now: dict[int, float] = {}
    for process in _own.children(recursive=True):
        try:
            times = process.cpu_times()
        except psutil.Error:
            continue
        # What it waited for is counted with whoever it was, while that ran.
        now[process.pid] = times.user + times.system
        spent += now[process.pid] - _before.get(process.pid, 0.0)
    _before.clear()
    _before.update(now)
    return spent


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
    if WITH_OTHERS & set(getattr(item, "fixturenames", ())):
        spent += _of_others()
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
