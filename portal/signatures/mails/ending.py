"""The mails about the end of a signature: everybody concerned hears of every step."""

from __future__ import annotations

from typing import Any

from portal.accounts.addresses import address_key
from portal.core.i18n import current_locale
from portal.core.settings import settings
from portal.core.words import date_words, moment_words
from portal.organisations.queries import colleagues, moderators
from portal.policy import Permission, Person, can
from portal.services import mail
from portal.signatures.mails.readers import (
    Reader,
    account_reader,
    address_reader,
    facts,
    mailbox_of,
    once,
    owner_readers,
)
from portal.signatures.models import Ending


def concerned(
    ending: Ending, *, with_named: bool = True, but: Person | None = None
) -> list[Reader]:
    """Return everybody whom an ending concerns, each once, without the account `but`.

    Who signed, who confirms (unless `with_named` is off), the eigenaren, and who asked for it.
    """
    signature, author = ending.signature, account_reader(ending.author_id)
    locale = author.locale if author is not None else current_locale()
    readers = []
    if signature.signatory_email:
        name = signature.signatory_name
        readers.append(address_reader(name, signature.signatory_email, locale=locale))
    if ending.email:
        readers.append(address_reader(ending.name, ending.email, locale=locale))
    readers += owner_readers(signature.organisation_id)
    readers += [author] if author is not None else []
    readers = once(readers, but=but)
    if with_named or ending.email is None:
        return readers
    named = address_key(ending.email)
    return [reader for reader in readers if address_key(reader.email) != named]


def _judges(ending: Ending, *, but: Person | None) -> list[Reader]:
    """Return the moderators who may decide on an ending, without the account `but`."""
    may = {one.id for one in colleagues() if can(one, Permission.ENDING_DECIDE, ending)}
    return [
        Reader(row.name, row.email, row.locale, row.id)
        for row in moderators()
        if row.id in may and (but is None or row.id != but.id)
    ]


def _words(ending: Ending, locale: str) -> dict[str, Any]:
    asker = account_reader(ending.author_id)
    return {
        **facts(ending.signature),
        "ending_id": ending.id,
        "asker": asker.name if asker is not None else "",
        "named": ending.name,
        "named_function": ending.function,
        "is_known": ending.is_by_known_signatory,
        "has_left": ending.has_left,
        "is_by_vereniging": ending.is_by_vereniging,
        "end_reason": ending.reason or "",
        "days": settings().end_period_days,
        "day": date_words(ending.ends_on, locale) if ending.ends_on is not None else "",
        "until": moment_words(ending.ends_at, locale) if ending.ends_at is not None else "",
    }


def _with_account(ending: Ending) -> set[str]:
    """Return the addresses of those who can sign in to see the page of the signature."""
    readers = owner_readers(ending.signature.organisation_id)
    author = account_reader(ending.author_id)
    readers += [author] if author is not None else []
    return {address_key(reader.email) for reader in readers}


def _send(
    template: str,
    ending: Ending,
    readers: list[Reader],
    *,
    decision: Ending | None = None,
    **words: Any,
) -> None:
    with_account = _with_account(ending)
    for reader in readers:
        mail.send(
            template,
            to=reader.email,
            locale=reader.locale,
            addressee=reader.name,
            decision=decision,
            has_account=address_key(reader.email) in with_account,
            **_words(ending, reader.locale),
            **words,
        )


def ending_asked(ending: Ending, *, by: Person) -> None:
    """Tell that an ending was asked; the person who confirms has a mail with the link."""
    _send("ending_asked", ending, concerned(ending, with_named=False, but=by))


def ending_called_off(ending: Ending, *, by: Person | None) -> None:
    """Tell that the ending does not go on; a link that was mailed no longer works."""
    _send("ending_called_off", ending, concerned(ending, but=by))


def ending_to_judge(ending: Ending, *, by: Person | None) -> None:
    """Ask the moderators to look at the ending, and tell everybody else that they do."""
    judges = _judges(ending, but=by)
    _send("ending_to_judge", ending, judges)
    addresses = {address_key(judge.email) for judge in judges}
    others = [r for r in concerned(ending, but=by) if address_key(r.email) not in addresses]
    _send("ending_judged", ending, others)


def told_of_period(ending: Ending, *, by: Person | None) -> list[Reader]:
    """Return who gets a link to stop the ending."""
    return concerned(ending, but=by)


def ending_waits(ending: Ending, reader: Reader, token: str) -> None:
    """Tell somebody concerned that the ending takes effect, and how to stop it until then."""
    _send("ending_waits", ending, [reader], token=token)


def ending_more_asked(ending: Ending, reason: str, *, by: Person) -> None:
    """Tell what the vereniging still needs."""
    readers = concerned(ending, but=by)
    _send("ending_more_asked", ending, readers, decision=ending, reason=reason)


def ending_refused(ending: Ending, reason: str, *, by: Person) -> None:
    """Tell that the vereniging does not let the ending take effect, and why."""
    _send("ending_refused", ending, concerned(ending, but=by), decision=ending, reason=reason)


def ending_stopped(
    ending: Ending, reason: str, *, by: Person | None = None, with_link_of: str = ""
) -> None:
    """Tell that the ending was stopped; who did so with a link gets a receipt."""
    stopper = account_reader(by.id) if by is not None else None
    words: dict[str, Any] = {
        "reason": reason.strip(),
        "is_by_link": by is None,
        "stopped_by": stopper.name if stopper is not None else with_link_of,
    }
    _send("ending_stopped", ending, concerned(ending, but=by), **words)


def signature_ended(ending: Ending) -> None:
    """Tell everybody concerned, the mailbox and the moderators that the signature ended."""
    readers = concerned(ending)
    readers += mailbox_of(ending.signature.organisation_id, readers)
    readers += [Reader(row.name, row.email, row.locale, row.id) for row in moderators()]
    slug = ending.signature.organisation.slug or ""
    _send("signature_ended", ending, once(readers), slug=slug)
