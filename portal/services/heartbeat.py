"""Which processes of the portal are alive: each says so again and again, on whatever machine."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import String, delete, func, insert, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import clock
from portal.core.db import Base, db, read_as, short_transaction
from portal.core.settings import settings
from portal.core.version import VERSION

WEB, WORKER = "web", "worker"
# A process that was killed cannot take its row away.
KEEP = timedelta(days=30)


class Heartbeat(Base):
    """A process that is at work, or was until it was killed."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    version: Mapped[str] = mapped_column(String(20))
    began_at: Mapped[datetime]
    beat_at: Mapped[datetime]
    # When it stopped as it was asked to; None: it goes on, or it was killed.
    ended_at: Mapped[datetime | None]


class Alive(NamedTuple):
    """The processes of one kind and version that are at work."""

    kind: str
    version: str
    number: int


class Pulse:
    """Tells of one process that it lives, not more often than the portal looks at itself."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._name = secrets.token_hex(16)
        self._last: datetime | None = None

    def beat(self) -> None:
        """Say that this process is at work, if it is time for that."""
        now = clock.now()
        if self._last is not None and now - self._last < settings().watching.interval:
            return
        row = {"name": self._name, "kind": self._kind, "version": VERSION, "began_at": now}
        with short_transaction(is_vital=False) as connection:
            mine = update(Heartbeat).where(Heartbeat.name == self._name).values(beat_at=now)
            if not connection.execute(mine).rowcount:
                connection.execute(insert(Heartbeat).values(**row, beat_at=now))
                connection.execute(delete(Heartbeat).where(Heartbeat.beat_at < now - KEEP))
        self._last = now

    def stop(self) -> None:
        """Say that this process ends, as it was asked to; where that can be said."""
        mine = update(Heartbeat).where(Heartbeat.name == self._name)
        with suppress(SQLAlchemyError), short_transaction(is_vital=False) as connection:
            connection.execute(mine.values(ended_at=clock.now()))


def alive() -> Sequence[Alive]:
    """Return the processes that said a moment ago that they are at work."""
    since = clock.now() - 3 * settings().watching.interval
    query = select(Heartbeat.kind, Heartbeat.version, func.count()).where(
        Heartbeat.beat_at > since, Heartbeat.ended_at.is_(None)
    )
    grouped = query.group_by(Heartbeat.kind, Heartbeat.version)
    return read_as(Alive, grouped.order_by(Heartbeat.kind, Heartbeat.version))


def last_beat(kind: str) -> datetime | None:
    """Return when a process of this kind was last at work; None when none is known."""
    query = select(func.max(Heartbeat.beat_at)).where(Heartbeat.kind == kind)
    return db.session.scalar(query)
