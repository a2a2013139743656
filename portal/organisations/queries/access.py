"""Rights over an organisation that the vereniging proposes, and who may not be given any."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select
from werkzeug.exceptions import NotFound

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db, read_as
from portal.core.errors import LinkDead, LinkUnknown
from portal.core.tokens import token_hash
from portal.lifecycle import AccessProposalState
from portal.organisations.models import AccessProposal

LIVE = (AccessProposalState.PROPOSED, AccessProposalState.ANNOUNCED)
_WHY_DEAD = {
    AccessProposalState.GIVEN: "expired",
    AccessProposalState.OBJECTED: "used",
}


class AccessProposalRow(NamedTuple):
    """A proposal that is not settled, as the page of people shows it."""

    id: int
    email: str
    role: str
    state: AccessProposalState
    author_id: int
    created_at: datetime
    effective_at: datetime | None


_LIVE = (
    select(*[getattr(AccessProposal, name) for name in AccessProposalRow._fields])
    .where(AccessProposal.state.in_(LIVE))
    .order_by(AccessProposal.id)
)


def open_access_proposals(organisation_id: int) -> list[AccessProposalRow]:
    """Return the proposals about an organisation that are not settled, oldest first."""
    query = _LIVE.where(AccessProposal.organisation_id == organisation_id)
    return list(read_as(AccessProposalRow, query))


def get_access_proposal(organisation_id: int, proposal_id: int) -> AccessProposal:
    """Return a proposal about this organisation, or 404."""
    proposal = db.session.get(AccessProposal, proposal_id)
    if proposal is None or proposal.organisation_id != organisation_id:
        raise NotFound
    return proposal


def proposal_by_token(token: str) -> AccessProposal:
    """Return the announced proposal behind a mailed link.

    LinkUnknown without one, LinkDead when it is settled.
    """
    query = select(AccessProposal).where(AccessProposal.token_hash == token_hash(token))
    proposal = db.session.scalars(query).first()
    if proposal is None:
        raise LinkUnknown
    if proposal.state != AccessProposalState.ANNOUNCED:
        raise LinkDead(_WHY_DEAD.get(proposal.state, "revoked"))
    return proposal


def live_proposal_of(request_id: int) -> AccessProposal | None:
    """Return the proposal about a request that is not settled, None without one."""
    query = select(AccessProposal).where(
        AccessProposal.request_id == request_id, AccessProposal.state.in_(LIVE)
    )
    return db.session.scalars(query).first()


def live_proposals_by(account_id: int) -> list[AccessProposal]:
    """Return what an account proposed and is not settled."""
    query = select(AccessProposal).where(
        AccessProposal.author_id == account_id, AccessProposal.state.in_(LIVE)
    )
    return list(db.session.scalars(query.order_by(AccessProposal.id)))


def due_proposals() -> list[int]:
    """Return the ids of the announced proposals to which nobody objected in time."""
    query = select(AccessProposal.id).where(
        AccessProposal.state == AccessProposalState.ANNOUNCED,
        AccessProposal.effective_at <= clock.now(),
    )
    return list(db.session.scalars(query.order_by(AccessProposal.id)))


def is_of_staff(email_key: str) -> bool:
    """Return whether an address is that of a moderator or beheerder of the vereniging."""
    query = select(Account.id).where(
        Account.email_key == email_key, or_(Account.is_moderator, Account.is_beheerder)
    )
    return db.session.scalars(query).first() is not None
