"""What one version of a document has that the one before it had not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from portal.core.differences import Fate, Stretch, words_changed
from portal.core.folding import fold
from portal.documents.models import DocumentVersion
from portal.documents.queries import text_of

# Longer texts are not compared while somebody waits for the page.
MOST_COMPARED = 300_000
# Word by word, with what came and went.
MOST_SHOWN = 60_000
_AROUND = 12
# Of so many of the last versions.
MOST_VERSIONS = 10


class Change(NamedTuple):
    """A version, and what became of it since the one before; None for the first."""

    version: DocumentVersion
    before: DocumentVersion | None
    # How many words came and went; None where no text was drawn, or too much.
    came: int | None = None
    went: int | None = None

    @property
    def more_bytes(self) -> int:
        return self.version.size - (self.before.size if self.before else 0)

    @property
    def more_pages(self) -> int:
        pages = self.version.page_count or 0
        return pages - (self.before.page_count or 0) if self.before else 0


def changes_of(versions: Sequence[DocumentVersion]) -> list[Change]:
    """Return what changed with each version, the latest first; versions come in their order."""
    shown = versions[-MOST_VERSIONS:]
    texts = {version.id: text_of(version.id) for version in shown}
    changes = []
    for at, version in enumerate(versions):
        before = versions[at - 1] if at else None
        counts: tuple[int | None, int | None] = (None, None)
        if before is not None and version.id in texts and before.id in texts:
            counts = _words(texts[before.id], texts[version.id])
        changes.append(Change(version, before, *counts))
    return changes[::-1]


def passages_changed(change: Change) -> list[Stretch]:
    """Return what a version says differently from the one before it, each with some words around.

    Nothing for the first version, without text that was drawn, and of texts that are too long.
    """
    if change.before is None:
        return []
    old, new = text_of(change.before.id), text_of(change.version.id)
    if not (old and new) or old == new or len(old) + len(new) > MOST_SHOWN:
        return []
    stretches = words_changed(old, new)
    last = len(stretches) - 1
    return [_shortened(each, place == 0, place == last) for place, each in enumerate(stretches)]


def _shortened(stretch: Stretch, is_first: bool, is_last: bool) -> Stretch:
    """Return words that stayed without those that are far from any that did not."""
    words = stretch.text.split()
    if stretch.fate is not Fate.KEPT or len(words) <= 2 * _AROUND:
        return stretch
    begin = "" if is_first else " ".join(words[:_AROUND]) + " "
    end = "" if is_last else " " + " ".join(words[-_AROUND:]) + " "
    return Stretch(Fate.KEPT, f"{begin}…{end}")


def _words(old: str, new: str) -> tuple[int | None, int | None]:
    if not (old and new) or len(old) + len(new) > MOST_COMPARED:
        return None, None
    before, now = Counter(fold(old).split()), Counter(fold(new).split())
    return (now - before).total(), (before - now).total()
