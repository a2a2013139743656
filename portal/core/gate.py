"""The gate before the database: many work behind it, and whoever changes its schema is alone.

Two locks make it, which end with the process that holds them. `notice` is held alone by an upgrade
from its first moment; everybody else only tries it. `work` is shared by all who work, and the
upgrade takes it alone when the last of them has left. Their names stay the same for ever: code of
one version stands at the same gate as code of the next.
"""

from __future__ import annotations

import fcntl
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from portal.core.db import db, watching_engine
from portal.core.log import event
from portal.core.schema import Schema, database_schema
from portal.core.settings import settings

NOTICE, WORK = "upgrade.lock", "work.lock"
LOCKS = (NOTICE, WORK)
# What PostgreSQL knows the two locks by; the first number is "Groe".
FAMILY = 0x47726F65
NUMBERS = {NOTICE: 1, WORK: 2}
LOOK_SECONDS = 0.1
PAUSE_SECONDS = 1.0


class Standing(StrEnum):
    """How a process stands before the gate."""

    OPEN = "open"
    # Somebody changes the schema at this moment.
    UPGRADING = "upgrading"
    OLDER = "older"
    NEWER = "newer"


_OF_SCHEMA = {
    Schema.FITS: Standing.OPEN,
    Schema.OLDER: Standing.OLDER,
    Schema.NEWER: Standing.NEWER,
}


WORDS = {
    Standing.OLDER: (
        "The database has an older schema than this code. Type: flask --app wsgi db upgrade"
    ),
    Standing.UPGRADING: (
        "The database is being upgraded at this moment. Try again when that is done."
    ),
    Standing.NEWER: (
        "The database has a newer schema than this code: it was used by a later version of the "
        "portal. Install that version, or put back a copy of the database from before it."
    ),
}


class UpgradeUnderWay(Exception):
    """Somebody else has the gate."""


class StillAtWork(Exception):
    """Processes of the portal did not leave in time."""


class Locks(Protocol):
    """The two locks, as one process holds them."""

    def take(self, name: str, *, alone: bool) -> bool:
        """Take a lock and return True, or return False at once when others hold it."""

    def give_back(self, name: str) -> None:
        """Give back a lock that is shared."""

    def schema(self) -> Schema:
        """Return how the schema stands to this code."""

    def close(self) -> None:
        """Give back whatever is held."""


class _Files:
    """Locks on two files in the folder for data: SQLite has one machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, int] = {}

    def take(self, name: str, *, alone: bool) -> bool:
        try:
            self._open_file(name)
        except OSError:
            # Where nothing can be written nobody upgrades: whoever only reads goes on.
            if alone:
                raise
            return True
        try:
            kind = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
            fcntl.flock(self._open[name], kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _open_file(self, name: str) -> None:
        if name not in self._open:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._open[name] = os.open(self._folder / name, os.O_RDONLY | os.O_CREAT, 0o600)

    def give_back(self, name: str) -> None:
        if name in self._open:
            fcntl.flock(self._open[name], fcntl.LOCK_UN)

    def schema(self) -> Schema:
        with watching_engine().connect() as connection:
            return database_schema(connection)

    def close(self) -> None:
        for number in self._open.values():
            os.close(number)
        self._open.clear()


class _Advisory:
    """Locks of PostgreSQL itself, for processes on any machine; they end with the connection."""

    def __init__(self) -> None:
        self._opened: Connection | None = None

    def take(self, name: str, *, alone: bool) -> bool:
        return self._ask("pg_try_advisory_lock" if alone else "pg_try_advisory_lock_shared", name)

    def give_back(self, name: str) -> None:
        self._ask("pg_advisory_unlock_shared", name)

    def schema(self) -> Schema:
        return database_schema(self._connection())

    def close(self) -> None:
        if self._opened is not None:
            with suppress(SQLAlchemyError):
                self._opened.close()
            self._opened = None

    def _ask(self, function: str, name: str) -> bool:
        asked = text(f"SELECT {function}(:family, :number)")
        values = {"family": FAMILY, "number": NUMBERS[name]}
        return bool(self._connection().execute(asked, values).scalar_one())

    def _connection(self) -> Connection:
        if self._opened is None:
            opened = watching_engine().connect()
            self._opened = opened.execution_options(isolation_level="AUTOCOMMIT")
        return self._opened


def _locks() -> Locks:
    is_sqlite = db.engine.dialect.name == "sqlite"
    return _Files(settings().data_dir) if is_sqlite else _Advisory()


class Presence:
    """This process at the gate: it goes in by itself, and leaves when whoever holds it says so."""

    def __init__(self) -> None:
        self._locks = _locks()
        self._is_in = False
        self._told = Standing.OPEN

    def look(self) -> Standing:
        """Return how it stands now; where that is OPEN, this process is in.

        With another answer one that was in still is, until it calls `leave`: nobody upgrades
        before. A database that does not answer raises its error, and is asked anew the next time.
        """
        try:
            return self._look()
        except SQLAlchemyError:
            # Locks are gone with a connection that broke.
            self._locks.close()
            self._is_in = False
            raise

    def _look(self) -> Standing:
        if not self._locks.take(NOTICE, alone=False):
            return Standing.UPGRADING
        self._locks.give_back(NOTICE)
        was_in = self._is_in
        if not was_in and not self._locks.take(WORK, alone=False):
            return Standing.UPGRADING
        self._is_in = True
        standing = _OF_SCHEMA[self._locks.schema()]
        if standing is not Standing.OPEN and not was_in:
            self.leave()
        return standing

    def leave(self) -> None:
        """Go out: this process does nothing with the database any more."""
        self._is_in = False
        self._locks.close()

    def tell(self, standing: Standing) -> None:
        """Write into the log that this process waits, with what to do, or works again; once."""
        if standing is self._told:
            return
        self._told = standing
        if standing is Standing.OPEN:
            event("portal_opened")
            return
        level = logging.INFO if standing is Standing.UPGRADING else logging.WARNING
        event("portal_closed", level=level, standing=standing, remedy=WORDS[standing])


def wait_until_open(presence: Presence, is_stopping: Callable[[], bool]) -> None:
    """Return when this worker may go on, or is to stop; meanwhile it is out."""
    while not is_stopping():
        try:
            standing = presence.look()
        except SQLAlchemyError:
            # The worker finds out by itself what the database refuses.
            return
        if standing is Standing.OPEN:
            presence.tell(standing)
            return
        presence.leave()
        presence.tell(standing)
        time.sleep(PAUSE_SECONDS)


def is_upgrade_under_way() -> bool:
    """Return whether somebody changes the schema at this moment."""
    locks = _locks()
    try:
        return not locks.take(NOTICE, alone=False)
    finally:
        locks.close()


@contextmanager
def alone(patience: float) -> Iterator[None]:
    """Keep everybody else out while this lasts.

    UpgradeUnderWay when another has the gate; StillAtWork when some have not left after `patience`
    seconds, and then everything goes on as before.
    """
    locks = _locks()
    try:
        # Whoever looks holds the notice for an instant.
        if not _taken_within(locks, NOTICE, 2.0):
            raise UpgradeUnderWay
        if not _taken_within(locks, WORK, patience):
            raise StillAtWork
        yield
    finally:
        locks.close()


def _taken_within(locks: Locks, name: str, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not locks.take(name, alone=True):
        if time.monotonic() >= until:
            return False
        time.sleep(LOOK_SECONDS)
    return True
