"""What the worker does for the index: it follows what changed, within seconds."""

from __future__ import annotations

from datetime import timedelta

from portal.core.db import write_section
from portal.search.indexing import index_some, is_due
from portal.search.misses import forget_misses
from portal.services.upkeep import every

# At one go; what is left comes at the next, so that other work gets its turn.
MOST_GOES = 10


@every(timedelta(seconds=2), when=is_due)
def follow_changes() -> None:
    """Index what changed since the last time."""
    for _go in range(MOST_GOES):
        if not index_some():
            return


@every(timedelta(hours=12))
def forget_what_was_asked() -> None:
    """Forget what was asked in vain long ago."""
    with write_section():
        forget_misses()
