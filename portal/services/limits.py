"""Limits on how often: the numbers stand in config, the counts of all processes in the database."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, case, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.selectable import TypedReturnsRows

from portal.core import clock
from portal.core.db import connection, short_transaction
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


GIVE_BACK = (
    update(LimitCounter)
    .where(
        LimitCounter.name == bindparam("of_name"),
        LimitCounter.key == bindparam("of_key"),
        LimitCounter.started_at == bindparam("since"),
        LimitCounter.count > 0,
    )
    .values(count=LimitCounter.count - 1)
)


@dataclass(frozen=True, slots=True)
class Reserved:
    """One try that counts until it is given back; `key` is hashed, `since` begins its window."""

    name: str
    key: str
    since: datetime


def _count(
    on: Connection, name: str, key: str, now: datetime, window: timedelta
) -> tuple[int, datetime]:
    values = {"name": name, "key": key, "started_at": now, "cutoff": now - window}
    count, started = on.execute(COUNT[on.dialect.name], values).one()
    return count, started


def _refusal(name: str, started: datetime, now: datetime) -> TooMany:
    left = (started + settings().limits[name].window - now).total_seconds()
    return TooMany(max(1, round(left)), name)


def hit(name: str, key: str) -> None:
    """Count one act of `key`; TooMany past the limit `name`. Never inside a write section."""
    if settings().limits_enabled:
        with short_transaction(is_vital=False) as own:
            over = _hit(own, name, key)
        if over is not None:
            raise over


def hit_within(name: str, key: str) -> None:
    """Count one act of `key` in the write section that it is done in; TooMany past the limit.

    What is refused there is rolled back, and the count with it: count it once more, by `hit`.
    """
    if settings().limits_enabled:
        over = _hit(connection(), name, key)
        if over is not None:
            raise over


def _hit(on: Connection, name: str, key: str) -> TooMany | None:
    limit, now = settings().limits[name], clock.now()
    count, started = _count(on, name, _hashed(key), now, limit.window)
    return _refusal(name, started, now) if count > limit.count else None


def reserve(tries: Iterable[tuple[str, str]]) -> list[Reserved]:
    """Count one try for each limit and key, before anybody knows whether it is right.

    So as many tries at the same moment as there are cannot pass a limit together. TooMany where
    one is used up: then the try is made nowhere, and counts nowhere.
    """
    counted = list(tries)
    if not counted or not settings().limits_enabled:
        return []
    now = clock.now()
    reserved = []
    with short_transaction(is_vital=False) as own:
        for name, key in counted:
            limit, hashed = settings().limits[name], _hashed(key)
            count, started = _count(own, name, hashed, now, limit.window)
            if count > limit.count:
                raise _refusal(name, started, now)
            reserved.append(Reserved(name, hashed, started))
    return reserved


def give_back(reserved: Sequence[Reserved]) -> None:
    """Count these tries no longer: they were right. One whose window has passed is gone already."""
    if not reserved:
        return
    with short_transaction(is_vital=False) as own:
        for each in reserved:
            values = {"of_name": each.name, "of_key": each.key, "since": each.since}
            own.execute(GIVE_BACK, values)


def is_first(name: str, key: str, window: timedelta) -> bool:
    """Count one act of `key`; return whether it is the first in its window, in any process."""
    with short_transaction(is_vital=False) as own:
        return _count(own, name, key, clock.now(), window)[0] == 1
