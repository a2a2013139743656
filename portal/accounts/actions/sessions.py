"""Ending sessions: one, or all of an account; and sign-ins that wait for a code."""

from __future__ import annotations

from sqlalchemy import delete

from portal.accounts.models import AccountSession, PendingSignIn
from portal.core import clock
from portal.core.db import db
from portal.core.settings import settings
from portal.core.tokens import new_token, token_hash


def end_session(session_id: int) -> None:
    """End one session row; the cookie that points to it is worth nothing from then on."""
    db.session.execute(delete(AccountSession).where(AccountSession.id == session_id))


def end_sessions_of(account_id: int, *, but: int | None = None) -> None:
    """End all sessions of an account, but one if given, and sign-ins that wait for a code."""
    ended = delete(AccountSession).where(AccountSession.account_id == account_id)
    if but is not None:
        ended = ended.where(AccountSession.id != but)
    db.session.execute(ended)
    pending = PendingSignIn.account_id == account_id
    db.session.execute(delete(PendingSignIn).where(pending))


def wait_for_code(account_id: int) -> str:
    """Return the token of a sign-in that waits for a code; those that took too long are gone."""
    _forget_late()
    token = new_token()
    row = PendingSignIn(account_id=account_id, token_hash=token_hash(token), created_at=clock.now())
    db.session.add(row)
    db.session.flush()
    return token


def _forget_late() -> None:
    oldest = clock.now() - settings().code_lifetime
    db.session.execute(delete(PendingSignIn).where(PendingSignIn.created_at <= oldest))


def end_pending(pending_id: int) -> None:
    """Let a sign-in wait for no code any more: the code was given."""
    db.session.execute(delete(PendingSignIn).where(PendingSignIn.id == pending_id))
