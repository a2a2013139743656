"""The database: one base for models, the one write section, and row locks."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import IO, Any, ClassVar, Generic, TypeAlias, TypeVar, TypeVarTuple

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, MetaData, Row, Select, create_engine, inspect
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.pool import NullPool
from sqlalchemy.sql.selectable import TypedReturnsRows

from portal.core import postgresql, private, sqlite
from portal.core.columns import Moment

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The parent of every model: plain SQLAlchemy, so that models know nothing of Flask."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES), type_annotation_map={datetime: Moment}
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True, session_options={"autoflush": False})


Value = TypeVar("Value")
Shape = TypeVar("Shape")
Columns = TypeVarTuple("Columns")
# A select of so many columns that their types are not told one by one.
Columnar: TypeAlias = Select[*tuple[Any, ...]]
Readable: TypeAlias = TypedReturnsRows[*tuple[Any, ...]]


class Unbound(RuntimeError):
    """Something that create_app must bind is not bound: the app does not start."""


class Bound(Generic[Value]):
    """A value that create_app binds to the app: its settings, or what a package above lends.

    Called, it returns the value. `check` refuses an app that lacks one.
    """

    _names: ClassVar[set[str]] = set()

    def __init__(self, name: str) -> None:
        self._key = f"portal_{name}"
        self._names.add(self._key)

    def __call__(self) -> Value:
        value: Value = current_app.extensions[self._key]
        return value

    def bind(self, app: Flask, value: Value) -> None:
        """Let the app answer with `value`."""
        app.extensions[self._key] = value

    @classmethod
    def check(cls, app: Flask) -> None:
        """Refuse an app in which something is not bound: Unbound names what."""
        missing = sorted(cls._names - set(app.extensions))
        if missing:
            raise Unbound(", ".join(missing))


# Connections that wait for no reader and hold none up, to see whether the database is there.
watching_engine: Bound[Engine] = Bound("watching_engine")


class WriteLock:
    """Lets one writer at a time into SQLite, across threads and processes, in order of arrival.

    SQLite's own busy handler sleeps and starves; a blocking lock is faster and fairer.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = threading.Lock()
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        self._threads.acquire()
        try:
            if self._file is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._file = self._path.open("w")
            fcntl.flock(self._file, fcntl.LOCK_EX)
        except BaseException:
            self._threads.release()
            raise

    def release(self) -> None:
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        self._threads.release()


def init_app(app: Flask, url: str, data_dir: Path, pool_size: int) -> None:
    """Bind the database to the app; on SQLite with the lock for writers."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    if url.startswith("postgresql"):
        options: dict[str, Any] = {
            "connect_args": postgresql.arguments(),
            "pool_size": pool_size,
            "max_overflow": 2,
            "pool_timeout": 30,
            # A server that was started again has ended what the pool still holds.
            "pool_pre_ping": True,
        }
    else:
        private.make_folder(data_dir)
        driver = {"check_same_thread": False, "factory": sqlite.OwnConnection}
        options = {"connect_args": driver, "pool_size": pool_size}
        app.extensions["portal_write_lock"] = WriteLock(data_dir / "write.lock")
    # Values belong to people: a fault in the log tells the statement only.
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {**options, "hide_parameters": True}
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            sqlite.prepare(db.engine)
            watching_engine.bind(app, db.engine)
        else:
            postgresql.prepare(db.engine)
            hasty = postgresql.arguments(postgresql.HastyConnection)
            apart = create_engine(db.engine.url, poolclass=NullPool, connect_args=hasty)
            watching_engine.bind(app, apart)


def for_thread(work: Callable[[], Value]) -> Callable[[], Value]:
    """Return `work` for another thread: with this app, and a session that ends with it."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

    def run() -> Value:
        with app.app_context():
            return work()

    return run


def connection() -> Connection:
    """Return the connection of the session, in whose transaction columns are read and written.

    Columns need nothing of the session itself, which takes longer about them than the database.
    """
    session = db.session()
    transaction = session.get_transaction()
    remembered: tuple[Any, Connection] | None = session.info.get("portal_connection")
    # The session looks for it anew at each question, though it is the same in one transaction.
    if remembered is not None and remembered[0] is transaction and transaction is not None:
        return remembered[1]
    current: Connection = session.connection()
    session.info["portal_connection"] = (session.get_transaction(), current)
    return current


def read_rows(query: TypedReturnsRows[*Columns], **values: object) -> Sequence[Row[*Columns]]:
    """Return what a select of columns finds, read past the session."""
    return connection().execute(query, values).all()


def read_row(query: TypedReturnsRows[*Columns], **values: object) -> Row[*Columns] | None:
    """Return the first row that a select of columns finds, None without one."""
    return connection().execute(query, values).first()


def read_as(shape: Callable[..., Shape], query: Readable, **values: object) -> tuple[Shape, ...]:
    """Return the rows that a select finds, each as `shape` of its columns in their order."""
    return tuple(shape(*row) for row in connection().execute(query, values))


def read_number(query: TypedReturnsRows[int], **values: object) -> int:
    """Return the one number that a select of a count finds."""
    return connection().execute(query, values).scalar_one()


def in_write_section() -> bool:
    """Return whether this session is inside a write section."""
    return bool(db.session().info.get("portal_writing"))


def roll_back() -> None:
    """Forget whatever the session was about to write."""
    db.session.rollback()


@contextmanager
def write_section() -> Iterator[None]:
    """Open the one write section; commit at its end, roll back on any exception.

    What was read before is read again inside. Nothing slow belongs in here.
    """
    session = db.session()
    if session.info.get("portal_writing"):
        raise RuntimeError("a write section is open already")
    session.rollback()
    session.expire_all()
    lock: WriteLock | None = current_app.extensions.get("portal_write_lock")
    if lock is not None:
        lock.acquire()
    session.info["portal_writing"] = True
    try:
        session.connection(execution_options={"portal_write": True})
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("portal_writing", None)
        if lock is not None:
            lock.release()


def lock_row(item: object) -> None:
    """Lock the row that `item` is until the end of the write section, and read it again.

    Whoever locks several takes them in the order of docs/decisions/0038. Rows that only point to
    it can be added meanwhile: nobody waits for a key that never changes.
    """
    if in_write_section() and db.engine.dialect.name == "sqlite":
        # Nobody else can write until the section ends, and all that is read in it is read in it.
        return
    db.session.flush()
    # Of this table only: PostgreSQL refuses to lock what is joined to it from outside.
    db.session.refresh(item, with_for_update={"of": type(item), "key_share": True})


def read_anew(model: type[Base], number: int) -> None:
    """Let the session read a row again that is changed past it; call this after the change.

    What was to be written of it must have been flushed before.
    """
    session = db.session()
    item = session.identity_map.get(session.identity_key(model, number))
    if item is not None:
        session.expire(item)


def row_id(item: object) -> int:
    """Return the id of `item`, a row of a model, which must have one."""
    identity = inspect(item).identity
    if identity is None:
        db.session.flush()
        identity = inspect(item).identity
    assert identity is not None  # noqa: S101
    return int(identity[0])


@contextmanager
def short_transaction(*, is_vital: bool = True) -> Iterator[Connection]:
    """Open a write transaction of its own, beside the session: for counters and "last seen".

    What it writes stays, whatever becomes of the request. Never inside a write section. Where
    `is_vital` is off, SQLite does not wait for the disk: a power cut may take the last counts.
    """
    if in_write_section():
        raise RuntimeError("a short transaction cannot stand inside a write section")
    db.session.rollback()
    lock: WriteLock | None = current_app.extensions.get("portal_write_lock")
    if lock is not None:
        lock.acquire()
    try:
        with db.engine.connect() as plain:
            connection = plain.execution_options(portal_write=True)
            with nullcontext() if is_vital else _hurrying(connection), connection.begin():
                yield connection
    finally:
        if lock is not None:
            lock.release()


@contextmanager
def _hurrying(connection: Connection) -> Iterator[None]:
    if connection.dialect.name != "sqlite":
        yield
        return
    # Between transactions and past SQLAlchemy, which would begin one for it.
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA synchronous=NORMAL")
    try:
        yield
    finally:
        driver.execute("PRAGMA synchronous=FULL")
