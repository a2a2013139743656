"""Figures that are counted once for all that visitors see at one moment, and kept until it changes.

Nothing that is written is told to anybody: a change moves the public mark, and figures under an
older mark are asked for by nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Protocol, TypeVar

from cachetools import LRUCache
from flask import Flask

from portal.core.db import Bound, in_write_section

MOST = 32

Figures = TypeVar("Figures")


class TellsMark(Protocol):
    """Tells the public mark; None where the database does not move it with every change."""

    def __call__(self) -> str | None: ...


public_mark: Bound[TellsMark] = Bound("public_mark")


class KeptFigures:
    """The figures that were asked for last, each under the mark at which they were counted."""

    def __init__(self, most: int = MOST) -> None:
        self._found: LRUCache[Hashable, Any] = LRUCache(most)
        self._lock = Lock()

    def get(self, key: Hashable, count: Callable[[], Figures]) -> Figures:
        """Return what is kept under `key`; without it, count it and keep it."""
        with self._lock:
            kept: Figures | None = self._found.get(key)
        if kept is not None:
            return kept
        # Outside the lock: two threads may count the same, but none waits for the other.
        counted = count()
        with self._lock:
            self._found[key] = counted
        return counted


kept_figures: Bound[KeptFigures] = Bound("kept_figures")


def counted_once(name: str, asked: Hashable, count: Callable[[], Figures]) -> Figures:
    """Return the figures `name` for what is `asked`: counted again when something public changed.

    The mark is read before the first row, so that no older figures stand under a newer mark. They
    are made of public rows only, never None, and changed by nobody.
    """
    mark = None if in_write_section() else public_mark()()
    if mark is None:
        return count()
    return kept_figures().get((mark, name, asked), count)


def init_app(app: Flask, mark: TellsMark) -> None:
    """Keep figures in this process, as long as `mark` tells the same."""
    public_mark.bind(app, mark)
    kept_figures.bind(app, KeptFigures())
