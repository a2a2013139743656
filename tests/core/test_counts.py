"""Counts in memory that processes share: nothing is lost, and nobody makes it grow."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.core.counts import PLACE, Counts, Family, NotCounted

ROOT = Path(__file__).parents[2]
FAMILIES = (
    Family("calls", "Calls", {"kind": ("a", "b"), "how": ("well", "badly")}),
    Family("waits", "Seconds", {"kind": ("a", "b")}, bounds=(0.1, 1.0)),
    Family("starts", "Starts"),
)
# Five processes, one after the other: each counts five calls and says how many it sees.
ELSEWHERE = """
import os
from tests.core.test_counts import FAMILIES
from portal.core.counts import Counts
for _number in range(5):
    child = os.fork()
    if child == 0:
        counts = Counts(FAMILIES)
        counts.join()
        counts.add("calls", "a", "well", by=5)
        seen = sum(numbers[0] for _labels, numbers in counts.totals("calls"))
        print(round(seen), flush=True)
        os._exit(0)
    os.waitpid(child, 0)
"""


@pytest.fixture
def place() -> Iterator[None]:
    """A place that is named in the environment is forgotten afterwards."""
    yield
    os.environ.pop(PLACE, None)


def elsewhere() -> list[int]:
    """Count in other processes; return how many calls each of them sees."""
    told = subprocess.run(
        [sys.executable, "-c", ELSEWHERE], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return [int(line) for line in told.stdout.split()]


def test_it_adds_up_what_was_counted() -> None:
    counts = Counts(FAMILIES)
    counts.add("calls", "a", "well")
    counts.add("calls", "a", "well", by=2)
    counts.add("calls", "b", "badly")
    for seconds in (0.1, 0.5, 60):
        counts.observe("waits", seconds, "b")
    assert dict(counts.totals("calls")) == {("a", "well"): [3], ("b", "badly"): [1]}
    assert dict(counts.totals("waits")) == {("b",): [1, 1, 1, 60.6]}
    assert dict(counts.totals("starts")) == {(): [0]}, "what has no labels is told before it began"


@pytest.mark.parametrize("what", [("calls", "a"), ("calls", "a", "c"), ("other",)])
def test_it_counts_nothing_that_was_not_named_beforehand(what: tuple[str, ...]) -> None:
    with pytest.raises(NotCounted):
        Counts(FAMILIES).add(*what)


def test_it_loses_nothing_among_threads() -> None:
    counts = Counts(FAMILIES)

    def count() -> None:
        for _number in range(5000):
            counts.add("starts")

    threads = [threading.Thread(target=count) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert dict(counts.totals("starts")) == {(): [20000]}


@pytest.mark.usefixtures("place")
def test_it_adds_up_processes_that_come_and_go() -> None:
    counts = Counts(FAMILIES)
    counts.make_room(processes=1)
    counts.join()
    counts.add("calls", "b", "well")
    # More of them than there are lanes, one after the other: each goes on where the last ended.
    assert elsewhere() == [6, 11, 16, 21, 26]
    assert dict(counts.totals("calls")) == {("a", "well"): [25], ("b", "well"): [1]}


@pytest.mark.usefixtures("place")
def test_it_counts_alone_where_the_memory_is_gone() -> None:
    os.environ[PLACE] = "/proc/1/fd/none"
    counts = Counts(FAMILIES)
    counts.join()
    counts.add("starts")
    assert dict(counts.totals("starts")) == {(): [1]}
