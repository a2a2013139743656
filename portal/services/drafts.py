"""Drafts: what was typed into a form that could not be sent yet, of an account or a browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from portal.core import clock
from portal.core.db import db, read_row, short_transaction
from portal.services.models import Draft

# Of one draft, and of all those of one owner: in bytes as they are stored.
MAX_BYTES = 120_000
MAX_BYTES_IN_ALL = 600_000
MAX_DRAFTS = 20
# How long text that was thrown away can be put back.
KEEP_DROPPED = timedelta(hours=1)
# An index of PostgreSQL takes no longer key, whatever signs it is written in.
MAX_ADDRESS_BYTES = 2_000

# Both write "insert, or else ..." in the same words.
Insert = postgresql.Insert | sqlite.Insert


@dataclass(frozen=True, slots=True)
class Owner:
    """The account that a draft is of, or the browser: the hash of its mark for drafts."""

    account_id: int | None = None
    mark_hash: str | None = None

    @property
    def column(self) -> str:
        return "account_id" if self.account_id is not None else "mark_hash"

    @property
    def value(self) -> int | str | None:
        return self.account_id if self.account_id is not None else self.mark_hash

    def owns(self) -> ColumnElement[bool]:
        """Return the condition that finds the drafts of this owner."""
        condition: ColumnElement[bool] = getattr(Draft, self.column) == self.value
        return condition


@dataclass(frozen=True, slots=True)
class Found:
    """The fields of a draft, and whether its account threw it away."""

    fields: dict[str, object]
    is_dropped: bool


@dataclass(frozen=True, slots=True)
class Content:
    """What a draft holds: the filled fields of a form, and how many bytes they take."""

    fields: dict[str, object]
    size: int


def content_of(fields: Mapping[str, object]) -> Content | None:
    """Return the content of a draft of `fields`; None when all are empty, or too long together."""
    filled = {name: value for name, value in fields.items() if value not in (None, "", [], False)}
    size = len(json.dumps(filled).encode())
    return Content(filled, size) if filled and size <= MAX_BYTES else None


def _storing(insert: Callable[[type[Draft]], Insert], column: str) -> Insert:
    first = insert(Draft)
    names = ("fields", "size", "typed_at", "dropped_at")
    return first.on_conflict_do_update(
        index_elements=[column, "address"], set_={name: first.excluded[name] for name in names}
    )


STORE = {
    (dialect, column): _storing(insert, column)
    for dialect, insert in (("postgresql", postgresql.insert), ("sqlite", sqlite.insert))
    for column in ("account_id", "mark_hash")
}
# On SQLite one transaction writes at a time; on PostgreSQL one for each owner.
IN_TURN = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("owner"), 0)))
NEWEST_FIRST = (Draft.typed_at.desc(), Draft.id.desc())
_HERE = (Draft.account_id == bindparam("account_id"), Draft.address == bindparam("address"))
LATEST = select(Draft.fields, Draft.dropped_at).where(*_HERE)
FORGET = delete(Draft).where(*_HERE)


def remember(owner: Owner, address: str, content: Content) -> bool:
    """Store what was typed into the form at `address`, in place of what was typed there before.

    The oldest drafts of the owner go when they are more than MAX_DRAFTS, or together longer than
    MAX_BYTES_IN_ALL. Return whether it was stored: at an address that is too long, nothing is.
    """
    if len(address.encode()) > MAX_ADDRESS_BYTES:
        return False
    row: dict[str, Any] = {owner.column: owner.value, "address": address, "typed_at": clock.now()}
    row |= {"fields": content.fields, "size": content.size, "dropped_at": None}
    with short_transaction() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(IN_TURN, {"owner": f"draft of {owner.column} {owner.value}"})
        connection.execute(STORE[connection.dialect.name, owner.column], row)
        _bound(connection, owner)
    return True


def _bound(connection: Connection, owner: Owner) -> None:
    """Delete the oldest drafts of an owner that has too many, or too much in them together."""
    rows = connection.execute(
        select(Draft.id, Draft.size).where(owner.owns()).order_by(*NEWEST_FIRST)
    )
    in_all, surplus = 0, []
    for position, (number, size) in enumerate(rows):
        in_all += size
        if position >= MAX_DRAFTS or in_all > MAX_BYTES_IN_ALL:
            surplus.append(number)
    if surplus:
        connection.execute(delete(Draft).where(Draft.id.in_(surplus)))


def claim(browser: Owner, account_id: int) -> None:
    """Give the drafts of a browser to the account that signs in there, and to nobody else.

    They take the place of what the account itself typed at the same addresses.
    """
    addresses = select(Draft.address).where(browser.owns())
    replaced = delete(Draft).where(Draft.account_id == account_id, Draft.address.in_(addresses))
    # A draft that is this account's already, since it registered here, is not replaced by itself.
    is_others = Draft.mark_hash.is_distinct_from(browser.mark_hash)
    connection = db.session.connection()
    connection.execute(replaced.where(is_others))
    mine = update(Draft).where(browser.owns())
    connection.execute(mine.values(account_id=account_id, mark_hash=None))
    _bound(connection, Owner(account_id))


def share(browser: Owner, account_id: int) -> None:
    """Let an account that is new have the drafts of the browser that it is made in.

    They stay those of the browser too: what it holds does not tell whether an account was made.
    """
    mine = update(Draft).where(browser.owns())
    db.session.connection().execute(mine.values(account_id=account_id))


def find(account_id: int, address: str) -> Found | None:
    """Return the draft of an account at this address, also one that it threw away; or None."""
    row = read_row(LATEST, account_id=account_id, address=address)
    return Found(row.fields, row.dropped_at is not None) if row is not None else None


def newest_address(owner: Owner) -> str | None:
    """Return the address of the form that was interrupted last; None without a draft."""
    query = select(Draft.address).where(owner.owns(), Draft.dropped_at.is_(None))
    return db.session.scalar(query.order_by(*NEWEST_FIRST).limit(1))


def forget(account_id: int, address: str) -> None:
    """Delete the draft of an account at this address: it was sent."""
    values = {"account_id": account_id, "address": address}
    db.session.connection().execute(FORGET, values)


def drop(account_id: int, address: str) -> None:
    """Throw the draft of an account at this address away; `put_back` undoes it for KEEP_DROPPED.

    Those days count from the first time.
    """
    _set_dropped(account_id, address, clock.now(), Draft.dropped_at.is_(None))


def put_back(account_id: int, address: str) -> None:
    """Take back that the draft of an account at this address was thrown away."""
    _set_dropped(account_id, address, None, Draft.dropped_at.is_not(None))


def _set_dropped(
    account_id: int, address: str, at: datetime | None, is_other: ColumnElement[bool]
) -> None:
    own = update(Draft).where(Draft.account_id == account_id, Draft.address == address, is_other)
    db.session.connection().execute(own.values(dropped_at=at))


def forget_all(account_id: int) -> None:
    """Take all drafts from an account: whoever typed them may be somebody else.

    What is shared with the browser it was typed in stays that browser's.
    """
    mine = Draft.account_id == account_id
    connection = db.session.connection()
    connection.execute(delete(Draft).where(mine, Draft.mark_hash.is_(None)))
    connection.execute(update(Draft).where(mine).values(account_id=None))
