"""What became different between two texts: stretches of words that stayed, went and came."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

# A word with the spaces behind it, or the spaces before the first word.
_WORD = re.compile(r"\S+\s*|\s+")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_PAUSES = (".", ",", ";", ":", "!", "?", "…")
# May stand behind those.
_CLOSING = "\"'”’»)]"
# As many pairs of words are compared at once; of longer texts the lines are compared first.
MOST_PAIRS = 400_000


class Fate(StrEnum):
    """What became of a stretch of a text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Stretch(NamedTuple):
    """Words in a row that share their fate, as they were typed."""

    fate: Fate
    text: str

    @property
    def words(self) -> str:
        """Return the text without the spaces and lines behind it."""
        return self.text.rstrip()

    @property
    def space(self) -> str:
        """Return the spaces and lines behind the words."""
        return self.text[len(self.words) :]

    @property
    def has_own_end(self) -> bool:
        """Return whether the words end a sentence or a part of one: who reads aloud pauses."""
        return self.words.rstrip(_CLOSING).endswith(_PAUSES)


class ChangedPart(NamedTuple):
    """A text under its label, with what went and what came, each in its own language."""

    label: str
    stretches: Sequence[Stretch]
    old_language: str
    new_language: str


def words_changed(before: str, after: str) -> list[Stretch]:
    """Return both texts as one, in stretches: without what came it is `before`, else `after`.

    Only the spaces between words that stayed are those of `after`.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) * len(new) <= MOST_PAIRS:
        return _joined(_compared(old, new))
    return _joined(_by_lines(_LINE.findall(before), _LINE.findall(after)))


def whole_changed(before: str, after: str) -> list[Stretch]:
    """Return two texts that make sense only as a whole, such as a name, as one that replaced it."""
    if before == after:
        return _joined([Stretch(Fate.KEPT, after)])
    return _joined(_replaced([before], [after]))


def _by_lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    if len(old) * len(new) > MOST_PAIRS:
        yield from _replaced(old, new)
        return
    for tag, a, b, c, d in _steps(old, new):
        gone, came = _WORD.findall("".join(old[a:b])), _WORD.findall("".join(new[c:d]))
        if tag == "replace" and len(gone) * len(came) <= MOST_PAIRS:
            yield from _compared(gone, came)
        elif tag == "equal":
            yield from _kept(new[c:d])
        else:
            yield from _replaced(old[a:b], new[c:d])


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    steps = _steps(old, new)
    for place, (tag, a, b, c, d) in enumerate(steps):
        # One word that stayed amid others that did not reads as part of what was replaced.
        is_amid = 0 < place < len(steps) - 1 and b - a == 1
        if tag == "equal" and not is_amid:
            yield from _kept(new[c:d])
        else:
            yield from _replaced(old[a:b], new[c:d])


def _steps(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    was, became = ([part.rstrip() for part in parts] for parts in (old, new))
    return list(SequenceMatcher(None, was, became, autojunk=False).get_opcodes())


def _kept(parts: Sequence[str]) -> Iterator[Stretch]:
    yield Stretch(Fate.KEPT, "".join(parts))


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    yield Stretch(Fate.REMOVED, "".join(old))
    yield Stretch(Fate.ADDED, "".join(new))


def _joined(stretches: Iterator[Stretch] | Sequence[Stretch]) -> list[Stretch]:
    """Return the stretches without empty ones; what goes and comes in a row is one of each."""
    joined: list[Stretch] = []
    gone, came = "", ""
    for fate, text in [*stretches, Stretch(Fate.KEPT, "")]:
        if fate == Fate.REMOVED:
            gone += text
        elif fate == Fate.ADDED:
            came += text
        else:
            joined += [Stretch(Fate.REMOVED, gone), Stretch(Fate.ADDED, came)]
            joined.append(Stretch(fate, text))
            gone, came = "", ""
    return [stretch for stretch in joined if stretch.text]
