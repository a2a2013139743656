"""What the rappel that runs still asks of organisations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from portal.lifecycle import RappelState
from portal.rappels.queries import asked_of, find_running
from portal.work.part import Part

_WAITS = (RappelState.OPEN, RappelState.REMINDING)


class RappelRow(NamedTuple):
    """Of how many promises a rappel has no answer from an organisation."""

    rappel: str
    organisation_id: int
    organisation_name: str
    number: int


def open_questions(organisations: Sequence[int]) -> Part[RappelRow]:
    """Return of how many promises the vereniging still asks these organisations how it stands."""
    rappel = find_running() if organisations else None
    if rappel is None or rappel.state not in _WAITS:
        return Part()
    rows = []
    for number in organisations:
        left = [line for line in asked_of(rappel, number) if not line.is_answered]
        if left:
            rows.append(RappelRow(rappel.name, number, left[0].organisation_name, len(left)))
    return Part(tuple(rows), len(rows))
