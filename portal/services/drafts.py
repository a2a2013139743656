"""A text that was typed while signed out: kept, and put back into its field after sign-in."""

from __future__ import annotations

from typing import Any

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


def keep(address: str, fields: dict[str, Any], account_id: int | None = None) -> str | None:
    """Keep `fields` for the form at `address`; return the token that claims them, None if empty."""
    kept = {name: value for name, value in fields.items() if value not in (None, "", [], False)}
    if not kept or sum(len(str(value)) for value in kept.values()) > MAX_CHARACTERS:
        return None
    token = new_token()
    with short_transaction() as connection:
        connection.execute(
            Draft.__table__.insert().values(  # type: ignore[attr-defined]
                token_hash=token_hash(token),
                account_id=account_id,
                address=address,
                fields=kept,
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
    """Return where the draft behind `token` belongs."""
    if not token:
        return None
    return db.session.scalar(select(Draft.address).where(Draft.token_hash == token_hash(token)))


def latest(account_id: int, address: str) -> dict[str, Any] | None:
    """Return the fields that wait for this account at this address."""
    found = read_row(LATEST, account_id=account_id, address=address)
    return found.fields if found is not None else None


def newest_address(account_id: int) -> str | None:
    """Return the address of the newest draft of an account: where it was interrupted."""
    found = select(Draft.address).where(Draft.account_id == account_id)
    return db.session.scalar(found.order_by(Draft.id.desc()).limit(1))


def forget(account_id: int, address: str) -> None:
    """Drop what waited at this address: it was posted."""
    values = {"account_id": account_id, "address": address}
    db.session.connection().execute(FORGET, values)
