"""The columns of how a commitment stands, which follow updates and the word of the signatory."""

from __future__ import annotations

from datetime import date

from portal.commitments.models import Commitment
from portal.commitments.queries.timeline import timeline_of
from portal.commitments.standing import news_on, progress_on
from portal.core.db import db
from portal.lifecycle import CommitmentState


def follow_progress(commitment: Commitment) -> None:
    """Bring the columns of how far it is in line with what was said of it; an end stays one."""
    if commitment.state == CommitmentState.WITHDRAWN:
        return
    db.session.flush()
    timeline = timeline_of(commitment)
    commitment.progress, commitment.done_on = progress_on(timeline, date.max)
    commitment.news_on = news_on(timeline, date.max)
