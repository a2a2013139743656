"""The signatures of the past that somebody entered a short while ago, in one sitting."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from portal.core.db import db, read_as
from portal.lifecycle import SignatureState
from portal.organisations.models import Organisation
from portal.services.history import last_row
from portal.services.models import HistoryRow
from portal.signatures.models import Signature

MOST_SHOWN = 100
ENTERING = ("enter", "put_forward")


class EnteredRow(NamedTuple):
    """A signature of the past in the list of who entered it."""

    id: int
    state: SignatureState
    name: str
    signed_words: str | None
    at: datetime


def entered_since(account_id: int, since: datetime) -> tuple[EnteredRow, ...]:
    """Return what an account entered since a moment and did not take back, newest first."""
    query = (
        select(
            Signature.id,
            Signature.state,
            Organisation.name,
            Signature.signed_words,
            HistoryRow.at,
        )
        .join(HistoryRow, HistoryRow.subject_id == Signature.id)
        .join(Organisation, Organisation.id == Signature.organisation_id)
        .where(
            HistoryRow.subject == Signature.thing,
            HistoryRow.step.in_(ENTERING),
            HistoryRow.account_id == account_id,
            HistoryRow.at >= since,
            Signature.state != SignatureState.CANCELLED,
        )
        .order_by(HistoryRow.id.desc())
        .limit(MOST_SHOWN)
    )
    return read_as(EnteredRow, query)


def find_last_entered(account_id: int, since: datetime) -> Signature | None:
    """Return the newest signature of the past that an account entered since a moment, or None."""
    rows = entered_since(account_id, since)
    return db.session.get(Signature, rows[0].id) if rows else None


def is_just_entered(signature: Signature, account_id: int | None) -> bool:
    """Return whether this account entered it, and nothing was done with it since."""
    last = last_row(signature.thing, signature.id)
    return last is not None and last.step == "enter" and last.account_id == account_id
