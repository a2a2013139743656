"""Runs the migrations; on SQLite with foreign keys off, so that a rebuilt table keeps its rows."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from portal.kept.triggers import is_watched, unwatch, watch

config = context.config
target = current_app.extensions["migrate"].db


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


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=target.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_render,
        process_revision_directives=_skip_empty,
    )
    newest = context.script.get_current_head()
    with context.begin_transaction():
        migration = context.get_context()
        if (
            migration.get_current_heads() == (newest,)
            and context.get_revision_argument() == newest
            and is_watched(connection, target.metadata)
        ):
            return
        # A table that is rebuilt loses its triggers, and a column in one cannot be dropped.
        unwatch(connection)
        context.run_migrations()
        if migration.get_current_heads() == (newest,):
            watch(connection, target.metadata)


def run_online() -> None:
    """Migrate the database that the app is bound to."""
    with target.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            raw = connection.connection.dbapi_connection
            raw.execute("PRAGMA foreign_keys=OFF")
        _run(connection)
        connection.commit()
        if is_sqlite:
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            connection.rollback()
            raw.execute("PRAGMA foreign_keys=ON")
            if broken:
                raise RuntimeError(f"rows point nowhere after the migration: {broken[:5]}")


if context.is_offline_mode():
    raise RuntimeError("migrations need a database: offline mode is not supported")
run_online()
