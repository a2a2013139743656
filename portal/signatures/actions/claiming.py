"""What the signatory says of a signature of the past that the vereniging entered."""

from __future__ import annotations

from portal.accounts.queries import name_of
from portal.organisations import mails
from portal.policy import Person
from portal.services import entered
from portal.services.entered import Beside
from portal.signatures.models import Signature


def take_over(signature: Signature, *, by: Person | None) -> None:
    """Confirm a signature that the vereniging entered; StepNotOpen for any other."""
    entered.take_over(signature, by=by)


def disown(signature: Signature, *, reason: str, by: Person | None) -> None:
    """Say with a reason that this was not signed so; it stands beside it, moderators hear."""
    organisation = signature.organisation
    beside = Beside(organisation.id, organisation.name, f"/ondertekenaars/{organisation.slug}")
    entered.disown(signature, beside, reason=reason, by=by)
    mails.claim_disowned(
        organisation,
        kind="signature",
        beside=beside,
        reason=reason.strip(),
        writer=name_of(by),
    )


def take_back_disowning(signature: Signature, *, by: Person | None) -> None:
    """Let it stand as before it was disowned; StepNotOpen when it was not."""
    entered.take_back_disowning(signature, by=by)
