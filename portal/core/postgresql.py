"""How long PostgreSQL is waited for: a server that hangs takes no thread of ours for ever.

A server whose processes stand still keeps its connections, so the network notices nothing and no
time-out of the server itself runs. So a web process waits for each answer with a clock of its own.
"""

from __future__ import annotations

import select
from typing import Any

from psycopg2 import OperationalError, extensions
from sqlalchemy import Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

# In seconds: for a connection, and until the network gives up a server that is gone.
CONNECT_SECONDS = 3
GONE_SECONDS = 30
# Whoever asks whether the portal is ready waits no longer than this.
WATCH_SECONDS = 2.0

# Beside a statement that the server itself ends in time.
_MARGIN_SECONDS = 1.0


class NoAnswer(OperationalError):  # type: ignore[misc]
    """PostgreSQL was silent for longer than it is waited for."""


class Connection(extensions.connection):  # type: ignore[misc]
    """A connection that knows how long its answers are waited for; None: for ever."""

    patience: float | None = None


class HastyConnection(Connection):
    """A connection for one question: is the database there?"""

    patience = WATCH_SECONDS


_web_patience: list[float] = []


def arguments(factory: type[Connection] = Connection) -> dict[str, Any]:
    """Return how the driver connects."""
    return {
        "connection_factory": factory,
        "connect_timeout": CONNECT_SECONDS,
        "keepalives_idle": GONE_SECONDS // 3,
        "keepalives_interval": GONE_SECONDS // 6,
        "keepalives_count": 3,
        "tcp_user_timeout": GONE_SECONDS * 1000,
    }


def wait_no_longer_than(seconds: float) -> None:
    """Let this process give up a question, a lock or a connection after so many seconds.

    For web processes: what a worker or a command does may take its time.
    """
    _web_patience[:] = [seconds]
    Connection.patience = seconds + _MARGIN_SECONDS
    extensions.set_wait_callback(_wait)


def prepare(engine: Engine) -> None:
    """Let the server, too, end in time what a web process asks."""
    event.listen(engine, "connect", _set_bounds)


def _set_bounds(connection: Any, _record: ConnectionPoolEntry) -> None:
    if not _web_patience:
        return
    milliseconds = round(_web_patience[0] * 1000)
    with connection.cursor() as cursor:
        for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
            factor = 12 if name.startswith("idle") else 1
            cursor.execute(f"SET {name} = {milliseconds * factor}")
    connection.commit()


def _wait(connection: Connection) -> None:
    """Wait until the server has answered; NoAnswer when it is silent too long.

    The driver closes a connection on which this is raised, so the pool makes a new one.
    """
    while (state := connection.poll()) != extensions.POLL_OK:
        number = connection.fileno()
        reading = [number] if state == extensions.POLL_READ else []
        writing = [number] if state == extensions.POLL_WRITE else []
        if not any(select.select(reading, writing, [], connection.patience)):
            raise NoAnswer("PostgreSQL does not answer")
