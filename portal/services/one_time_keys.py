"""One-time keys: the same form sent twice makes one thing."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.selectable import TypedReturnsRows

from portal.core import clock
from portal.core.db import db, read_row
from portal.core.errors import AlreadyDone
from portal.policy import Person
from portal.services.models import UsedKey

# Both write "insert, or else ..." in the same words.
Insert = postgresql.Insert | sqlite.Insert


def _claiming(insert: Callable[[type[UsedKey]], Insert]) -> TypedReturnsRows[str]:
    return insert(UsedKey).on_conflict_do_nothing(index_elements=["key"]).returning(UsedKey.key)


CLAIM = {"postgresql": _claiming(postgresql.insert), "sqlite": _claiming(sqlite.insert)}
FIRST = select(UsedKey.address).where(UsedKey.key == bindparam("used"))
LEAD = update(UsedKey).where(UsedKey.key == bindparam("used")).values(address=bindparam("to"))


def claim(key: str, *, by: Person) -> None:
    """Claim `key` inside the write section; AlreadyDone carries the address of the first result.

    A request with the same key at the same moment waits for the first, and then is the second.
    """
    values = {"key": key, "address": "/", "account_id": by.id, "used_at": clock.now()}
    connection = db.session.connection()
    if connection.execute(CLAIM[connection.dialect.name], values).first() is None:
        first = read_row(FIRST, used=key)
        raise AlreadyDone(first.address if first is not None else "/")


def lead_to(key: str, address: str) -> None:
    """Remember the address of what was made: a request that sends `key` again is led there."""
    db.session.connection().execute(LEAD, {"used": key, "to": address})


def is_used(key: str) -> bool:
    """Return whether a form with this key was taken before."""
    return read_row(FIRST, used=key) is not None
