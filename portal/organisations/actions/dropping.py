"""What somebody set out under a role that is lost: withdrawn, so that it works for nobody."""

from __future__ import annotations

from portal.core.db import db, lock_row
from portal.core.tokens import new_token, token_hash
from portal.organisations import mails, queries
from portal.organisations.events import AccessMoved, MemberDropped
from portal.organisations.models import Organisation
from portal.policy import Permission, Person, Role, holds_right
from portal.services.events import tell
from portal.services.history import advance, hold_if_open


def drop_role(organisation: Organisation, *, account_id: int, role: str, by: Person) -> None:
    """Withdraw what `account_id` can no longer stand for, now that `role` is lost.

    Invitations die, texts for the page that wait for a moderator, and the mailed links with which
    an eigenaar objects to a right. Packages above hear of it.
    """
    db.session.flush()
    revoke_invitations(account_id, by)
    person = queries.person_of(account_id)
    if person is None or not holds_right(person, Permission.ORGANISATION_EDIT, organisation):
        for text in queries.open_profiles_of(organisation.id):
            if text.author_id == account_id and hold_if_open(text, "withdraw"):
                advance(text, "withdraw", by=by)
    if role == Role.OWNER:
        _renew_objections(organisation)
    tell(MemberDropped(organisation.id, account_id, role, by))


def _renew_objections(organisation: Organisation) -> None:
    """Mail who may object to a right another link: the earlier one also went to who is gone."""
    for row in queries.open_access_proposals(organisation.id):
        proposal = queries.get_access_proposal(organisation.id, row.id)
        if hold_if_open(proposal, "object"):
            token = new_token()
            proposal.token_hash = token_hash(token)
            mails.access_announced_to_owners(proposal, token)
            tell(AccessMoved(proposal, token))


def revoke_invitations(account_id: int, by: Person) -> None:
    """Take back the open invitations of an account, as far as it may not send them any longer."""
    for invitation in queries.open_invitations_by(account_id):
        # The organisation first, as whoever accepts does.
        lock_row(invitation.organisation)
        if hold_if_open(invitation, "revoke") and not queries.may_still_invite(invitation):
            advance(invitation, "revoke", by=by, ground=queries.INVITER_GONE)
