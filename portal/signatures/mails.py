"""The mails about signatures: who gets them, in which language, with which words."""

from __future__ import annotations

from typing import Any, NamedTuple

from portal.accounts.addresses import address_key
from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.core.i18n import current_locale, speak
from portal.core.words import date_words, moment_words
from portal.lifecycle import SignatureState
from portal.organisations.queries import moderators, owners_of
from portal.services import mail, telling
from portal.services.grounds import SIGNATURE_GROUNDS
from portal.services.telling import NEWS, NOBODY, Audience, both, told_of
from portal.signatures.models import Signature, SignatureLink
from portal.signatures.queries import bounced_key, mail_key


class Reader(NamedTuple):
    """Somebody who gets a mail."""

    name: str
    email: str
    locale: str


def _account(account_id: int | None) -> Reader | None:
    account = db.session.get(Account, account_id) if account_id is not None else None
    return Reader(account.name, account.email, account.locale) if account is not None else None


def _people(signature: Signature) -> list[Reader]:
    """Return who prepared it and the owners of the organisation, each once."""
    author = _account(signature.author_id)
    owners = [Reader(o.name, o.email, o.locale) for o in owners_of(signature.organisation_id)]
    return _once([*([author] if author is not None else []), *owners])


def _once(readers: list[Reader]) -> list[Reader]:
    return list({address_key(reader.email): reader for reader in reversed(readers)}.values())[::-1]


def _facts(signature: Signature) -> dict[str, Any]:
    return {
        "organisation": signature.organisation.name,
        "organisation_id": signature.organisation_id,
        "signature_id": signature.id,
        "signatory": signature.signatory_name,
        "function": signature.signatory_function,
    }


def link(signature_link: SignatureLink, token: str) -> None:
    """Mail the link with which a signature is set or ended, in the language of who asks for it."""
    sender = _account(signature_link.author_id)
    locale = sender.locale if sender is not None else current_locale()
    mail.send(
        f"signature_{signature_link.purpose}",
        to=signature_link.email,
        locale=locale,
        key=mail_key(signature_link.id),
        organisation=signature_link.signature.organisation.name,
        name=signature_link.name,
        function=signature_link.function,
        sender=sender.name if sender is not None else "",
        sender_email=sender.email if sender is not None else "",
        token=token,
        until=moment_words(signature_link.expires_at, locale),
        reason=signature_link.end_reason or "",
    )


def bounced(signature_link: SignatureLink) -> bool:
    """Tell who asked for it that the mail with a link came back; False when nobody is there."""
    sender = _account(signature_link.author_id)
    if sender is None:
        return False
    mail.send(
        "signature_bounced",
        to=sender.email,
        locale=sender.locale,
        key=bounced_key(signature_link.id),
        purpose=signature_link.purpose,
        name=sender.name,
        email=signature_link.email,
        **_facts(signature_link.signature),
    )
    return True


def turned_down(signature: Signature, reason: str) -> None:
    """Tell who prepared it that the authorised signatory does not sign, and why."""
    for reader in _people(signature):
        mail.send(
            "signature_turned_down",
            to=reader.email,
            locale=reader.locale,
            name=reader.name,
            reason=reason,
            **_facts(signature),
        )


def confirmed(signature: Signature) -> None:
    """Give the authorised signatory a receipt, and tell who prepared it what comes next."""
    pact, author = signature.pact_version, _account(signature.author_id)
    assert pact is not None and signature.signatory_email is not None  # noqa: S101
    locale = author.locale if author is not None else current_locale()
    mail.send(
        "signature_receipt",
        to=signature.signatory_email,
        locale=locale,
        signed=moment_words(signature.confirmed_at, locale),
        label=pact.label,
        title=pact.title,
        sha256=pact.sha256,
        sender=author.name if author is not None else "",
        sender_email=author.email if author is not None else "",
        **_facts(signature),
    )
    for reader in _people(signature):
        mail.send(
            "signature_confirmed",
            to=reader.email,
            locale=reader.locale,
            name=reader.name,
            label=pact.label,
            **_facts(signature),
        )


def decided(
    signature: Signature, decision: SignatureState, *, ground: str = "", reason: str = ""
) -> None:
    """Tell the organisation what was decided, and why; who signed hears of an admission too."""
    readers = _people(signature)
    if decision == SignatureState.ADMITTED and signature.signatory_email:
        locale = readers[0].locale if readers else current_locale()
        signatory = Reader(signature.signatory_name, signature.signatory_email, locale)
        readers = _once([*readers, signatory])
    for reader in readers:
        with speak(reader.locale):
            ground_words = str(SIGNATURE_GROUNDS[ground]) if ground else ""
        mail.send(
            f"signature_{decision}",
            to=reader.email,
            locale=reader.locale,
            name=reader.name,
            slug=signature.organisation.slug or "",
            ground=ground_words,
            reason=reason,
            **_facts(signature),
        )


def ended(
    signature: Signature, *, is_by_vereniging: bool = False, also_to: str | None = None
) -> None:
    """Tell the organisation, who ended it, and the moderators that a signature ended."""
    readers = _people(signature)
    locale = readers[0].locale if readers else current_locale()
    if also_to is not None:
        readers.append(Reader("", also_to, locale))
    readers += [Reader(row.name, row.email, row.locale) for row in moderators()]
    for reader in _once(readers):
        mail.send(
            "signature_ended",
            to=reader.email,
            locale=reader.locale,
            name=reader.name,
            slug=signature.organisation.slug or "",
            day=date_words(clock.today(), reader.locale),
            reason=signature.end_reason or "",
            is_by_vereniging=is_by_vereniging,
            **_facts(signature),
        )


_PREPARERS = (Audience.WRITER, Audience.OWNERS)
_ENDED = telling.mail(
    "signature_ended", *_PREPARERS, Audience.SIGNATORY, Audience.MODERATORS, is_news=True
)

WHO_IS_TOLD = told_of(
    "signature",
    {
        "prepare": NOBODY,
        "filled_in": NOBODY,
        "send": telling.mail("signature_confirm", Audience.SIGNATORY),
        "sent_again": telling.mail("signature_confirm", Audience.SIGNATORY),
        "bounced": telling.mail("signature_bounced", Audience.WRITER),
        "recall": NOBODY,
        "turn_down": telling.mail("signature_turned_down", *_PREPARERS),
        "confirm": both(
            telling.mail("signature_receipt", Audience.SIGNATORY),
            telling.mail("signature_confirmed", *_PREPARERS),
        ),
        "ask_more": telling.mail("signature_more_asked", *_PREPARERS),
        "complete": NOBODY,
        "admit": telling.mail("signature_admitted", *_PREPARERS, Audience.SIGNATORY, is_news=True),
        "decline": telling.mail("signature_declined", *_PREPARERS),
        "correct": NOBODY,
        "cancel": NOBODY,
        "enter": NEWS,
        "sourced": NOBODY,
        "end_requested": telling.mail("signature_end", Audience.SIGNATORY),
        "end_called_off": NOBODY,
        "end": _ENDED,
        "end_by_vereniging": _ENDED,
    },
)
