"""Processes of the portal, as they say that they are at work."""

from __future__ import annotations

from datetime import datetime

from portal.core import clock
from portal.core.version import VERSION
from portal.services.heartbeat import Heartbeat
from tests.factories.states import add, committed, number


@committed
def make_process(
    *,
    kind: str,
    version: str = VERSION,
    beat_at: datetime | None = None,
    ended_at: datetime | None = None,
) -> Heartbeat:
    """Return a process that is at work now, or was at another moment."""
    moment = beat_at or clock.now()
    row = Heartbeat(
        name=f"process-{number()}",
        kind=kind,
        version=version,
        began_at=moment,
        beat_at=moment,
        ended_at=ended_at,
    )
    add(row)
    return row
