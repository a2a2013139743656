"""The mark of this moment, asked before every kept answer; and what to do when nobody tells it."""

from __future__ import annotations

import asyncio
import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import psycopg2
from sqlalchemy import MetaData, make_url

from portal.core import postgresql
from portal.core.log import event
from portal.kept.triggers import POSTGRESQL_NAMES, SQLITE_NAMES, declared

MARK = "SELECT mark FROM public_mark"
# On SQLite a reader waits for nobody but who mends a database after a crash.
SQLITE_SECONDS = 1.0
AGAIN_SECONDS = 1.0


class Away(Exception):
    """The database does not tell the mark now."""


class Unwatched(Exception):
    """The triggers of this database are not those of this code: it does not say what changes."""


class Watch(Protocol):
    """Tells the mark as it was after the question came; Away when it cannot."""

    async def mark(self) -> str: ...

    def close(self) -> None: ...


class SqliteWatch:
    """Asks SQLite in the thread of the event loop: its own answer takes some microseconds.

    `data_version` moves with every commit of anybody else; the row is read only then.
    """

    def __init__(self, path: Path, triggers: frozenset[str]) -> None:
        self._path = path
        self._triggers = triggers
        self._away_until = 0.0
        self._connection: sqlite3.Connection | None = None
        self._version = -1
        self._mark = ""
        self._is_new = False

    async def mark(self) -> str:
        """Return the mark, asked once for all who had come before it was asked.

        Whoever comes after that stands behind `_forget` in the queue of the loop.
        """
        if not self._is_new:
            self.mark_now()
            self._is_new = True
            asyncio.get_running_loop().call_soon(self._forget)
        return self._mark

    def _forget(self) -> None:
        self._is_new = False

    def mark_now(self) -> str:
        """Return the mark; Away when the database does not tell it."""
        if time.monotonic() < self._away_until:
            raise Away
        try:
            if self._connection is None:
                self._connection = self._open()
            execute = self._connection.execute
            (version,) = execute("PRAGMA data_version").fetchone()
            if version != self._version:
                (self._mark,) = execute(MARK).fetchone()
                self._version = version
        except (sqlite3.Error, TypeError, Unwatched) as fault:
            _say(fault)
            self._away_until = time.monotonic() + AGAIN_SECONDS
            self.close()
            raise Away from fault
        return self._mark

    def _open(self) -> sqlite3.Connection:
        # Never made anew: a file that is gone is no empty portal.
        address = f"{self._path.absolute().as_uri()}?mode=rw"
        connection = sqlite3.connect(
            address, uri=True, timeout=SQLITE_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            _refuse_unless({row[0] for row in connection.execute(SQLITE_NAMES)}, self._triggers)
        except BaseException:
            connection.close()
            raise
        return connection

    def close(self) -> None:
        """Let go of the database; the next question opens it again."""
        self._version = -1
        if self._connection is not None:
            self._connection.close()
            self._connection = None


_Asker = tuple[asyncio.AbstractEventLoop, "asyncio.Future[str]"]


class PostgresqlWatch:
    """Asks PostgreSQL over a connection of its own, in a thread: once for all that wait by then."""

    def __init__(self, url: str, triggers: frozenset[str]) -> None:
        self._connect = _connector(url, triggers)
        self._connection: Any = None
        self._askers: queue.SimpleQueue[_Asker | None] = queue.SimpleQueue()
        self._away_until = 0.0
        threading.Thread(target=self._work, name="public mark", daemon=True).start()

    async def mark(self) -> str:
        if time.monotonic() < self._away_until:
            raise Away
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[str] = loop.create_future()
        self._askers.put((loop, answer))
        return await answer

    def _work(self) -> None:
        while (first := self._askers.get()) is not None:
            # Who asks while the question is on its way gets the next one.
            askers = [first]
            with suppress(queue.Empty):
                while (other := self._askers.get_nowait()) is not None:
                    askers.append(other)
            self._tell(askers, self._ask())
        self._let_go()

    def _ask(self) -> str | None:
        if time.monotonic() < self._away_until:
            return None
        try:
            if self._connection is None:
                self._connection = self._connect()
            with self._connection.cursor() as cursor:
                cursor.execute(MARK)
                return str(cursor.fetchone()[0])
        except (psycopg2.Error, TypeError, Unwatched) as fault:
            _say(fault)
            self._away_until = time.monotonic() + AGAIN_SECONDS
            self._let_go()
            return None

    def _tell(self, askers: list[_Asker], mark: str | None) -> None:
        for loop, answer in askers:
            # A loop that ended waits for nothing.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(_settle, answer, mark)

    def _let_go(self) -> None:
        if self._connection is not None:
            with suppress(psycopg2.Error):
                self._connection.close()
            self._connection = None

    def close(self) -> None:
        """End the thread and its connection."""
        self._askers.put(None)


def _settle(answer: asyncio.Future[str], mark: str | None) -> None:
    if answer.done():
        return
    if mark is None:
        answer.set_exception(Away())
    else:
        answer.set_result(mark)


def _refuse_unless(names: set[str], triggers: frozenset[str]) -> None:
    if names != triggers:
        raise Unwatched


def _say(fault: Exception) -> None:
    """Say in the log why nothing is kept now; who knows the database is told elsewhere of it."""
    event("pages_not_kept", level=logging.WARNING, kind=type(fault).__name__)


def _connector(url: str, triggers: frozenset[str]) -> Callable[[], Any]:
    address = make_url(url)
    positional, named = address.get_dialect()().create_connect_args(address)
    arguments = {**named, **postgresql.arguments(postgresql.HastyConnection)}

    def connect() -> Any:
        connection = psycopg2.connect(*positional, **arguments)
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(POSTGRESQL_NAMES)
                _refuse_unless({row[0] for row in cursor.fetchall()}, triggers)
        except BaseException:
            connection.close()
            raise
        return connection

    return connect


def watch_of(url: str, sqlite_path: Path | None, metadata: MetaData) -> Watch:
    """Return what tells the mark of this database."""
    if sqlite_path is not None:
        return SqliteWatch(sqlite_path, frozenset(declared(metadata, "sqlite")))
    return PostgresqlWatch(url, frozenset(declared(metadata, "postgresql")))
