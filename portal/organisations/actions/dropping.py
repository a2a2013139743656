"""What somebody set out under a role that is lost: withdrawn, so that it works for nobody."""

from __future__ import annotations

from portal.accounts.events import StaffRoleTaken
from portal.core.db import db, lock_row
from portal.lifecycle import Stateful, is_open_for, step_of
from portal.organisations import queries
from portal.organisations.events import MemberDropped
from portal.organisations.models import Organisation
from portal.policy import Permission, Person, can
from portal.services.events import tell
from portal.services.history import advance


def drop_role(organisation: Organisation, *, account_id: int, role: str, by: Person) -> None:
    """Withdraw what `account_id` can no longer stand for, now that `role` is lost.

    Invitations die, and texts for the page that wait for a moderator. Packages above hear of it.
    """
    db.session.flush()
    _revoke_invitations(account_id, by)
    person = queries.person_of(account_id)
    if person is None or not can(person, Permission.ORGANISATION_EDIT, organisation):
        for text in queries.open_profiles_of(organisation.id):
            if text.author_id == account_id and _can_still(text, "withdraw"):
                advance(text, "withdraw", by=by)
    tell(MemberDropped(organisation.id, account_id, role, by))


def drop_staff_role(taken: StaffRoleTaken) -> None:
    """Withdraw the invitations of somebody who no longer speaks for the vereniging."""
    _revoke_invitations(taken.account_id, taken.by)


def _revoke_invitations(account_id: int, by: Person) -> None:
    """Take back the open invitations of an account, as far as it may not send them any longer."""
    for invitation in queries.open_invitations_by(account_id):
        # The organisation first, as whoever accepts does.
        lock_row(invitation.organisation)
        if _can_still(invitation, "revoke") and not queries.may_still_invite(invitation):
            advance(invitation, "revoke", by=by, ground=queries.INVITER_GONE)


def _can_still(item: Stateful, step: str) -> bool:
    """Lock a row, and return whether the step is still open for it."""
    lock_row(item)
    return is_open_for(step_of(item.thing, step), item)
