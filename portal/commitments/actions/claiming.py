"""What the signatory says of what the vereniging entered: ours, or not ours."""

from __future__ import annotations

from portal.accounts.queries import name_of
from portal.commitments.actions.following import follow_progress
from portal.commitments.actions.writing import address_of, address_of_update
from portal.commitments.models import Commitment, Update
from portal.organisations import mails
from portal.policy import Person
from portal.services import entered
from portal.services.entered import Beside


def take_over(claim: Commitment | Update, *, by: Person | None) -> None:
    """Confirm a commitment or an update that the vereniging entered; StepNotOpen for any other."""
    entered.take_over(claim, by=by)
    follow_progress(_commitment(claim))


def disown(claim: Commitment | Update, *, reason: str, by: Person | None) -> None:
    """Say with a reason that the signatory did not promise or report this; moderators hear.

    ReasonMissing without a reason, StepNotOpen for what is the word of the signatory.
    """
    commitment = _commitment(claim)
    path = address_of_update(claim) if isinstance(claim, Update) else address_of(commitment)
    beside = Beside(commitment.organisation_id, commitment.title, path)
    entered.disown(claim, beside, reason=reason, by=by)
    follow_progress(commitment)
    mails.claim_disowned(
        commitment.organisation,
        kind="commitment",
        beside=beside,
        reason=reason.strip(),
        writer=name_of(by),
    )


def take_back_disowning(claim: Commitment | Update, *, by: Person | None) -> None:
    """Let it stand as before it was disowned; StepNotOpen when it was not."""
    entered.take_back_disowning(claim, by=by)
    follow_progress(_commitment(claim))


def _commitment(claim: Commitment | Update) -> Commitment:
    return claim if isinstance(claim, Commitment) else claim.commitment
