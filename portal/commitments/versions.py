"""The versions of a promise: each change of its text or of its term begins the next.

Nothing is ever taken out of the row, so a version keeps its number for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from portal.lifecycle.claims import EnteredAs


class Begun(StrEnum):
    """How a version began."""

    PROMISED = "promised"
    TEXT = "text"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class VersionText:
    """The texts of a promise, by the names of `TEXT_FIELDS`, and whose word they are."""

    fields: Mapping[str, object]
    language: str
    entered_as: EnteredAs
    # Of the row that keeps it; None for the text of now.
    revision_id: int | None = None
    # Why the vereniging hid it; "" while it is in sight.
    hidden_ground: str = ""
    # Whether whoever reads may read a hidden one all the same.
    is_shown: bool = True

    @property
    def is_hidden(self) -> bool:
        return self.hidden_ground != ""


@dataclass(frozen=True, slots=True)
class VersionTerm:
    """The words of a term, and the dates that they mean."""

    words: str
    language: str
    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class Change:
    """What ended a version and began the next: by whom, when and why."""

    at: datetime
    begun: Begun
    by: EnteredAs
    # "" where none was given, or where it was emptied as the law may ask.
    reason: str
    reason_language: str
    # As it stood until then; None for what did not change.
    text: VersionText | None = None
    term: VersionTerm | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """A promise as it stood from one change to the next."""

    number: int
    begun_at: datetime
    # None for the newest.
    ended_at: datetime | None
    text: VersionText
    term: VersionTerm
    # What it began with; None for the first, which is what was promised.
    change: Change | None = None

    @property
    def begun(self) -> Begun:
        return self.change.begun if self.change is not None else Begun.PROMISED

    @property
    def is_newest(self) -> bool:
        return self.ended_at is None


def versions_of(
    text: VersionText, term: VersionTerm, changes: Sequence[Change], *, published_at: datetime
) -> list[Version]:
    """Return every version, the newest first; `text` and `term` are those of now."""
    versions: list[Version] = []
    ended_at = None
    in_time = sorted(changes, key=lambda change: change.at)
    for number in range(len(in_time) + 1, 1, -1):
        change = in_time[number - 2]
        versions.append(Version(number, change.at, ended_at, text, term, change))
        text, term = change.text or text, change.term or term
        ended_at = change.at
    versions.append(Version(1, published_at, ended_at, text, term))
    return list(reversed(list(_with_writers(reversed(versions), text.entered_as))))


def _with_writers(versions: Iterable[Version], whose: EnteredAs) -> Iterator[Version]:
    """Yield versions from the first on, each text the word of the one who wrote it last."""
    for version in versions:
        if version.change is not None and version.begun == Begun.TEXT:
            whose = version.change.by
        yield replace(version, text=replace(version.text, entered_as=whose))
