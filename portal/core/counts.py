"""Counts of what happens, in memory that the web processes of one portal share.

A count costs less than a microsecond: each process adds in a part of its own, its lane, and whoever
reads adds the lanes up. A process that ends leaves its lane to the next, so no count goes back.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import sys
import tempfile
import threading
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from portal.core.db import Bound

# The variable in which the first process tells its web processes where the memory is.
PLACE = "PORTAL_COUNTS"
CELL = 8


@dataclass(frozen=True, slots=True)
class Family:
    """Something that is counted: its name, what it tells, and every value that its labels can have.

    The values are named beforehand, so that nobody can make a portal count without end by asking
    for what is not there. With `bounds` it counts how long things took, as a histogram.
    """

    name: str
    tells: str
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    bounds: tuple[float, ...] = ()

    @property
    def width(self) -> int:
        """How many numbers belong to one set of labels; a histogram ends with a sum."""
        return len(self.bounds) + 2 if self.bounds else 1


class NotCounted(LookupError):
    """No family has this name, or none of its labels this value."""


class Counts:
    """The counts of one process, and the way to those of the others beside it."""

    def __init__(self, families: Sequence[Family]) -> None:
        self.families = {family.name: family for family in families}
        self._places: dict[str, dict[tuple[str, ...], int]] = {}
        size = 0
        for family in families:
            places = self._places[family.name] = {}
            for labels in product(*family.labels.values()):
                places[labels] = size
                size += family.width
        self._size = size
        self._lock = threading.Lock()
        self._memory = memoryview(bytearray(size * CELL)).cast("d")
        self._lanes = 1
        self._own = self._memory
        # Kept open: the lane belongs to this process for as long as it has the file.
        self._file = -1

    def knows(self, name: str, *labels: str) -> bool:
        """Return whether a family has this name, and its labels can have these values."""
        return labels in self._places.get(name, {})

    def add(self, name: str, *labels: str, by: float = 1.0) -> None:
        """Count one more; NotCounted for what no family knows."""
        at = self._place(name, labels)
        with self._lock:
            self._own[at] += by

    def observe(self, name: str, seconds: float, *labels: str) -> None:
        """Count how long something took; NotCounted for what no family knows."""
        at = self._place(name, labels)
        bounds = self.families[name].bounds
        bucket = at + bisect_left(bounds, seconds)
        with self._lock:
            self._own[bucket] += 1
            self._own[at + len(bounds) + 1] += seconds

    def _place(self, name: str, labels: tuple[str, ...]) -> int:
        try:
            return self._places[name][labels]
        except KeyError:
            raise NotCounted(name, *labels) from None

    def totals(self, name: str) -> Iterator[tuple[tuple[str, ...], list[float]]]:
        """Yield every set of labels that was counted, with its numbers over all processes."""
        width = self.families[name].width
        starts = range(0, self._lanes * self._size, self._size)
        for labels, at in self._places[name].items():
            numbers = [
                sum(self._memory[start + at + offset] for start in starts)
                for offset in range(width)
            ]
            if any(numbers) or not labels:
                yield labels, numbers

    def make_room(self, processes: int) -> None:
        """Make the memory for so many processes; those that this one starts find it by PLACE.

        There is room for as many again: a new process may begin before an old one has ended.
        """
        size = (2 * processes + 2) * self._size * CELL
        os.environ[PLACE] = _new_memory(size)

    def join(self) -> None:
        """Count in the memory of the process that started this one; alone where there is none."""
        place = os.environ.get(PLACE)
        with suppress(OSError):
            if place:
                self._take_lane(os.open(place, os.O_RDWR | os.O_CLOEXEC))

    def _take_lane(self, file: int) -> None:
        each = self._size * CELL
        lanes, rest = divmod(os.fstat(file).st_size, each)
        for lane in range(lanes if not rest else 0):
            with suppress(BlockingIOError):
                # A lock ends with its process, however that ends.
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, each, lane * each)
                self._memory = memoryview(mmap.mmap(file, lanes * each)).cast("d")
                self._own = self._memory[lane * self._size : (lane + 1) * self._size]
                self._lanes, self._file = lanes, file
                return
        os.close(file)


def _new_memory(size: int) -> str:
    """Return the path of new memory of so many bytes, which no full disk can take away."""
    if sys.platform == "linux":
        file = os.memfd_create("groeipact-counts")
        os.ftruncate(file, size)
        return f"/proc/{os.getpid()}/fd/{file}"
    file, path = tempfile.mkstemp(prefix="groeipact-counts-")
    os.write(file, bytes(size))
    os.close(file)
    return str(Path(path))


counts: Bound[Counts] = Bound("counts")
