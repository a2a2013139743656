"""Things that were found, read in the order in which they were."""

from __future__ import annotations

from collections.abc import Sequence

from portal.search.kinds import Kind
from portal.search.queries.source import Source
from portal.search.queries.sources import sources_of


def read_sources(rows: Sequence[tuple[Kind, int]]) -> list[Source]:
    """Return each of these things, in their order, without those that nobody may read any more."""
    ids: dict[Kind, list[int]] = {}
    for kind, number in rows:
        ids.setdefault(kind, []).append(number)
    sources = {
        (kind, number): source
        for kind, numbers in ids.items()
        for number, source in sources_of(kind, numbers).items()
    }
    return [sources[row] for row in rows if row in sources]
