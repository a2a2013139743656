"""The invitations to join an organisation."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from portal.accounts.queries.invitations import (
    INVITER_GONE,
    address_of_link,
    by_link,
    why_closed,
)
from portal.core import clock
from portal.core.db import db, read_as
from portal.lifecycle import InvitationState
from portal.organisations.models import Invitation, Organisation
from portal.organisations.queries.access import is_of_staff
from portal.organisations.queries.second_look import person_of
from portal.policy import Permission, can, holds_right


class InvitationRow(NamedTuple):
    """An invitation that waits for an answer."""

    id: int
    email: str
    role: str
    created_at: datetime
    expires_at: datetime
    organisation_id: int
    organisation_name: str
    # Set: it cannot be accepted now.
    frozen_at: datetime | None


_INVITATIONS = select(
    Invitation.id,
    Invitation.email,
    Invitation.role,
    Invitation.created_at,
    Invitation.expires_at,
    Invitation.organisation_id,
    Organisation.name,
    Organisation.frozen_at,
).join(Organisation, Organisation.id == Invitation.organisation_id)
_OPEN_INVITATIONS = _INVITATIONS.where(Invitation.state == InvitationState.OPEN).order_by(
    Invitation.id
)


def open_invitations(organisation_id: int) -> list[InvitationRow]:
    """Return the invitations of an organisation that wait for an answer, expired ones too."""
    query = _OPEN_INVITATIONS.where(Invitation.organisation_id == organisation_id)
    return list(read_as(InvitationRow, query))


def invitations_to(email_key: str) -> list[InvitationRow]:
    """Return the invitations to an address that can still be accepted."""
    query = _OPEN_INVITATIONS.where(
        Invitation.email_key == email_key, Invitation.expires_at > clock.now()
    )
    return list(read_as(InvitationRow, query))


def find_open_invitation(organisation_id: int, email_key: str) -> Invitation | None:
    """Return the invitation to this address that waits for an answer, expired or not, or None."""
    query = select(Invitation).where(
        Invitation.organisation_id == organisation_id,
        Invitation.email_key == email_key,
        Invitation.state == InvitationState.OPEN,
    )
    return db.session.scalars(query).first()


def get_invitation(organisation_id: int, invitation_id: int) -> Invitation:
    """Return an invitation of this organisation, or 404."""
    invitation = db.session.get(Invitation, invitation_id)
    if invitation is None or invitation.organisation_id != organisation_id:
        raise NotFound
    return invitation


def invitation_by_token(token: str) -> Invitation:
    """Return the invitation behind a mailed link, in whatever state, or 404.

    LinkDead for the link of before it was mailed again.
    """
    return by_link(Invitation, token)


def invited_address(path: str) -> str | None:
    """Return the address to which the link with this path went, as `address_of_link` does."""
    return address_of_link(Invitation, "organisations.accept", path)


def why_dead(invitation: Invitation) -> str | None:
    """Return why its link fails, None when it works.

    It was used, replaced, revoked or has expired, or who invited has no right to do so any longer.
    """
    siblings = Invitation.organisation_id == invitation.organisation_id
    why = why_closed(invitation, siblings)
    if why is not None:
        return why
    return None if may_still_invite(invitation) else INVITER_GONE


def may_still_invite(invitation: Invitation) -> bool:
    """Return whether who sent an invitation may send it today.

    One of the vereniging works as long as there is no eigenaar, and for nobody of its own.
    """
    author = person_of(invitation.author_id) if invitation.author_id is not None else None
    if author is None:
        return False
    if invitation.proposal_id is None:
        return holds_right(author, Permission.MEMBER_INVITE, invitation)
    may_propose = can(author, Permission.ACCESS_PROPOSE, invitation)
    return may_propose and not is_of_staff(invitation.email_key)


def find_invitation_of(proposal_id: int) -> Invitation | None:
    """Return the last invitation by which a proposal of the vereniging was given, if any."""
    query = select(Invitation).where(Invitation.proposal_id == proposal_id)
    return db.session.scalars(query.order_by(Invitation.id.desc()).limit(1)).first()


def open_invitations_by(account_id: int) -> list[Invitation]:
    """Return the invitations of an account that wait for an answer, by organisation."""
    query = select(Invitation).where(
        Invitation.author_id == account_id, Invitation.state == InvitationState.OPEN
    )
    return list(db.session.scalars(query.order_by(Invitation.organisation_id, Invitation.id)))
