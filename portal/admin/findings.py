"""Something that a portal lacks, as the check-list says it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from portal.config import Settings


class Weight(StrEnum):
    """How much it matters that something is not as it should be."""

    # Somebody can get in, or something can get lost.
    UNSAFE = "unsafe"
    MISSING = "missing"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: one line, one remedy, and the page where it is done.

    `name` is the same for ever: scripts know a finding by it.
    """

    name: str
    weight: Weight
    words: str
    remedy: str
    endpoint: str | None = None


Check = Callable[[Settings], Iterator[Finding]]
