"""What happened to one commitment, as the law of how it stands wants it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, bindparam, case, exists, func, or_, select

from portal.commitments.models import Commitment, TermMove, Update
from portal.commitments.standing import Evidence, Moved, Reported, Timeline
from portal.core import clock
from portal.core.db import read_rows
from portal.documents.models import DocumentVersion
from portal.services.entered import whose


def timeline_of(commitment: Commitment) -> Timeline:
    """Return what happened to a commitment that is being or was published, for `standing_on`.

    In two queries.
    """
    published_at = commitment.published_at or clock.now()
    moves = select(TermMove.moved_at, TermMove.old_latest, TermMove.new_latest).where(
        TermMove.commitment_id == commitment.id
    )
    made_on = (commitment.promised_on, clock.day_of(published_at))
    return Timeline(
        stands_from=min(made_on),
        withdrawn_on=commitment.withdrawn_on,
        latest=commitment.term_latest,
        updates=_reported_of(commitment),
        moves=[
            Moved(clock.day_of(moved_at), old_latest, new_latest)
            for moved_at, old_latest, new_latest in read_rows(
                moves.order_by(TermMove.moved_at, TermMove.id)
            )
        ],
        made_on=made_on,
        whose=whose(commitment.entered_as, commitment.stance, commitment.stance_at),
    )


_VERSION = DocumentVersion.document_id == Update.evidence_id
_REPORTED = (
    select(
        Update.told_on,
        Update.progress,
        Update.entered_as,
        Update.stance,
        Update.stance_at,
        or_(Update.evidence_url.is_not(None), Update.evidence_id.is_not(None)),
        Update.hidden_at,
        # When the last version went out of sight, of a document that has none in sight.
        case(
            (
                and_(
                    Update.evidence_url.is_(None),
                    ~exists().where(_VERSION, DocumentVersion.hidden_at.is_(None)),
                ),
                select(func.max(DocumentVersion.hidden_at)).where(_VERSION).scalar_subquery(),
            )
        ),
    )
    .where(Update.commitment_id == bindparam("commitment_id"), Update.retracted_at.is_(None))
    .order_by(Update.id)
)


def _reported_of(commitment: Commitment) -> list[Reported]:
    rows = read_rows(_REPORTED, commitment_id=commitment.id)
    return [
        Reported(row[0], row[1], whose(*row[2:5]), _evidence(*row[6:]) if row[5] else None)
        for row in rows
    ]


def _evidence(*hidden_at: datetime | None) -> Evidence:
    """Return evidence that is out of sight since the first of these moments, if there is any."""
    return Evidence(min((clock.day_of(each) for each in hidden_at if each), default=None))
