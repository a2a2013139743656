"""What is still to be answered of a rappel that went out, and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from portal.rappels.models import Rappel
from portal.rappels.outcomes import Reach
from portal.rappels.queries.asking import Asked, Round, round_on
from portal.rappels.queries.results import lines_of


def unanswered(rappel: Rappel) -> Mapping[int, set[int]]:
    """Return organisation -> the promises of it to which nobody answered."""
    left: dict[int, set[int]] = {}
    for line in lines_of(rappel):
        if not line.is_answered:
            left.setdefault(line.organisation_id, set()).add(line.commitment_id)
    return left


def still_asked(rappel: Rappel, *, on: date) -> Round:
    """Return whom a mail would ask on `on` about what they did not answer: the people of that day.

    What runs no more, or was asked of nobody, is left out.
    """
    left = unanswered(rappel)
    parties = [
        _narrowed(party, left.get(party.organisation.id, set()))
        for party in round_on(on).of(Reach.ASKED)
    ]
    return Round([party for party in parties if party.lapsed or party.coming])


def _narrowed(party: Asked, left: set[int]) -> Asked:
    return replace(
        party,
        lapsed=[row for row in party.lapsed if row.id in left],
        coming=[row for row in party.coming if row.id in left],
    )
