"""The invitations to a role in the vereniging."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, true
from werkzeug.exceptions import NotFound

from portal.accounts.addresses import address_key
from portal.accounts.models import Account, StaffInvitation
from portal.accounts.queries.invitations import (
    INVITER_GONE,
    address_of_link,
    by_link,
    why_closed,
)
from portal.core import clock
from portal.core.db import db, read_as
from portal.lifecycle import InvitationState


class StaffInvitationRow(NamedTuple):
    """An invitation that waits for an answer."""

    id: int
    email: str
    role: str
    expires_at: datetime
    inviter: str

    @property
    def is_expired(self) -> bool:
        """Whether its link no longer works; mailed again, it does."""
        return self.expires_at < clock.now()


def open_staff_invitations() -> tuple[StaffInvitationRow, ...]:
    """Return the invitations that wait for an answer, expired ones too, oldest first."""
    query = (
        select(
            StaffInvitation.id,
            StaffInvitation.email,
            StaffInvitation.role,
            StaffInvitation.expires_at,
            Account.name,
        )
        .join(Account, Account.id == StaffInvitation.author_id)
        .where(StaffInvitation.state == InvitationState.OPEN)
        .order_by(StaffInvitation.id)
    )
    return read_as(StaffInvitationRow, query)


def get_staff_invitation(invitation_id: int) -> StaffInvitation:
    """Return an invitation, or 404."""
    invitation = db.session.get(StaffInvitation, invitation_id)
    if invitation is None:
        raise NotFound
    return invitation


def find_open_staff_invitation(email: str) -> StaffInvitation | None:
    """Return the invitation to this address that waits for an answer, expired or not, or None."""
    query = select(StaffInvitation).where(
        StaffInvitation.email_key == address_key(email),
        StaffInvitation.state == InvitationState.OPEN,
    )
    return db.session.scalars(query).first()


def open_staff_invitations_by(account_id: int) -> list[StaffInvitation]:
    """Return the invitations that an account sent and that wait for an answer."""
    query = select(StaffInvitation).where(
        StaffInvitation.author_id == account_id, StaffInvitation.state == InvitationState.OPEN
    )
    return list(db.session.scalars(query.order_by(StaffInvitation.id)))


def staff_invitation_by_token(token: str) -> StaffInvitation:
    """Return the invitation behind a mailed link, in whatever state, or 404.

    LinkDead for the link of before it was mailed again.
    """
    return by_link(StaffInvitation, token)


def invited_staff_address(path: str) -> str | None:
    """Return the address to which the link with this path went, as `address_of_link` does."""
    return address_of_link(StaffInvitation, "accounts.accept_role", path)


def why_staff_invitation_dead(invitation: StaffInvitation) -> str | None:
    """Return why its link fails, None when it works.

    It was used, replaced, revoked or has expired, or who invited is no beheerder any longer.
    """
    why = why_closed(invitation, true())
    if why is not None:
        return why
    author = invitation.author
    return None if author.is_beheerder and not author.is_blocked else INVITER_GONE
