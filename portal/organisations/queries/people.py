"""The people of an organisation, and the invitations to join them."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, case, select
from werkzeug.exceptions import NotFound

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db, read_as, read_rows
from portal.core.tokens import token_hash
from portal.lifecycle import InvitationState
from portal.organisations.models import Invitation, Membership, Organisation
from portal.policy import Role


class MemberRow(NamedTuple):
    """Somebody who belongs to an organisation."""

    membership_id: int
    account_id: int
    name: str
    email: str
    locale: str
    role: str
    job_title: str
    created_at: datetime


class ModeratorRow(NamedTuple):
    """A moderator of the vereniging, as mails need them."""

    id: int
    name: str
    email: str
    locale: str


class InvitationRow(NamedTuple):
    """An invitation that waits for an answer."""

    id: int
    email: str
    role: str
    created_at: datetime
    expires_at: datetime
    organisation_id: int
    organisation_name: str


_ROLES = select(Membership.organisation_id, Membership.role).where(
    Membership.account_id == bindparam("account_id")
)
_RANK = case({str(Role.OWNER): 1, str(Role.EDITOR): 2}, value=Membership.role, else_=3)
_PEOPLE = (
    select(
        Membership.id,
        Account.id,
        Account.name,
        Account.email,
        Account.locale,
        Membership.role,
        Membership.job_title,
        Membership.created_at,
    )
    .join(Account, Account.id == Membership.account_id)
    .where(Membership.organisation_id == bindparam("organisation_id"))
    .order_by(_RANK, Account.name, Membership.id)
)
_OWNERS = _PEOPLE.where(Membership.role == str(Role.OWNER))
_WRITERS = _PEOPLE.where(Membership.role.in_((str(Role.OWNER), str(Role.EDITOR))))
_MODERATORS = select(Account.id, Account.name, Account.email, Account.locale).where(
    Account.is_moderator, Account.confirmed_at.is_not(None)
)
_INVITATIONS = select(
    Invitation.id,
    Invitation.email,
    Invitation.role,
    Invitation.created_at,
    Invitation.expires_at,
    Invitation.organisation_id,
    Organisation.name,
).join(Organisation, Organisation.id == Invitation.organisation_id)
_OPEN_INVITATIONS = _INVITATIONS.where(Invitation.state == InvitationState.OPEN).order_by(
    Invitation.id
)


def roles_of(account_id: int) -> dict[int, str]:
    """Return organisation id -> role, for one account."""
    return {row[0]: row[1] for row in read_rows(_ROLES, account_id=account_id)}


def people_of(organisation_id: int) -> list[MemberRow]:
    """Return the members of an organisation, owners first; for members and moderators only."""
    return list(read_as(MemberRow, _PEOPLE, organisation_id=organisation_id))


def owners_of(organisation_id: int) -> list[MemberRow]:
    """Return the eigenaren of an organisation."""
    return list(read_as(MemberRow, _OWNERS, organisation_id=organisation_id))


def writers_of(organisation_id: int) -> list[MemberRow]:
    """Return the eigenaren and redacteuren of an organisation."""
    return list(read_as(MemberRow, _WRITERS, organisation_id=organisation_id))


def moderators() -> list[ModeratorRow]:
    """Return every moderator with a confirmed address."""
    return list(read_as(ModeratorRow, _MODERATORS.order_by(Account.id)))


def get_membership(organisation_id: int, membership_id: int) -> Membership:
    """Return a membership of this organisation, or 404."""
    membership = db.session.get(Membership, membership_id)
    if membership is None or membership.organisation_id != organisation_id:
        raise NotFound
    return membership


def find_membership(organisation_id: int, account_id: int | None) -> Membership | None:
    """Return the membership of an account in an organisation, None without one."""
    query = select(Membership).where(
        Membership.organisation_id == organisation_id, Membership.account_id == account_id
    )
    return db.session.scalars(query).first()


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
    """Return the invitation behind a mailed link, in whatever state, or 404."""
    query = select(Invitation).where(Invitation.token_hash == token_hash(token))
    invitation = db.session.scalars(query).first()
    if invitation is None:
        raise NotFound
    return invitation


def why_dead(invitation: Invitation) -> str | None:
    """Return why its link fails (used, replaced, revoked, expired), None when it works."""
    if invitation.state == InvitationState.ACCEPTED:
        return "used"
    if invitation.state != InvitationState.OPEN:
        later = select(Invitation.id).where(
            Invitation.organisation_id == invitation.organisation_id,
            Invitation.email_key == invitation.email_key,
            Invitation.id > invitation.id,
        )
        return "replaced" if db.session.scalars(later).first() is not None else "revoked"
    return "expired" if invitation.expires_at < clock.now() else None
