"""A line that fills up while something takes long."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

WIDTH = 40
# How often the line is drawn anew, in seconds.
EVERY = 0.2


class Bar:
    """Shows on the terminal how much of `whole` is done; somewhere else it shows nothing."""

    def __init__(self, label: str, whole: int) -> None:
        self._label, self._whole = label, whole
        self._is_seen = sys.stderr.isatty()
        self._drawn_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._is_seen and self._drawn_at:
            print(file=sys.stderr)

    def show(self, done: int) -> None:
        """Draw the line for so much; not more often than anybody can see."""
        now = time.monotonic()
        if not self._is_seen or (now - self._drawn_at < EVERY and done < self._whole):
            return
        self._drawn_at = now
        share = done / self._whole
        filled = "#" * round(WIDTH * share)
        line = f"\r{self._label} [{filled:-<{WIDTH}}] {share:4.0%}"
        print(line, end="", file=sys.stderr, flush=True)
