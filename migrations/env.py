"""Runs the migrations in one transaction; on SQLite with foreign keys off, for rebuilt tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from portal.kept.triggers import is_watched, unwatch, watch
from portal.search.triggers import is_noted, note, unnote

config = context.config
target = current_app.extensions["migrate"].db
# Whoever holds a table for longer is no request: the migration gives up, and changes nothing.
LOCK_SECONDS = 60


def _skip_empty(_context: Any, _revision: Any, directives: list[Any]) -> None:
    if directives and directives[0].upgrade_ops.is_empty():
        directives[:] = []


def _render(kind: str, item: Any, _context: Any) -> str | bool:
    # A migration never imports the portal: its own types are written out.
    if kind == "type" and type(item).__name__ == "Moment":
        return "sa.DateTime(timezone=True)"
    if kind == "type" and type(item).__name__ == "StateColumn":
        return f"sa.String(length={item.impl.length})"
    return False


def _tell(step: Any, **_rest: Any) -> None:
    on_step = config.attributes.get("on_step")
    if on_step is not None:
        on_step(step.up_revision_id)


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=target.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_render,
        process_revision_directives=_skip_empty,
        on_version_apply=_tell,
    )
    newest = context.script.get_current_head()
    migration = context.get_context()
    if (
        migration.get_current_heads() == (newest,)
        and context.get_revision_argument() == newest
        and is_watched(connection, target.metadata)
        and is_noted(connection)
    ):
        return
    # A table that is rebuilt loses its triggers, and a column in one cannot be dropped.
    unwatch(connection)
    unnote(connection)
    # In the transaction that is open already: all steps, or none of them.
    context.run_migrations()
    if migration.get_current_heads() == (newest,):
        watch(connection, target.metadata)
        note(connection)


@contextmanager
def _without_keys(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild tables inside, and see afterwards that every row points somewhere."""
    raw = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            yield
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                raise RuntimeError(f"rows point nowhere after the migration: {broken[:5]}")
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


@contextmanager
def _patient(connection: Connection) -> Iterator[None]:
    """Let PostgreSQL wait for others as long as it takes to see that they do not let go."""
    with connection.begin():
        connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
        yield


@contextmanager
def _sole_writer() -> Iterator[None]:
    lock = current_app.extensions.get("portal_write_lock")
    if lock is None:
        yield
        return
    lock.acquire()
    try:
        yield
    finally:
        lock.release()


def run_online() -> None:
    """Migrate the database that the app is bound to."""
    with _sole_writer(), target.engine.connect() as opened:
        connection = opened.execution_options(portal_write=True)
        is_sqlite = connection.dialect.name == "sqlite"
        with _without_keys(connection) if is_sqlite else _patient(connection):
            _run(connection)


if context.is_offline_mode():
    raise RuntimeError("migrations need a database: offline mode is not supported")
run_online()
