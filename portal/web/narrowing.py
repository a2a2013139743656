"""One choice that makes a list shorter, as links beside the list: no form is opened or sent."""

from __future__ import annotations

from typing import NamedTuple


class Way(NamedTuple):
    """One choice: its words, how many the list then holds, and the address of that list."""

    label: str
    number: int
    address: str


class Narrowing(NamedTuple):
    """What the choice is about, and its ways."""

    title: str
    ways: tuple[Way, ...]
