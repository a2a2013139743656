"""Readers who are signed in, without a password: by a session row and its cookie."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import insert

from portal.accounts.models import AccountSession
from portal.core import clock
from portal.core.db import db, short_transaction
from portal.core.tokens import new_token, token_hash


def cookie_of(app: Flask, account_id: int, **values: object) -> str:
    """Return the Cookie header of a new session of this account, with `values` in its cookie."""
    token = new_token()
    now = clock.now()
    with app.app_context():
        with short_transaction() as connection:
            connection.execute(
                insert(AccountSession).values(
                    account_id=account_id,
                    token_hash=token_hash(token),
                    device="bench",
                    created_at=now,
                    last_seen_at=now,
                )
            )
        db.session.remove()
    serializer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    value = serializer.dumps({"_user_id": token, "_fresh": True, **values})
    return f"{app.config['SESSION_COOKIE_NAME']}={value}"
