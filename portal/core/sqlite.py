"""How SQLite is opened: its settings, and a BEGIN of our own at the start of a transaction."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine.characteristics import ConnectionCharacteristic

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "cache_size=-32000",
    "mmap_size=268435456",
    "temp_store=MEMORY",
)


class OwnConnection(sqlite3.Connection):
    """A connection that knows how its next transaction begins."""

    begins = "BEGIN"


class Writes(ConnectionCharacteristic):
    """The execution option `portal_write`: the transaction is a write from its beginning.

    One that becomes a write on the way is refused when somebody else wrote meanwhile.
    """

    transactional = True

    def reset_characteristic(self, dialect: Any, dbapi_conn: Any) -> None:
        dbapi_conn.begins = "BEGIN"

    def set_characteristic(self, dialect: Any, dbapi_conn: Any, value: Any) -> None:
        dbapi_conn.begins = "BEGIN IMMEDIATE" if value else "BEGIN"

    def get_characteristic(self, dialect: Any, dbapi_conn: Any) -> Any:
        return dbapi_conn.begins != "BEGIN"


def _on_connect(connection: Any, _record: Any) -> None:
    # The driver must not open transactions itself.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Any) -> None:
    driver = connection.dbapi_connection
    driver.execute(driver.begins)


def prepare(engine: Engine) -> None:
    """Give an engine on SQLite its settings and its own BEGIN.

    As an event a BEGIN would make each statement look for listeners to it, which took a tenth of
    the time of a page.
    """
    event.listen(engine, "connect", _on_connect)
    dialect: Any = engine.dialect
    dialect.do_begin = _begin
    known = dialect.connection_characteristics
    dialect.connection_characteristics = known.union({"portal_write": Writes()})
