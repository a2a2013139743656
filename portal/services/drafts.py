"""Drafts: what was typed into a form while signed out, put back into it after signing in."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import bindparam, delete, select, update

from portal.core import clock
from portal.core.db import db, read_row, short_transaction
from portal.core.tokens import new_token, token_hash
from portal.services.models import Draft

MAX_CHARACTERS = 60_000

LATEST = (
    select(Draft.fields)
    .where(Draft.account_id == bindparam("account_id"), Draft.address == bindparam("address"))
    .order_by(Draft.id.desc())
    .limit(1)
)
FORGET = delete(Draft).where(
    Draft.account_id == bindparam("account_id"), Draft.address == bindparam("address")
)


def keep(address: str, fields: Mapping[str, object], account_id: int | None = None) -> str | None:
    """Store `fields` for the form at `address`; return the token with which they are claimed.

    None, and nothing is stored, when all are empty or together longer than MAX_CHARACTERS.
    """
    filled = {name: value for name, value in fields.items() if value not in (None, "", [], False)}
    if not filled or sum(len(str(value)) for value in filled.values()) > MAX_CHARACTERS:
        return None
    token = new_token()
    with short_transaction() as connection:
        connection.execute(
            Draft.__table__.insert().values(  # type: ignore[attr-defined]
                token_hash=token_hash(token),
                account_id=account_id,
                address=address,
                fields=filled,
                created_at=clock.now(),
            )
        )
    return token


def claim(token: str | None, account_id: int) -> None:
    """Give the draft behind `token` to an account; an unknown or claimed token does nothing."""
    if not token:
        return
    db.session.execute(
        update(Draft)
        .where(Draft.token_hash == token_hash(token), Draft.account_id.is_(None))
        .values(account_id=account_id)
    )


def address_of(token: str | None) -> str | None:
    """Return the address of the form that the draft behind `token` belongs to, or None."""
    if not token:
        return None
    return db.session.scalar(select(Draft.address).where(Draft.token_hash == token_hash(token)))


def latest(account_id: int, address: str) -> dict[str, object] | None:
    """Return the fields that were stored last for this account at this address, or None."""
    row = read_row(LATEST, account_id=account_id, address=address)
    return row.fields if row is not None else None


def newest_address(account_id: int) -> str | None:
    """Return the address of the newest draft of an account, where it was interrupted; or None."""
    query = select(Draft.address).where(Draft.account_id == account_id)
    return db.session.scalar(query.order_by(Draft.id.desc()).limit(1))


def forget(account_id: int, address: str) -> None:
    """Delete the drafts of an account at this address: what they hold was posted."""
    values = {"account_id": account_id, "address": address}
    db.session.connection().execute(FORGET, values)
