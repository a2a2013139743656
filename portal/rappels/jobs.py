"""What the worker does for rappels: put the planned one ready, let it go out, mail in batches."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from portal.core import clock
from portal.core.db import write_section
from portal.lifecycle import RappelState
from portal.rappels import actions
from portal.rappels.models import Rappel
from portal.rappels.queries import Asked, editable_plan, get_rappel, planned_on, still_asked
from portal.services.jobs import Unneeded, does, enqueue
from portal.services.upkeep import every

# So many signatories are mailed in one transaction: all of their mails are there, or none.
BATCH = 50
FIRST_HOUR = 7


@every(timedelta(hours=1))
def prepare_planned() -> None:
    """Put a rappel ready on the day of the plan, for a moderator to look at and send."""
    next_on, now = planned_on(), clock.now()
    is_day = now.astimezone(clock.AMSTERDAM).hour >= FIRST_HOUR
    if next_on is None or next_on > clock.today() or not is_day:
        return
    with write_section():
        actions.prepare_as_planned(editable_plan())


@does("rappel_out")
def go_out(payload: dict[str, Any]) -> None:
    """Let a rappel go out that nobody stopped."""
    _go(payload, RappelState.LEAVING, is_again=False)


@does("rappel_again")
def go_again(payload: dict[str, Any]) -> None:
    """Let the one reminder of a rappel go out that nobody stopped."""
    _go(payload, RappelState.REMINDING, is_again=True)


def _go(payload: dict[str, Any], state: RappelState, *, is_again: bool) -> None:
    with write_section():
        rappel = get_rappel(payload["rappel"])
        if rappel.state != state or not rappel.is_going_at(payload["goes_at"]):
            raise Unneeded("it was stopped")
        if is_again:
            actions.go_again(rappel)
        else:
            actions.go_out(rappel)
        _enqueue_batch(rappel, after=0, is_again=is_again)


def _enqueue_batch(rappel: Rappel, *, after: int, is_again: bool) -> None:
    payload = {"rappel": rappel.name, "after": after, "again": is_again}
    key = f"rappel_batch:{rappel.name}:{'again' if is_again else 'first'}:{after}"
    enqueue("rappel_batch", payload, key=key)


@does("rappel_batch")
def mail_batch(payload: dict[str, Any]) -> None:
    """Make the mails to some signatories, and a job for the next; all of it or nothing."""
    is_again = payload["again"]
    with write_section():
        rappel = get_rappel(payload["rappel"])
        if not rappel.is_open:
            raise Unneeded("it was closed")
        parties = _parties_after(rappel, payload["after"])
        for party in parties[:BATCH]:
            actions.mail_party(rappel, party, is_again=is_again)
        if len(parties) > BATCH:
            last = parties[BATCH - 1].organisation.id
            _enqueue_batch(rappel, after=last, is_again=is_again)


def _parties_after(rappel: Rappel, after: int) -> list[Asked]:
    """Return whom to mail after the organisation with this number, in the order of numbers."""
    parties = still_asked(rappel, on=clock.today()).parties
    later = [party for party in parties if party.organisation.id > after]
    return sorted(later, key=lambda party: party.organisation.id)
