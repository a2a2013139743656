"""The people of an organisation, and the moderators of the vereniging."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, case, select
from werkzeug.exceptions import NotFound

from portal.accounts.models import Account
from portal.core.db import db, read_as, read_rows
from portal.lifecycle.claims import EnteredAs
from portal.organisations.models import Membership, Organisation
from portal.policy import Person, Role, Roles


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


_ROLES = (
    select(Membership.organisation_id, Membership.role, Organisation.frozen_at)
    .join(Organisation, Organisation.id == Membership.organisation_id)
    .where(Membership.account_id == bindparam("account_id"))
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


def roles_of(account_id: int) -> Roles:
    """Return organisation id -> role, for one account, and which of them are frozen."""
    rows = read_rows(_ROLES, account_id=account_id)
    frozen = (number for number, _role, frozen_at in rows if frozen_at is not None)
    return Roles({number: role for number, role, _frozen_at in rows}, frozen)


def capacity_of(person: Person | None, organisation_id: int) -> EnteredAs:
    """Return in which capacity `person` enters something about an organisation now.

    A role in it makes it the word of the signatory. Everybody else, and nobody (what is loaded
    without an account), enters it for the vereniging.
    """
    if person is not None and person.id is not None and organisation_id in roles_of(person.id):
        return EnteredAs.SIGNATORY
    return EnteredAs.VERENIGING


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
