"""What is said of a row before it is brought in, and what became of it afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from portal.core.i18n import lazy_gettext as _l

# What is chosen where there is doubt, instead of one of the things that could be meant.
NEW, SKIP = "nieuw", "overslaan"


class Verdict(StrEnum):
    """What bringing a row in would do."""

    WAITING = "waiting"
    NEW = "new"
    CHANGED = "changed"
    EQUAL = "equal"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"
    SKIPPED = "skipped"


# Those that are brought in.
FIT = (Verdict.NEW, Verdict.CHANGED)
VERDICTS: Mapping[Verdict, object] = {
    Verdict.NEW: _l("nieuw"),
    Verdict.CHANGED: _l("gewijzigd"),
    Verdict.EQUAL: _l("gelijk"),
    Verdict.DOUBTFUL: _l("twijfel"),
    Verdict.WRONG: _l("kan niet"),
    Verdict.SKIPPED: _l("overgeslagen"),
    Verdict.WAITING: _l("nog niet bekeken"),
}


class Fate(StrEnum):
    """What became of a row that was to be brought in."""

    # It is here, but nobody can read it yet.
    PREPARED = "prepared"
    BROUGHT = "brought"
    LEFT = "left"
    UNDONE = "undone"
    STAYS = "stays"


FATES: Mapping[Fate, object] = {
    Fate.PREPARED: _l("klaargezet"),
    Fate.BROUGHT: _l("ingevoerd"),
    Fate.LEFT: _l("niet ingevoerd"),
    Fate.UNDONE: _l("teruggehaald"),
    Fate.STAYS: _l("blijft staan"),
}


class Remark(NamedTuple):
    """Something to tell of a row: of which column, or "" for the whole row, and what."""

    column: str
    text: str


class Row(NamedTuple):
    """A row as it is looked at, with what was chosen for it."""

    number: int
    cells: Mapping[str, str]
    choice: str = ""
    cut: tuple[str, ...] = ()


@dataclass(slots=True)
class Outcome:
    """What was seen in a row: the verdict and why, which thing it is, and what becomes different.

    `candidates` are the numbers of the things among which somebody must choose.
    """

    verdict: Verdict
    remarks: list[Remark] = field(default_factory=list)
    organisation_id: int | None = None
    commitment_id: int | None = None
    candidates: list[int] = field(default_factory=list)
    changes: dict[str, list[str]] = field(default_factory=dict)
