"""What becomes of what somebody set out for the vereniging who has no role there any more."""

from __future__ import annotations

from portal.accounts.events import StaffRoleTaken
from portal.core.db import lock_row
from portal.organisations import queries
from portal.organisations.actions.access import withdraw_access_proposal
from portal.organisations.actions.dropping import revoke_invitations
from portal.services.history import hold_if_open


def drop_staff_role(taken: StaffRoleTaken) -> None:
    """Withdraw the invitations and proposals of somebody who no longer moderates."""
    revoke_invitations(taken.account_id, taken.by)
    person = queries.person_of(taken.account_id)
    if person is not None and person.is_moderator:
        return
    for proposal in queries.live_proposals_by(taken.account_id):
        lock_row(proposal.organisation)
        if hold_if_open(proposal, "withdraw"):
            withdraw_access_proposal(proposal, by=taken.by)
