"""What the signatory says of the facts that the vereniging entered about it."""

from __future__ import annotations

from portal.accounts.queries import name_of
from portal.lifecycle.claims import EnteredAs, Stance
from portal.organisations import mails, queries
from portal.organisations.models import Organisation
from portal.policy import Person
from portal.services import entered
from portal.services.history import history_of
from portal.services.models import HistoryRow

# What each act with these facts says of them, besides a proposal that was placed.
_ANSWERS = {
    "taken_over": Stance.CONFIRMED,
    "edited": Stance.CORRECTED,
    "disowned": Stance.DISOWNED,
    "disown_undone": None,
}


def take_over_facts(organisation: Organisation, *, by: Person | None) -> None:
    """Confirm the facts that the vereniging entered; StepNotOpen for facts of the signatory."""
    entered.take_over(organisation, by=by)


def disown_facts(organisation: Organisation, *, reason: str, by: Person | None) -> None:
    """Say with a reason that these facts are not right; it stands beside them, moderators hear."""
    entered.disown(organisation, reason=reason, by=by)
    mails.claim_disowned(
        organisation,
        kind="facts",
        claim=organisation.name,
        path=f"/ondertekenaars/{organisation.slug}",
        reason=reason.strip(),
        writer=name_of(by),
    )


def take_back_disowning_facts(organisation: Organisation, *, by: Person | None) -> None:
    """Let the facts stand as before they were disowned; StepNotOpen when they were not."""
    entered.take_back_disowning(organisation, by=by)


def take_back_answer(organisation: Organisation) -> None:
    """Let the last answer count again that the signatory gave about these facts itself.

    What it gave by a proposal that was set back since counts no more.
    """
    if organisation.entered_as != EnteredAs.VERENIGING:
        return
    placed = queries.newest_placed_proposal(organisation.id)
    if placed is not None:
        entered.answer_anew(organisation, Stance.CORRECTED, at=placed.decided_at)
        return
    rows = history_of(organisation.thing, organisation.id)
    row = next((row for row in reversed(rows) if _is_answer(row)), None)
    stance = _ANSWERS[row.step] if row is not None else None
    reason = row.reason if row is not None and stance == Stance.DISOWNED else None
    entered.answer_anew(organisation, stance, at=row.at if row is not None else None, reason=reason)


def _is_answer(row: HistoryRow) -> bool:
    # An edit that gives no reason changed the province alone.
    return row.step in _ANSWERS and (row.step != "edited" or row.reason_sha256 is not None)
