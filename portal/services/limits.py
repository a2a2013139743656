"""Limits on how often: the numbers stand in config, the counts of all processes in the database."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, case
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.selectable import TypedReturnsRows

from portal.core import clock
from portal.core.db import short_transaction
from portal.core.errors import TooMany
from portal.core.settings import settings
from portal.services.models import LimitCounter

# Both write "insert, or else ..." in the same words.
Insert = postgresql.Insert | sqlite.Insert


def _hashed(key: str) -> str:
    return hmac.new(settings().secret_key.encode(), key.encode(), hashlib.sha256).hexdigest()


def _counting(
    insert: Callable[[type[LimitCounter]], Insert],
) -> TypedReturnsRows[int, datetime]:
    is_over = LimitCounter.started_at <= bindparam("cutoff")
    first = insert(LimitCounter).values(count=1)
    return first.on_conflict_do_update(
        index_elements=["name", "key"],
        set_={
            "count": case((is_over, 1), else_=LimitCounter.count + 1),
            "started_at": case((is_over, first.excluded.started_at), else_=LimitCounter.started_at),
        },
    ).returning(LimitCounter.count, LimitCounter.started_at)


COUNT = {"postgresql": _counting(postgresql.insert), "sqlite": _counting(sqlite.insert)}


def _count(name: str, key: str, now: datetime, window: timedelta) -> tuple[int, datetime]:
    values = {"name": name, "key": key, "started_at": now, "cutoff": now - window}
    with short_transaction(is_vital=False) as connection:
        count, started = connection.execute(COUNT[connection.dialect.name], values).one()
    return count, started


def hit(name: str, key: str) -> None:
    """Count one act of `key`; TooMany past the limit `name`. Never inside a write section."""
    if not settings().limits_enabled:
        return
    limit = settings().limits[name]
    now = clock.now()
    count, started = _count(name, _hashed(key), now, limit.window)
    if count > limit.count:
        left = (started + limit.window - now).total_seconds()
        raise TooMany(max(1, round(left)))


def is_first(name: str, key: str, window: timedelta) -> bool:
    """Count one act of `key`; return whether it is the first in its window, in any process."""
    return _count(name, key, clock.now(), window)[0] == 1
