"""The progress column of a commitment, which follows updates and the word of the signatory."""

from __future__ import annotations

from datetime import date

from portal.commitments.models import Commitment
from portal.commitments.queries.timeline import timeline_of
from portal.commitments.standing import progress_on
from portal.core.db import db
from portal.lifecycle import CommitmentState


def follow_progress(commitment: Commitment) -> None:
    """Bring the columns of how far it is in line with what was said of it; an end stays one."""
    if commitment.state == CommitmentState.WITHDRAWN:
        return
    db.session.flush()
    commitment.progress, commitment.done_on = progress_on(timeline_of(commitment), date.max)
