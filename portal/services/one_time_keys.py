"""One-time keys: the same form sent twice makes one thing."""

from __future__ import annotations

import hashlib
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
FIRST = select(UsedKey.address, UsedKey.account_id).where(UsedKey.key == bindparam("used"))
LEAD = update(UsedKey).where(UsedKey.key == bindparam("used")).values(address=bindparam("to"))


def _at(key: str, path: str) -> str:
    """Return what is stored of a key: one page may hold it in forms to several addresses."""
    return hashlib.sha256(f"{key} {path}".encode()).hexdigest()


def claim(key: str, path: str, *, by: Person) -> None:
    """Claim the `key` of a form to `path`; AlreadyDone carries the address of the first result.

    Inside the write section: a request with the same key at the same moment waits for the first,
    and then is the second.
    """
    used = _at(key, path)
    values = {"key": used, "address": "/", "account_id": by.id, "used_at": clock.now()}
    connection = db.session.connection()
    if connection.execute(CLAIM[connection.dialect.name], values).first() is None:
        first = read_row(FIRST, used=used)
        raise AlreadyDone(first.address if first is not None else "/")


def lead_to(key: str, path: str, *, to: str) -> None:
    """Remember the address of what was made: whoever sends the form again is led there."""
    db.session.connection().execute(LEAD, {"used": _at(key, path), "to": to})


def find_result(key: str, path: str, *, by: Person) -> str | None:
    """Return where a form that this person sent before led to; None for one that was not taken."""
    first = read_row(FIRST, used=_at(key, path))
    return first.address if first is not None and first.account_id in (None, by.id) else None
