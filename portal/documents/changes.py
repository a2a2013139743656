"""What one version of a document has that the one before it had not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from portal.core.folding import fold
from portal.documents.models import DocumentVersion
from portal.documents.queries import text_of

# Longer texts are not compared while somebody waits for the page.
MOST_COMPARED = 300_000
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


def _words(old: str, new: str) -> tuple[int | None, int | None]:
    if not (old and new) or len(old) + len(new) > MOST_COMPARED:
        return None, None
    before, now = Counter(fold(old).split()), Counter(fold(new).split())
    return (now - before).total(), (before - now).total()
