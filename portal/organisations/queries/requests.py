"""Requests to join an organisation."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, not_, or_, select
from werkzeug.exceptions import NotFound

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db, read_as
from portal.lifecycle import AccessRequestState
from portal.organisations.models import (
    OWNERS_ANSWER_WITHIN,
    AccessRequest,
    Membership,
    Organisation,
    PastMembership,
)
from portal.organisations.websites import is_of_domain
from portal.policy import Role
from portal.services.history import last_row


class RequestRow(NamedTuple):
    """A request that waits for an answer."""

    id: int
    organisation_id: int
    organisation_name: str
    mail_domain: str | None
    published_at: datetime | None
    author_id: int
    author_name: str
    author_email: str
    job_title: str
    message: str
    created_at: datetime

    @property
    def is_of_domain(self) -> bool:
        """Whether the mailbox is at the organisation's domain: a hint, no proof."""
        return is_of_domain(self.author_email, self.mail_domain)


_OPEN = (
    select(
        AccessRequest.id,
        AccessRequest.organisation_id,
        Organisation.name,
        Organisation.mail_domain,
        Organisation.published_at,
        AccessRequest.author_id,
        Account.name,
        Account.email,
        AccessRequest.job_title,
        AccessRequest.message,
        AccessRequest.created_at,
    )
    .join(Organisation, Organisation.id == AccessRequest.organisation_id)
    .join(Account, Account.id == AccessRequest.author_id)
    .where(AccessRequest.state == AccessRequestState.OPEN)
    .order_by(AccessRequest.id)
)


def open_requests_for(organisation_id: int) -> list[RequestRow]:
    """Return the open requests to an organisation, which its owners answer, oldest first."""
    query = _OPEN.where(AccessRequest.organisation_id == organisation_id)
    return list(read_as(RequestRow, query))


def requests_of(account_id: int) -> list[RequestRow]:
    """Return the open requests of an account, oldest first."""
    return list(read_as(RequestRow, _OPEN.where(AccessRequest.author_id == account_id)))


def requests_waiting_for_moderators() -> list[RequestRow]:
    """Return the open requests that moderators answer: without an owner, or after fourteen days."""
    owned = exists().where(
        Membership.organisation_id == AccessRequest.organisation_id,
        Membership.role == str(Role.OWNER),
    )
    too_old = AccessRequest.created_at < clock.now() - OWNERS_ANSWER_WITHIN
    return list(read_as(RequestRow, _OPEN.where(or_(not_(owned), too_old))))


def get_access_request(request_id: int) -> AccessRequest:
    """Return a request, or 404."""
    request = db.session.get(AccessRequest, request_id)
    if request is None:
        raise NotFound
    return request


def refused_by_member(request: AccessRequest) -> bool:
    """Return whether somebody of the organisation refused a request, and not the vereniging."""
    refusal = last_row(request.thing, request.id, "refuse")
    if refusal is None or refusal.account_id is None:
        return refusal is not None
    belonged = [
        exists().where(
            model.organisation_id == request.organisation_id,
            model.account_id == refusal.account_id,
        )
        for model in (Membership, PastMembership)
    ]
    return bool(db.session.scalar(select(or_(*belonged))))


def find_open_request(organisation_id: int, account_id: int | None) -> AccessRequest | None:
    """Return the open request of an account to this organisation, None without one."""
    query = select(AccessRequest).where(
        AccessRequest.organisation_id == organisation_id,
        AccessRequest.author_id == account_id,
        AccessRequest.state == AccessRequestState.OPEN,
    )
    return db.session.scalars(query).first()
