"""Who gets a mail about a signature, each once, in a language of their own."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import select

from portal.accounts.addresses import address_key
from portal.accounts.models import Account
from portal.core.db import db
from portal.core.i18n import current_locale
from portal.organisations.queries import mailbox_reader, owners_of
from portal.policy import Person
from portal.signatures.models import Signature


class Reader(NamedTuple):
    """Somebody who gets a mail; `account_id` is None where no account is meant."""

    name: str
    email: str
    locale: str
    account_id: int | None = None


def account_reader(account_id: int | None) -> Reader | None:
    """Return the person of an account, None without one."""
    account = db.session.get(Account, account_id) if account_id is not None else None
    if account is None:
        return None
    return Reader(account.name, account.email, account.locale, account.id)


def owner_readers(organisation_id: int) -> list[Reader]:
    """Return the eigenaren of an organisation."""
    return [
        Reader(owner.name, owner.email, owner.locale, owner.account_id)
        for owner in owners_of(organisation_id)
    ]


def people_of(signature: Signature) -> list[Reader]:
    """Return the person who prepared it and the owners of the organisation, each once."""
    author = account_reader(signature.author_id)
    owners = owner_readers(signature.organisation_id)
    return once([*([author] if author is not None else []), *owners])


def mailbox_of(organisation_id: int, readers: list[Reader]) -> list[Reader]:
    """Return who reads the mailbox of an organisation, unless one of `readers` has its address."""
    found = mailbox_reader(organisation_id, readers)
    return [Reader(*found)] if found is not None else []


def address_reader(name: str, email: str, *, locale: str | None = None) -> Reader:
    """Return who is at a mail address: in the language of an account there, else in `locale`."""
    query = select(Account.locale).where(Account.email_key == address_key(email))
    own = db.session.scalar(query)
    return Reader(name, email, own or locale or current_locale())


def once(readers: list[Reader], *, but: Person | None = None) -> list[Reader]:
    """Return each address once, as it comes first; the account `but` is left out."""
    first = {address_key(reader.email): reader for reader in reversed(readers)}
    if but is not None and but.email_key is not None:
        first.pop(but.email_key, None)
    return list(first.values())[::-1]


def facts(signature: Signature) -> dict[str, Any]:
    """Return what every mail about a signature may say of it."""
    return {
        "organisation": signature.organisation.name,
        "organisation_id": signature.organisation_id,
        "signature_id": signature.id,
        "signatory": signature.signatory_name,
        "function": signature.signatory_function,
    }
