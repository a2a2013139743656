"""The address of an organisation to which mails about it go as well, and when they do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select
from werkzeug.exceptions import NotFound

from portal.accounts.addresses import address_key
from portal.core import clock
from portal.core.db import db, read_as, read_rows
from portal.core.errors import LinkDead, LinkUnknown
from portal.core.settings import settings
from portal.core.tokens import token_hash
from portal.lifecycle import MailboxState
from portal.organisations.models import Mailbox, Organisation
from portal.organisations.queries.away import stand_ins_of
from portal.organisations.queries.people import owners_of, writers_of
from portal.services.mail import Reader

STANDING = (MailboxState.UNPROVED, MailboxState.IN_USE)


class MailboxReader(NamedTuple):
    """Who reads the mailbox of an organisation: greeted by the name of that."""

    name: str
    email: str
    locale: str


_IN_USE = (
    select(Organisation.name, Mailbox.email, Mailbox.locale)
    .join(Organisation, Organisation.id == Mailbox.organisation_id)
    .where(
        Mailbox.organisation_id == bindparam("organisation_id"),
        Mailbox.state == MailboxState.IN_USE,
    )
)


_ALL_IN_USE = (
    select(Mailbox.organisation_id, Organisation.name, Mailbox.email, Mailbox.locale)
    .join(Organisation, Organisation.id == Mailbox.organisation_id)
    .where(
        Mailbox.organisation_id.in_(bindparam("organisations", expanding=True)),
        Mailbox.state == MailboxState.IN_USE,
    )
)


def mailbox_readers(organisation_ids: Sequence[int]) -> Mapping[int, MailboxReader]:
    """Return organisation -> who reads its mailbox, of those that have one in use."""
    rows = read_rows(_ALL_IN_USE, organisations=organisation_ids)
    return {number: MailboxReader(*reader) for number, *reader in rows}


def mailbox_reader(organisation_id: int, but: Sequence[Reader]) -> MailboxReader | None:
    """Return who reads the mailbox of an organisation, None when nobody gets a mail there.

    Not when one of those who hear themselves (`but`), or who stands in for them, has the address.
    """
    found = _in_use(organisation_id)
    if found is None:
        return None
    hear = [reader.email for reader in but]
    hear += [one.email for each in but for one in stand_ins_of(organisation_id, each.email)]
    return None if address_key(found.email) in map(address_key, hear) else found


def writers_and_mailbox(organisation_id: int) -> list[Reader]:
    """Return the eigenaren and redacteuren, and who reads the mailbox; each address once."""
    return _with_mailbox(organisation_id, writers_of(organisation_id))


def owners_and_mailbox(organisation_id: int) -> list[Reader]:
    """Return the eigenaren, and who reads the mailbox; each address once."""
    return _with_mailbox(organisation_id, owners_of(organisation_id))


def _with_mailbox(organisation_id: int, people: Sequence[Reader]) -> list[Reader]:
    mailbox = mailbox_reader(organisation_id, people)
    return [*people, *([mailbox] if mailbox is not None else [])]


def mailbox_name(organisation_id: int, email: str) -> str:
    """Return the name of an organisation when this address is its mailbox in use, else ""."""
    found = _in_use(organisation_id)
    return found.name if found is not None and found.email == email else ""


def _in_use(organisation_id: int) -> MailboxReader | None:
    rows = read_as(MailboxReader, _IN_USE, organisation_id=organisation_id)
    return rows[0] if rows else None


def find_mailbox(organisation_id: int) -> Mailbox | None:
    """Return the mailbox of an organisation that stands, proved or not; None without one."""
    query = select(Mailbox).where(
        Mailbox.organisation_id == organisation_id, Mailbox.state.in_(STANDING)
    )
    return db.session.scalars(query).first()


def find_former_mailbox(organisation_id: int) -> Mailbox | None:
    """Return the mailbox that was removed last, if its link had been used; None without one."""
    query = select(Mailbox).where(
        Mailbox.organisation_id == organisation_id,
        Mailbox.state == MailboxState.PUT_AWAY,
        Mailbox.proved_at.is_not(None),
    )
    return db.session.scalars(query.order_by(Mailbox.removed_at.desc(), Mailbox.id.desc())).first()


def get_mailbox(organisation_id: int) -> Mailbox:
    """Return the mailbox of an organisation that stands, or 404."""
    mailbox = find_mailbox(organisation_id)
    if mailbox is None:
        raise NotFound
    return mailbox


def get_former_mailbox(organisation_id: int) -> Mailbox:
    """Return the mailbox that can be put back, or 404."""
    mailbox = find_former_mailbox(organisation_id)
    if mailbox is None:
        raise NotFound
    return mailbox


def mailbox_by_token(token: str) -> Mailbox:
    """Return the mailbox of a mailed link: one that waits for it to be used, or is in use.

    LinkUnknown for a link that we did not make, or before one that was mailed later; LinkDead when
    it was not used in time, or the address was removed.
    """
    query = select(Mailbox).where(Mailbox.token_hash == token_hash(token))
    mailbox = db.session.scalars(query).first()
    if mailbox is None:
        raise LinkUnknown
    if mailbox.state == MailboxState.PUT_AWAY:
        raise LinkDead("revoked")
    if mailbox.state == MailboxState.UNPROVED and link_ends_at(mailbox) < clock.now():
        raise LinkDead("expired")
    return mailbox


def link_ends_at(mailbox: Mailbox) -> datetime:
    """Return until when the link works that was mailed last."""
    return mailbox.mailed_at + settings().invitation_lifetime
