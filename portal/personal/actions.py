"""The erasure of one person's account: what is theirs goes, what stays bears no name."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from portal.accounts.actions.blocking import OPERATOR
from portal.accounts.actions.roles import assign_roles
from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import connection, db
from portal.core.errors import FieldRefused, PortalError
from portal.core.log import event
from portal.core.mail_addresses import ERASED_HOST
from portal.lifecycle import AccessRequestState
from portal.organisations.actions.people import leave, take_out
from portal.organisations.actions.requests import take_back
from portal.organisations.models import AccessRequest, Membership
from portal.organisations.queries import person_of
from portal.personal.holdings import ERASED_NAME, HOLDINGS, Holding
from portal.personal.queries import is_of, table_of
from portal.policy import Person
from portal.services.history import record


class OnlyOwner(PortalError):
    """An organisation has no other eigenaar: its name is the message."""

    status = 409


def erase(account: Account, *, without_owner: bool = False) -> None:
    """Let a person leave everything, and erase what is kept of them, but for what is public.

    Refused with FieldRefused for the last beheerder, and with OnlyOwner for the last eigenaar of an
    organisation, unless `without_owner`.
    """
    person = person_of(account.id)
    if person is not None:
        if account.is_staff:
            assign_roles(account, is_moderator=False, is_beheerder=False, by=person)
        _leave_organisations(person, without_owner=without_owner)
    db.session.flush()
    gone = f"account-{account.id}@{ERASED_HOST}"
    for holding in HOLDINGS:
        _erase(holding, account, gone)
    _forget(account, gone)
    record(account, "erased", by=None, actor=OPERATOR)
    event("account_erased", account=account.id)


def _leave_organisations(person: Person, *, without_owner: bool) -> None:
    asked = select(AccessRequest).where(
        AccessRequest.author_id == person.id, AccessRequest.state == AccessRequestState.OPEN
    )
    for request in db.session.scalars(asked).all():
        take_back(request, by=person)
    own = select(Membership).where(Membership.account_id == person.id)
    for membership in db.session.scalars(own.order_by(Membership.id)).all():
        try:
            leave(membership, by=person)
        except FieldRefused as refusal:
            if not without_owner:
                raise OnlyOwner(membership.organisation.name) from refusal
            take_out(membership, by=person)


def _erase(holding: Holding, account: Account, gone: str) -> None:
    table = table_of(holding)
    if holding.goes:
        connection().execute(delete(table).where(is_of(holding, account)))
    elif holding.blank:
        # One row of each: an address that is erased twice stays one of its own.
        values = {
            name: gone if value == ERASED_HOST else value for name, value in holding.blank.items()
        }
        connection().execute(update(table).where(is_of(holding, account)).values(values))


def _forget(account: Account, gone: str) -> None:
    """Leave of the account a number to which what it did stays tied, and no way in."""
    account.name = ERASED_NAME
    account.email = account.email_key = gone
    account.password_hash = ""
    account.is_long_password = account.has_desk_keys = False
    account.blocked_at = clock.now()
    db.session.flush()
