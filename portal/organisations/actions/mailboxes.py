"""The mailbox of an organisation: named, proved by the link that is mailed there, removed."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, or_

from portal.accounts.addresses import address_key
from portal.core import clock
from portal.core.db import db, lock_row
from portal.core.errors import AlreadyExists, FieldRefused
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.tokens import new_token, token_hash
from portal.lifecycle import MailboxState
from portal.organisations import queries
from portal.organisations.mails import mailboxes as mails
from portal.organisations.models import Mailbox, Organisation
from portal.policy import Person
from portal.services.history import advance, create, hold_if_open, record
from portal.services.reach import mark_reached

# An address that was removed, or never proved, is kept so long: it can be put back, or mailed anew.
KEEP = timedelta(days=30)


def name_mailbox(organisation: Organisation, *, email: str, inviter: str, by: Person) -> str:
    """Mail an address the link that makes it the mailbox of an organisation; return its token.

    The mailbox there was is removed. FieldRefused for the address that it has already.
    """
    lock_row(organisation)
    former = queries.find_mailbox(organisation.id)
    if former is not None:
        if former.email_key == address_key(email):
            raise FieldRefused("email", _("Dit adres staat hier al."))
        remove_mailbox(former, by=by)
        db.session.flush()
    token = new_token()
    mailbox = Mailbox(
        organisation=organisation,
        email=email,
        email_key=address_key(email),
        locale=current_locale(),
        token_hash=token_hash(token),
        mailed_at=clock.now(),
    )
    create(mailbox, "name_mailbox", by=by)
    mails.to_prove(mailbox, token, inviter=inviter)
    return token


def mail_mailbox_again(mailbox: Mailbox, *, inviter: str, by: Person) -> None:
    """Mail the address a new link; the former one no longer works."""
    record(mailbox, "mailed_again", by=by)
    token = new_token()
    mailbox.token_hash, mailbox.mailed_at = token_hash(token), clock.now()
    mails.to_prove(mailbox, token, inviter=inviter)


def prove_mailbox(mailbox: Mailbox) -> None:
    """Let mails go to an address whose link was used; the eigenaren hear of it, once."""
    mark_reached(mailbox.email)
    if hold_if_open(mailbox, "prove"):
        advance(mailbox, "prove", by=None)
        mailbox.proved_at = clock.now()
        mails.mailbox_changed(mailbox, by=None)


def remove_mailbox(mailbox: Mailbox, *, by: Person) -> None:
    """Let no mail go to an address any more; it and the other eigenaren hear, if mail went there.

    Its link no longer works.
    """
    was_in_use = mailbox.state == MailboxState.IN_USE
    advance(mailbox, "remove", by=by)
    mailbox.removed_at = clock.now()
    if was_in_use:
        mails.mailbox_changed(mailbox, by=by)


def put_mailbox_back(mailbox: Mailbox, *, by: Person) -> None:
    """Let mails go again to an address that was removed; AlreadyExists when there is another."""
    lock_row(mailbox.organisation)
    if queries.find_mailbox(mailbox.organisation_id) is not None:
        raise AlreadyExists(_("Er is intussen een ander adres opgegeven."))
    advance(mailbox, "put_back", by=by)
    mailbox.removed_at = None
    mails.mailbox_changed(mailbox, by=by)


def forget_mailboxes() -> None:
    """Forget the addresses that were removed, or not proved, a while ago."""
    before = clock.now() - KEEP
    is_unproved = Mailbox.state == MailboxState.UNPROVED
    old = or_(Mailbox.removed_at < before, is_unproved & (Mailbox.mailed_at < before))
    db.session.execute(delete(Mailbox).where(old))
