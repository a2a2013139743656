"""What the signatory says of the facts that the vereniging entered about it."""

from __future__ import annotations

from portal.accounts.queries import name_of
from portal.organisations import mails
from portal.organisations.models import Organisation
from portal.policy import Person
from portal.services import entered


def take_over_facts(organisation: Organisation, *, by: Person | None) -> None:
    """Confirm the facts that the vereniging entered; StepNotOpen for facts of the signatory."""
    entered.take_over(organisation, by=by)


def disown_facts(organisation: Organisation, *, reason: str, by: Person | None) -> None:
    """Say with a reason that these facts are not right; it stands beside them, moderators hear."""
    entered.disown(organisation, reason=reason, by=by)
    mails.claim_disowned(
        organisation,
        claim=organisation.name,
        path=f"/ondertekenaars/{organisation.slug}",
        reason=reason.strip(),
        writer=name_of(by),
    )


def take_back_disowning_facts(organisation: Organisation, *, by: Person | None) -> None:
    """Let the facts stand as before they were disowned; StepNotOpen when they were not."""
    entered.take_back_disowning(organisation, by=by)
