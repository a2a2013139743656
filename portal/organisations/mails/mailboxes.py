"""The mails about the mailbox of an organisation: the link that proves it, and what changed."""

from __future__ import annotations

from portal.core.words import moment_words
from portal.lifecycle import MailboxState
from portal.organisations import queries
from portal.organisations.models import Mailbox
from portal.policy import Person
from portal.services import mail, telling
from portal.services.mail import Reader
from portal.services.telling import Audience, told_of

_TO_PROVE = telling.mail("organisation_mailbox_confirm", Audience.PERSON)
_CHANGED = telling.mail("organisation_mailbox", Audience.OWNERS)
_REMOVED = telling.mail("organisation_mailbox", Audience.OWNERS, Audience.PERSON)
MAILBOX = told_of(
    "mailbox",
    {
        "name_mailbox": _TO_PROVE,
        "mailed_again": _TO_PROVE,
        "prove": _CHANGED,
        # Only of one to which mail went.
        "remove": _REMOVED,
        "put_back": _REMOVED,
    },
)


def to_prove(mailbox: Mailbox, token: str, *, inviter: str) -> None:
    """Mail an address the link with which it becomes the mailbox of an organisation."""
    mail.send(
        "organisation_mailbox_confirm",
        to=mailbox.email,
        locale=mailbox.locale,
        organisation=mailbox.organisation.name,
        inviter=inviter,
        until=moment_words(queries.link_ends_at(mailbox), mailbox.locale),
        token=token,
    )


def mailbox_changed(mailbox: Mailbox, *, by: Person | None) -> None:
    """Tell the eigenaren but for who did it, and who reads it, what goes to a mailbox from now on.

    Who has just proved it knows.
    """
    actor = by.id if by is not None else None
    owners = queries.owners_of(mailbox.organisation_id)
    readers: dict[str, Reader] = {}
    if by is not None:
        name = mailbox.organisation.name
        readers[mailbox.email_key] = queries.MailboxReader(name, mailbox.email, mailbox.locale)
    readers |= {one.email.lower(): one for one in owners}
    for owner in owners:
        if owner.account_id == actor:
            readers.pop(owner.email.lower())
    for reader in readers.values():
        mail.send(
            "organisation_mailbox",
            to=reader.email,
            locale=reader.locale,
            addressee=reader.name,
            organisation=mailbox.organisation.name,
            organisation_id=mailbox.organisation_id,
            email=mailbox.email,
            is_in_use=mailbox.state == MailboxState.IN_USE,
        )
