"""The people of an organisation, and who was invited to join them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, bindparam, case, select
from werkzeug.exceptions import NotFound

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db, read_rows
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
    Organisation.name.label("organisation_name"),
).join(Organisation, Organisation.id == Invitation.organisation_id)
_OPEN_INVITATIONS = _INVITATIONS.where(Invitation.state == InvitationState.OPEN).order_by(
    Invitation.id
)


def roles_of(account_id: int) -> dict[int, str]:
    """Return organisation id -> role of an account."""
    return {row[0]: row[1] for row in read_rows(_ROLES, account_id=account_id)}


def _members(statement: Select[*tuple[Any, ...]], organisation_id: int) -> list[MemberRow]:
    rows = db.session.execute(statement, {"organisation_id": organisation_id})
    return [MemberRow._make(row) for row in rows]


def people_of(organisation_id: int) -> list[MemberRow]:
    """Return everybody in an organisation, owners first. For its people and moderators only."""
    return _members(_PEOPLE, organisation_id)


def owners_of(organisation_id: int) -> list[MemberRow]:
    """Return the eigenaren of an organisation."""
    return _members(_OWNERS, organisation_id)


def moderators() -> Sequence[Row[int, str, str, str]]:
    """Return id, name, email and locale of every moderator."""
    return db.session.execute(_MODERATORS.order_by(Account.id)).all()


def get_membership(organisation_id: int, membership_id: int) -> Membership:
    """Return somebody's place in this organisation, or 404."""
    membership = db.session.get(Membership, membership_id)
    if membership is None or membership.organisation_id != organisation_id:
        raise NotFound
    return membership


def find_membership(organisation_id: int, account_id: int | None) -> Membership | None:
    """Return the place of an account in an organisation."""
    found = select(Membership).where(
        Membership.organisation_id == organisation_id, Membership.account_id == account_id
    )
    return db.session.scalars(found).first()


def open_invitations(organisation_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the invitations of an organisation that wait for an answer, expired ones too."""
    found = _OPEN_INVITATIONS.where(Invitation.organisation_id == organisation_id)
    return db.session.execute(found).all()


def invitations_to(email_key: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the invitations to an address that can still be accepted."""
    found = _OPEN_INVITATIONS.where(
        Invitation.email_key == email_key, Invitation.expires_at > clock.now()
    )
    return db.session.execute(found).all()


def find_open_invitation(organisation_id: int, email_key: str) -> Invitation | None:
    """Return the invitation of this address that waits for an answer, expired or not."""
    found = select(Invitation).where(
        Invitation.organisation_id == organisation_id,
        Invitation.email_key == email_key,
        Invitation.state == InvitationState.OPEN,
    )
    return db.session.scalars(found).first()


def get_invitation(organisation_id: int, invitation_id: int) -> Invitation:
    """Return an invitation of this organisation, or 404."""
    invitation = db.session.get(Invitation, invitation_id)
    if invitation is None or invitation.organisation_id != organisation_id:
        raise NotFound
    return invitation


def invitation_by_token(token: str) -> Invitation:
    """Return the invitation behind a mailed link, in whatever state, or 404."""
    found = select(Invitation).where(Invitation.token_hash == token_hash(token))
    invitation = db.session.scalars(found).first()
    if invitation is None:
        raise NotFound
    return invitation


def why_dead(invitation: Invitation) -> str | None:
    """Return why its link no longer works: used, replaced, revoked or expired; None: it works."""
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
