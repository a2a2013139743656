"""What lists and pages say of how a commitment stands, from the columns of its row."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, Protocol

from portal.commitments.standing import UNFINISHED, is_late, is_long_ago
from portal.commitments.words import Spoken, late_words, left_words, moved_words
from portal.lifecycle import CommitmentState


class HowItStands(Protocol):
    """What is asked of a row to say how late or quiet it is, and how its term was moved."""

    @property
    def state(self) -> str: ...
    @property
    def progress(self) -> str: ...
    @property
    def term_latest(self) -> date | None: ...
    @property
    def news_on(self) -> date | None: ...

    @property
    def move_count(self) -> int: ...
    @property
    def first_words(self) -> str | None: ...
    @property
    def first_earliest(self) -> date | None: ...
    @property
    def first_latest(self) -> date | None: ...


class Said(NamedTuple):
    """What is said of how a commitment stands, each "" or False where there is nothing to say."""

    # "11 maanden te laat"
    late_words: str
    # "nog 12 dagen": of what runs and is not late.
    left_words: str
    # No news of the signatory for a year.
    is_quiet: bool
    # "2 keer, eerst begin oktober 2019"
    moved_words: str


def said_of(row: HowItStands, on: date, grace_days: int) -> Said:
    """Return what lists and pages say of a row on a day."""
    return Said(
        late_words=_late_words_of(row, on, grace_days),
        left_words=_left_words_of(row, on, grace_days),
        is_quiet=_is_quiet_on(row, on),
        moved_words=_moved_words_of(row),
    )


def _late_words_of(row: HowItStands, on: date, grace_days: int) -> str:
    late = is_late(row.state, row.progress, row.term_latest, today=on, grace_days=grace_days)
    return late_words(row.term_latest, on) if late else ""


def _left_words_of(row: HowItStands, on: date, grace_days: int) -> str:
    runs = row.state == CommitmentState.PUBLISHED and row.progress in UNFINISHED
    return left_words(row.term_latest, on, grace_days) if runs else ""


def _is_quiet_on(row: HowItStands, on: date) -> bool:
    runs = row.state == CommitmentState.PUBLISHED and row.progress in UNFINISHED
    return runs and is_long_ago(row.news_on, on)


def _moved_words_of(row: HowItStands) -> str:
    first = Spoken(row.first_words or "", row.first_earliest, row.first_latest)
    return moved_words(row.move_count, first)
