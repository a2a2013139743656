"""Ending sessions: one, or all of an account."""

from __future__ import annotations

from sqlalchemy import delete

from portal.accounts.models import AccountSession
from portal.core.db import db


def end_session(session_id: int) -> None:
    """End one session row; the cookie that points to it is worth nothing from then on."""
    db.session.execute(delete(AccountSession).where(AccountSession.id == session_id))


def end_sessions_of(account_id: int, *, but: int | None = None) -> None:
    """End all sessions of an account, but one if given."""
    ended = delete(AccountSession).where(AccountSession.account_id == account_id)
    if but is not None:
        ended = ended.where(AccountSession.id != but)
    db.session.execute(ended)
