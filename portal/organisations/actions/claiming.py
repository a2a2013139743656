"""What the signatory says of the facts that the vereniging entered about it."""

from __future__ import annotations

from portal.accounts.queries import name_of
from portal.lifecycle.claims import EnteredAs, Stance
from portal.organisations import mails, queries
from portal.organisations.models import Organisation
from portal.policy import Person
from portal.services import disowning as disownings
from portal.services import entered
from portal.services.entered import Beside
from portal.services.hiding import Notice
from portal.services.history import history_of
from portal.services.models import Disowning, HistoryRow

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
    beside = Beside(organisation.id, organisation.name, f"/ondertekenaars/{organisation.slug}")
    entered.disown(organisation, beside, reason=reason, by=by)
    mails.claim_disowned(
        organisation,
        kind="facts",
        beside=beside,
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
    entered.answer_anew(organisation, stance, at=row.at if row is not None else None)


def hide_reason(disowning: Disowning, *, ground: str, reason: str, by: Person) -> None:
    """Take out of sight why an organisation disowns a claim; its owners and editors hear."""
    notice = _notice_of(disowning)
    disownings.hide(disowning, notice, ground=ground, reason=reason, by=by)


def restore_reason(disowning: Disowning, *, reason: str = "", by: Person) -> None:
    """Let it stand beside the claim again; its owners and editors hear."""
    disownings.restore(disowning, _notice_of(disowning), reason=reason, by=by)


def _notice_of(disowning: Disowning) -> Notice:
    number = disowning.organisation_id
    return Notice(
        queries.writers_and_mailbox(number),
        disowning.title,
        f"/organisaties/{number}/over-ons",
        disowning.reason,
        number,
    )


def _is_answer(row: HistoryRow) -> bool:
    # An edit that gives no reason changed the province alone.
    return row.step in _ANSWERS and (row.step != "edited" or row.reason_sha256 is not None)
