"""What somebody set out under a role that is lost: withdrawn, so that it works for nobody."""

from __future__ import annotations

from portal.core.db import db, lock_row
from portal.organisations import queries
from portal.organisations.events import MemberDropped
from portal.organisations.models import Organisation
from portal.policy import Permission, Person, holds_right
from portal.services.events import tell
from portal.services.history import advance, hold_if_open


def drop_role(organisation: Organisation, *, account_id: int, role: str, by: Person) -> None:
    """Withdraw what `account_id` can no longer stand for, now that `role` is lost.

    Invitations die, and texts for the page that wait for a moderator. Packages above hear of it.
    """
    db.session.flush()
    revoke_invitations(account_id, by)
    person = queries.person_of(account_id)
    if person is None or not holds_right(person, Permission.ORGANISATION_EDIT, organisation):
        for text in queries.open_profiles_of(organisation.id):
            if text.author_id == account_id and hold_if_open(text, "withdraw"):
                advance(text, "withdraw", by=by)
    tell(MemberDropped(organisation.id, account_id, role, by))


def revoke_invitations(account_id: int, by: Person) -> None:
    """Take back the open invitations of an account, as far as it may not send them any longer."""
    for invitation in queries.open_invitations_by(account_id):
        # The organisation first, as whoever accepts does.
        lock_row(invitation.organisation)
        if hold_if_open(invitation, "revoke") and not queries.may_still_invite(invitation):
            advance(invitation, "revoke", by=by, ground=queries.INVITER_GONE)
