"""What the worker does for the index: it follows what changed, within seconds."""

from __future__ import annotations

from datetime import timedelta

from portal.search.indexing import index_some, is_due
from portal.services.upkeep import every

# At one go; what is left comes at the next, so that other work gets its turn.
MOST_GOES = 10


@every(timedelta(seconds=2), when=is_due)
def follow_changes() -> None:
    """Index what changed since the last time."""
    for _go in range(MOST_GOES):
        if not index_some():
            return
