"""The database itself moves the mark: whoever writes, and by whichever way.

On SQLite a writer is alone. On PostgreSQL the mark moves at the very end of a transaction, so that
two acts wait for each other no longer than that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import JSON, Connection, MetaData, Table, text

from portal.kept import unseen

PREFIX = "public_"
_SQLITE_MOVE = "UPDATE public_mark SET mark = lower(hex(randomblob(16)))"
_POSTGRESQL_MOVE = "UPDATE public_mark SET mark = gen_random_uuid()::text"
# Once a transaction is enough, however many rows it changed.
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION move_public_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('portal.marked', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        {_POSTGRESQL_MOVE};
        PERFORM set_config('portal.marked', pg_current_xact_id()::text, true);
    END IF;
    RETURN NULL;
END $$
"""
SQLITE_NAMES = (
    "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'public\\_%' "
    "ESCAPE '\\'"
)
POSTGRESQL_NAMES = (
    "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal AND tgname LIKE 'public\\_%' AND relnamespace = 'public'::regnamespace"
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger under a name that differs when its body does."""

    name: str
    table: str
    statement: str


def declared(metadata: MetaData, dialect: str) -> dict[str, Trigger]:
    """Return the triggers of every table that visitors see something of, by name."""
    tables = [table for table in metadata.sorted_tables if table.name not in unseen.TABLES]
    return {trigger.name: trigger for table in tables for trigger in _of(table, dialect)}


def _of(table: Table, dialect: str) -> Iterator[Trigger]:
    shown = unseen.SHOWN.get(table.name, "")
    for event, when in (
        ("INSERT", shown.format(row="NEW")),
        ("DELETE", shown.format(row="OLD")),
        ("UPDATE", _changed(table, shown, dialect)),
    ):
        condition = f" WHEN ({when})" if when else ""
        if dialect == "sqlite":
            body = (
                f" AFTER {event} ON {table.name} FOR EACH ROW{condition} BEGIN {_SQLITE_MOVE}; END"
            )
            kind = "TRIGGER"
        else:
            body = (
                f" AFTER {event} ON {table.name} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
                f"{condition} EXECUTE FUNCTION move_public_mark()"
            )
            kind = "CONSTRAINT TRIGGER"
        digest = hashlib.sha256(body.encode()).hexdigest()[:8]
        name = f"{PREFIX}{table.name}_{event.lower()}_{digest}"
        yield Trigger(name, table.name, f"CREATE {kind} {name}{body}")


def _changed(table: Table, shown: str, dialect: str) -> str:
    """Return when an update changes what a visitor sees."""
    hidden = unseen.COLUMNS.get(table.name, ())
    differs = "IS NOT" if dialect == "sqlite" else "IS DISTINCT FROM"
    pairs = []
    for column in table.columns:
        if column.name in hidden:
            continue
        # JSON cannot be compared on PostgreSQL, its text can.
        as_text = "::text" if isinstance(column.type, JSON) and dialect != "sqlite" else ""
        name = f'"{column.name}"{as_text}'
        pairs.append(f"OLD.{name} {differs} NEW.{name}")
    changed = " OR ".join(pairs)
    if not shown:
        return changed
    return f"({shown.format(row='OLD')} OR {shown.format(row='NEW')}) AND ({changed})"


def _found(connection: Connection) -> dict[str, str]:
    """Return the triggers that are there: name -> table."""
    is_sqlite = connection.dialect.name == "sqlite"
    rows = connection.execute(text(SQLITE_NAMES if is_sqlite else POSTGRESQL_NAMES))
    return {str(name): str(table) for name, table in rows}


def is_watched(connection: Connection, metadata: MetaData) -> bool:
    """Return whether every change that a visitor sees moves the mark of this database."""
    return set(_found(connection)) == set(declared(metadata, connection.dialect.name))


def unwatch(connection: Connection) -> None:
    """Take the triggers away: a migration may rebuild their tables."""
    is_sqlite = connection.dialect.name == "sqlite"
    for name, table in _found(connection).items():
        connection.execute(text(f"DROP TRIGGER {name}" + ("" if is_sqlite else f" ON {table}")))
    if not is_sqlite:
        connection.execute(text("DROP FUNCTION IF EXISTS move_public_mark()"))


def watch(connection: Connection, metadata: MetaData) -> None:
    """Set the triggers, and move the mark: other code may show other things of the same rows."""
    dialect = connection.dialect.name
    if dialect != "sqlite":
        connection.execute(text(_FUNCTION))
    # SQLite looks for the name in what this connection read before, perhaps what another has
    # dropped since. A question makes it read that anew.
    there = _found(connection)
    for trigger in declared(metadata, dialect).values():
        if trigger.name not in there:
            connection.execute(text(trigger.statement))
    move(connection)


def move(connection: Connection) -> None:
    """Move the mark: from its commit on nothing that was kept is sent any more."""
    is_sqlite = connection.dialect.name == "sqlite"
    connection.execute(text(_SQLITE_MOVE if is_sqlite else _POSTGRESQL_MOVE))
