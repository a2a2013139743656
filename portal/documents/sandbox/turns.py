"""How many files are read at once, counted over every process of the portal."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PAUSE = 0.05


class SandboxBusy(Exception):
    """Other files were being read for longer than a request can wait."""


@dataclass(frozen=True, slots=True)
class Turns:
    """At most `count` readers at once among all who count in the same folder.

    Each may use its whole limit of memory, so this bounds what uploads cost the machine. A turn is
    a lock on a file: it ends with the process that had it, however that ended.
    """

    folder: Path
    count: int

    @contextmanager
    def one(self, wait_seconds: float) -> Iterator[None]:
        """Have a turn inside; SandboxBusy when none came free for so long."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        until = time.monotonic() + wait_seconds
        while (turn := self._free_one()) is None:
            if time.monotonic() >= until:
                raise SandboxBusy
            time.sleep(_PAUSE)
        try:
            yield
        finally:
            os.close(turn)

    def _free_one(self) -> int | None:
        for number in range(self.count):
            turn = os.open(self.folder / f"turn-{number}", os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(turn)
            else:
                return turn
        return None
