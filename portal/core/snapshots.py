"""Reading of one moment, however long it takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from portal.core.db import db


@contextmanager
def one_moment() -> Iterator[None]:
    """Let the session see the database as it is now, whatever is written meanwhile.

    It writes nothing inside, and forgets at the end what it read.
    """
    session = db.session()
    session.rollback()
    if db.engine.dialect.name == "postgresql":
        # SQLite reads so by itself: a transaction sees what was there at its first question.
        wanted = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        session.connection(execution_options=wanted)
    try:
        yield
    finally:
        session.rollback()
