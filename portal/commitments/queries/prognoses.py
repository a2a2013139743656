"""What signatories expect of their promises: one to take back, and those of a page."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from werkzeug.exceptions import NotFound

from portal.commitments.models import Commitment, Prognosis
from portal.core.db import db

PROGNOSES = (
    select(
        Prognosis.id,
        Prognosis.expected,
        Prognosis.html,
        Prognosis.language,
        Prognosis.created_at,
        Prognosis.recalled_at,
        Prognosis.author_id,
        Prognosis.hidden_at,
        Prognosis.hidden_ground,
        Prognosis.entered_as,
        Prognosis.source_title,
        Prognosis.source_url,
    )
    .where(Prognosis.commitment_id == bindparam("commitment_id"))
    .order_by(Prognosis.id)
)
_STANDS = (Prognosis.recalled_at.is_(None), Prognosis.hidden_at.is_(None))
# The words of the newest that counts and everybody can read, of each commitment of a select.
EXPECTED = (
    select(Prognosis.expected)
    .where(Prognosis.commitment_id == Commitment.id, *_STANDS)
    .order_by(Prognosis.id.desc())
    .limit(1)
    .correlate(Commitment)
    .scalar_subquery()
)


def get_prognosis(commitment_id: int, prognosis_id: int) -> Prognosis:
    """Return one of the prognoses beside a commitment, or 404."""
    prognosis = db.session.get(Prognosis, prognosis_id)
    if prognosis is None or prognosis.commitment_id != commitment_id:
        raise NotFound
    return prognosis
