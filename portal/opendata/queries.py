"""Which archive there is, and whether it still holds only what everybody may see."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from portal.core import clock
from portal.core.db import db
from portal.lifecycle import LIFECYCLES
from portal.opendata.models import RegisterArchive
from portal.services.models import HistoryRow

# From this hour on, in Amsterdam, the archive of a day is made.
HOUR = time(3)
# An act can be written down before another one and be committed after it: so many of the log that
# were there are counted again.
MARGIN = 500
# Acts besides hiding after which something is no longer public, or says something else on purpose.
_TAKING_AWAY = ("undo", "undo_entry", "unpublished", "unpublish", "retracted", "identity_set_back")
TAKING_AWAY = frozenset(
    {
        step.name
        for acts in LIFECYCLES.values()
        for step in acts.values()
        if step.hides is True or step.name in _TAKING_AWAY
    }
)


class Taken(NamedTuple):
    """How many acts took something away, counted behind a number of the log."""

    counted_from: int
    number: int


def find_archive() -> RegisterArchive | None:
    """Return the archive that was made last; None before the first."""
    return db.session.scalars(select(RegisterArchive)).first()


def find_current_archive() -> RegisterArchive | None:
    """Return the archive, None when something was taken out of sight since it was made."""
    archive = find_archive()
    return archive if archive is not None and not _is_stale(archive) else None


def archive_is_due() -> bool:
    """Return whether an archive is to be made: the first, a new day's, or one without what went."""
    archive = find_archive()
    if archive is None or _is_stale(archive):
        return True
    return archive.made_at < _last_due(clock.now())


def _last_due(now: datetime) -> datetime:
    local = now.astimezone(clock.AMSTERDAM)
    day = local.date() - timedelta(days=local.time() < HOUR)
    return datetime.combine(day, HOUR, clock.AMSTERDAM)


def _is_stale(archive: RegisterArchive) -> bool:
    return taken_away_since(archive.counted_from).number != archive.taken_away


def taken_away() -> Taken:
    """Return how many of the latest acts took something away."""
    newest = db.session.scalar(select(func.max(HistoryRow.id))) or 0
    return taken_away_since(max(newest - MARGIN, 0))


def taken_away_since(number: int) -> Taken:
    """Return how many acts behind this number of the log took something away."""
    query = select(func.count()).where(HistoryRow.id > number, HistoryRow.step.in_(TAKING_AWAY))
    return Taken(number, db.session.scalar(query) or 0)
