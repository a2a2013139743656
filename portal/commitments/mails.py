"""Whom the acts on commitments concern."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from portal.accounts.addresses import address_key
from portal.accounts.queries import get_account
from portal.commitments.models import Commitment
from portal.commitments.queries.reminding import Due, RunningRow, WriterRow
from portal.commitments.words import late_words, left_words
from portal.core.i18n import current_locale, speak
from portal.core.i18n import gettext as _
from portal.core.short_numbers import short_number
from portal.organisations.queries import MailboxReader, owners_and_mailbox
from portal.policy import WRITERS, Person, editor_of_organisation
from portal.services import mail, telling
from portal.services.mail import Reader
from portal.services.stand_ins import StandIn, stand_ins
from portal.services.telling import NEWS, NOBODY, Audience, told_of
from portal.terms import wording

_OWNERS = (Audience.OWNERS, Audience.MAILBOX)
CORRECTED = telling.mail("commitment_corrected", *_OWNERS, Audience.WRITER, is_news=True)
HIDDEN = telling.mail("hidden", Audience.OWNERS, Audience.EDITORS, Audience.MAILBOX)
RESTORED = telling.mail("restored", Audience.OWNERS, Audience.EDITORS, Audience.MAILBOX)
DISOWNED = telling.mail("claim_disowned", Audience.MODERATORS, is_news=True)


def corrected(commitment: Commitment, reason: str, by: Person | None) -> None:
    """Tell the owners and the writer what the vereniging changed of what it entered itself."""
    if by is None:
        return
    readers: dict[str, Reader] = {
        reader.email: reader for reader in owners_and_mailbox(commitment.organisation_id)
    }
    if commitment.author_id is not None:
        writer = get_account(commitment.author_id)
        readers.setdefault(writer.email, writer)
    for reader in readers.values():
        if address_key(reader.email) != by.email_key:
            mail.send(
                "commitment_corrected",
                to=reader.email,
                locale=reader.locale,
                addressee=reader.name,
                organisation=commitment.organisation.name,
                organisation_id=commitment.organisation_id,
                title=_cited(commitment),
                path=f"/toezeggingen/{commitment.slug}",
                reason=reason.strip(),
            )


def _cited(commitment: Commitment) -> str:
    """Return the title, with the number by which letters cite the promise."""
    number = commitment.short_number
    return f"{commitment.title} ({short_number(number)})" if number else commitment.title


def reminded(writer: WriterRow, dues: Sequence[Due], *, on: date, grace_days: int) -> None:
    """Remind somebody of promises, all in one mail a day, with the ways to answer for each.

    Who stands in for them gets those of that organisation, unless they are reminded themselves.
    """
    with speak(writer.locale):
        promises = [promise_words(due.row, on, grace_days) for due in dues]
    _remind(writer, promises)
    writers = [str(role) for role in WRITERS[editor_of_organisation]]
    for number in sorted({due.row.organisation_id for due in dues}):
        theirs = [p for p, due in zip(promises, dues, strict=True) if _is_of(due, number)]
        for one in stand_ins()(number, writer.email):
            if one.role not in writers:
                _remind(writer, theirs, one)


def reminded_mailbox(
    mailbox: MailboxReader, dues: Sequence[Due], *, on: date, grace_days: int
) -> None:
    """Remind who reads the mailbox of an organisation of its promises."""
    with speak(mailbox.locale):
        promises = [promise_words(due.row, on, grace_days) for due in dues]
    _remind(mailbox, promises, organisation_id=dues[0].row.organisation_id)


def _is_of(due: Due, organisation_id: int) -> bool:
    return due.row.organisation_id == organisation_id


def _remind(
    reader: Reader,
    promises: Sequence[dict[str, object]],
    instead: StandIn | None = None,
    organisation_id: int | None = None,
) -> None:
    mail.send(
        "commitment_reminder",
        to=instead.email if instead else reader.email,
        locale=reader.locale,
        addressee=instead.name if instead else reader.name,
        stands_in_for=instead.words(reader.name, reader.locale) if instead else None,
        # Only for who reads its mailbox: the promises of others are of several organisations.
        organisation_id=organisation_id,
        promises=promises,
        count=len(promises),
        title=promises[0]["title"],
    )


def promise_words(row: RunningRow, on: date, grace_days: int) -> dict[str, object]:
    """Return what a mail says of a promise that runs: its term in words, and how late it is."""
    latest = row.term_latest
    dates = wording.dates(row.term_earliest, latest, current_locale())
    term = f"{row.term_words} ({dates})" if dates not in ("", row.term_words) else row.term_words
    said = left_words(latest, on, grace_days) or late_words(latest, on)
    return {
        "id": row.id,
        "title": row.title,
        "organisation": row.organisation_name,
        "term": term if row.term_words else dates,
        "said": said or str(_("al een jaar of langer geen bericht")),
    }


WHO_IS_TOLD = {
    **told_of(
        "commitment",
        {
            "draft": NOBODY,
            # By the vereniging, of what it entered itself.
            "edited": CORRECTED,
            "document_added": NEWS,
            "document_renewed": NEWS,
            "document_described": NOBODY,
            "document_written_out": NOBODY,
            "document_removed": NOBODY,
            "publish": NEWS,
            "discard": NOBODY,
            "undo_entry": NOBODY,
            "reported": NEWS,
            "term_moved": CORRECTED,
            "foretold": NEWS,
            "withdraw": CORRECTED,
            "close": NEWS,
            "taken_over": NEWS,
            "disowned": DISOWNED,
            "disown_undone": NEWS,
            "hide": HIDDEN,
            "restore": RESTORED,
            "confirm_hidden": NOBODY,
        },
    ),
    **told_of(
        "prognosis",
        {
            "recalled": NOBODY,
            "hide": HIDDEN,
            "restore": RESTORED,
            "confirm_hidden": NOBODY,
        },
    ),
    **told_of("revision", {"hide": HIDDEN, "restore": RESTORED, "confirm_hidden": NOBODY}),
    **told_of(
        "progress_update",
        {
            "retracted": CORRECTED,
            "taken_over": NEWS,
            "disowned": DISOWNED,
            "disown_undone": NEWS,
            "hide": HIDDEN,
            "restore": RESTORED,
            "confirm_hidden": NOBODY,
        },
    ),
}
