"""The short number by which a promise or a signature is cited: "GP-42"."""

from __future__ import annotations

import re

PREFIX = "GP"
_READ = re.compile(rf"(?:{PREFIX}[-\s]?)?([1-9][0-9]{{0,8}})", re.IGNORECASE)


def short_number(number: int) -> str:
    """Return a number as pages, letters and tables write it: "GP-42"."""
    return f"{PREFIX}-{number}"


def as_one_word(number: int) -> str:
    """Return a number as an index holds it: "GP42", so that 42 alone does not find it."""
    return f"{PREFIX}{number}"


def read_short_number(written: str) -> int | None:
    """Return the number in "42", "gp-42" or "GP 42"; None for anything else."""
    found = _READ.fullmatch(written.strip())
    return int(found[1]) if found else None
