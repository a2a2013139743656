"""The mails about an application: to the tekenbevoegde, and about what became of it."""

from __future__ import annotations

from typing import Any

from portal.core.i18n import current_locale, speak
from portal.core.settings import settings
from portal.core.words import date_words, moment_words
from portal.lifecycle import SignatureState
from portal.organisations.queries import moderators
from portal.policy import Person
from portal.services import mail
from portal.services.grounds import SIGNATURE_GROUNDS
from portal.signatures.mails.readers import (
    Reader,
    account_reader,
    facts,
    mailbox_of,
    once,
    owner_readers,
    people_of,
)
from portal.signatures.models import Signature, SignatureLink
from portal.signatures.queries import bounced_key, mail_key


def link(signature_link: SignatureLink, token: str) -> None:
    """Mail the link with which a signature is set or ended, in the language of who asks for it."""
    sender = account_reader(signature_link.author_id)
    locale = sender.locale if sender is not None else current_locale()
    mail.send(
        f"signature_{signature_link.purpose}",
        to=signature_link.email,
        locale=locale,
        key=mail_key(signature_link.id),
        organisation=signature_link.signature.organisation.name,
        addressee=signature_link.name,
        name=signature_link.name,
        function=signature_link.function,
        sender=sender.name if sender is not None else "",
        sender_email=sender.email if sender is not None else "",
        token=token,
        until=moment_words(signature_link.expires_at, locale),
        **_ending_words(signature_link, locale),
    )


def _ending_words(signature_link: SignatureLink, locale: str) -> dict[str, Any]:
    """Return what the mail says of the ending that a link confirms; nothing for another link."""
    ending = signature_link.ending
    if ending is None:
        return {}
    return {
        "reason": ending.reason or "",
        "is_known": ending.is_known,
        "day": date_words(ending.asked_for_on, locale) if ending.asked_for_on is not None else "",
        "days": settings().end_period_days,
    }


def recalled(signature: Signature, *, by: Person | None) -> None:
    """Tell the owners that the link to sign is dead: who had it mailed has no role for it now."""
    for reader in once(owner_readers(signature.organisation_id), but=by):
        mail.send(
            "signature_recalled",
            to=reader.email,
            locale=reader.locale,
            addressee=reader.name,
            **facts(signature),
        )


def bounced(signature_link: SignatureLink) -> bool:
    """Tell who asked for it that the mail with a link came back; False when nobody is there."""
    sender = account_reader(signature_link.author_id)
    if sender is None:
        return False
    mail.send(
        "signature_bounced",
        to=sender.email,
        locale=sender.locale,
        key=bounced_key(signature_link.id),
        purpose=signature_link.purpose,
        addressee=sender.name,
        email=signature_link.email,
        **facts(signature_link.signature),
    )
    return True


def turned_down(signature: Signature, reason: str) -> None:
    """Tell who prepared it that the authorised signatory does not sign, and why."""
    for reader in people_of(signature):
        mail.send(
            "signature_turned_down",
            to=reader.email,
            locale=reader.locale,
            addressee=reader.name,
            reason=reason,
            **facts(signature),
        )


def confirmed(signature: Signature) -> None:
    """Give the authorised signatory a receipt, and tell who prepared it what comes next."""
    pact, author = signature.pact_version, account_reader(signature.author_id)
    assert pact is not None and signature.signatory_email is not None  # noqa: S101
    locale = author.locale if author is not None else current_locale()
    mail.send(
        "signature_receipt",
        to=signature.signatory_email,
        locale=locale,
        addressee=signature.signatory_name,
        signed=moment_words(signature.confirmed_at, locale),
        label=pact.label,
        title=pact.title,
        sha256=pact.sha256,
        sender=author.name if author is not None else "",
        sender_email=author.email if author is not None else "",
        **facts(signature),
    )
    for reader in people_of(signature):
        mail.send(
            "signature_confirmed",
            to=reader.email,
            locale=reader.locale,
            addressee=reader.name,
            label=pact.label,
            **facts(signature),
        )


def decided(
    signature: Signature, decision: SignatureState, *, ground: str = "", reason: str = ""
) -> None:
    """Tell the organisation what was decided, and why; who signed hears of an admission too."""
    is_admission = decision == SignatureState.ADMITTED
    for reader in readers_of_decision(signature, is_admission=is_admission):
        with speak(reader.locale):
            ground_words = str(SIGNATURE_GROUNDS[ground]) if ground else ""
        mail.send(
            f"signature_{decision}",
            to=reader.email,
            locale=reader.locale,
            addressee=reader.name,
            decision=signature,
            has_account=reader.account_id is not None,
            slug=signature.organisation.slug or "",
            ground=ground_words,
            reason=reason,
            **facts(signature),
        )


def readers_of_decision(signature: Signature, *, is_admission: bool) -> list[Reader]:
    """Return who hears of a decision: of an admission also the person who signed."""
    readers = people_of(signature)
    readers += mailbox_of(signature.organisation_id, readers)
    if not is_admission or not signature.signatory_email:
        return readers
    locale = readers[0].locale if readers else current_locale()
    signatory = Reader(signature.signatory_name, signature.signatory_email, locale)
    return once([*readers, signatory])


def to_affirm(signature: Signature, *, by: Person | None) -> None:
    """Ask the eigenaren whether a signature of the past that the vereniging entered is right."""
    for reader in once(owner_readers(signature.organisation_id), but=by):
        mail.send(
            "signature_to_affirm",
            to=reader.email,
            locale=reader.locale,
            addressee=reader.name,
            words=signature.signed_words or "",
            source=signature.source_url or "",
            **facts(signature),
        )


def denied(signature: Signature, reason: str) -> None:
    """Tell the moderators that an eigenaar says that a signature of the past is not right."""
    for moderator in moderators():
        mail.send(
            "signature_denied",
            to=moderator.email,
            locale=moderator.locale,
            addressee=moderator.name,
            reason=reason,
            **facts(signature),
        )
