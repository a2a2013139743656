"""Rappels, with what they asked of whom."""

from __future__ import annotations

from collections.abc import Sequence

from portal.commitments.models import Commitment
from portal.core import clock
from portal.core.db import db
from portal.lifecycle import RappelState
from portal.rappels.models import Rappel, RappelParty, RappelPromise
from portal.rappels.outcomes import Outcome, Reach
from tests.factories.states import add, bring_to, committed, number

RUNNING = (RappelState.READY, RappelState.LEAVING, RappelState.OPEN, RappelState.REMINDING)
OUT = (RappelState.OPEN, RappelState.REMINDING, RappelState.PUBLISHED)


@committed
def make_rappel(
    *promises: Commitment,
    state: str = "open",
    name: str | None = None,
    outcome: Outcome = Outcome.NOTHING,
    is_running: bool = True,
) -> Rappel:
    """Return a rappel that asked about these promises, whose signatories are all that there are.

    A published one has this `outcome` of each. One that runs not is beside another that does.
    """
    now = clock.now()
    rappel = Rappel(name=name or f"2026-{100 + number() % 900}", created_at=now)
    bring_to(rappel, state, by=None)
    rappel.is_running = True if is_running and state in RUNNING else None
    rappel.went_at = now if state in OUT else None
    rappel.goes_at = now if state in (RappelState.LEAVING, RappelState.REMINDING) else None
    rappel.closed_at = now if state == RappelState.PUBLISHED else None
    add(rappel)
    if state in OUT:
        _ask(rappel, promises, outcome if rappel.is_public else None)
    return rappel


def _ask(rappel: Rappel, promises: Sequence[Commitment], outcome: Outcome | None) -> None:
    for organisation_id in sorted({promise.organisation_id for promise in promises}):
        party = {"organisation_id": organisation_id, "reach": Reach.ASKED}
        db.session.add(RappelParty(rappel_id=rappel.id, **party))
    for promise in promises:
        latest = promise.term_latest or clock.today()
        db.session.add(
            RappelPromise(
                rappel_id=rappel.id,
                organisation_id=promise.organisation_id,
                commitment_id=promise.id,
                is_lapsed=latest < clock.today(),
                term_words=promise.term_words,
                term_earliest=promise.term_earliest,
                term_latest=latest,
                outcome=outcome,
                answered_at=clock.now() if outcome not in (None, Outcome.NOTHING) else None,
            )
        )
    db.session.flush()
