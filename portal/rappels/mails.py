"""The mails of a rappel: to the vereniging when one is ready, and to who writes for a signatory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portal.commitments.mails import promise_words
from portal.commitments.queries.reminding import RunningRow
from portal.core import clock
from portal.core.i18n import speak
from portal.core.settings import settings
from portal.organisations.queries import MailboxReader, moderators
from portal.rappels.models import Rappel
from portal.rappels.queries import Asked, Letter
from portal.services import mail, telling
from portal.services.telling import NOBODY, Audience, told_of

READY = telling.mail("rappel_ready", Audience.MODERATORS)


def tell_ready(rappel: Rappel) -> None:
    """Tell the moderators that the planned rappel is ready: one of them looks and sends it."""
    for moderator in moderators():
        mail.send(
            "rappel_ready",
            to=moderator.email,
            locale=moderator.locale,
            addressee=moderator.name,
            key=f"rappel-ready:{rappel.name}:{moderator.id}",
            name=rappel.name,
        )


def ask(rappel: Rappel, party: Asked, letter: Letter, *, is_again: bool) -> None:
    """Ask somebody how it stands with the promises of a signatory; sent twice, it goes once."""
    writer, instead = letter.writer, letter.instead
    _ask(
        rappel,
        party,
        is_again=is_again,
        to=letter.email,
        whose=str(letter.account_id),
        locale=writer.locale,
        addressee=instead.name if instead else writer.name,
        stands_in_for=instead.words(writer.name, writer.locale) if instead else None,
    )


def ask_mailbox(rappel: Rappel, party: Asked, mailbox: MailboxReader, *, is_again: bool) -> None:
    """Ask who reads the mailbox of a signatory; sent twice, it goes once."""
    _ask(
        rappel,
        party,
        is_again=is_again,
        to=mailbox.email,
        whose="mailbox",
        locale=mailbox.locale,
        addressee=mailbox.name,
    )


def _ask(
    rappel: Rappel, party: Asked, *, is_again: bool, to: str, whose: str, locale: str, **how: Any
) -> None:
    with speak(locale):
        lapsed, coming = _listed(party.lapsed), _listed(party.coming)
    number = party.organisation.id
    which = "rappel-again" if is_again else "rappel"
    mail.send(
        "rappel_letter",
        to=to,
        locale=locale,
        key=f"{which}:{rappel.name}:{number}:{whose}",
        thread=f"rappel-{rappel.name}-{number}",
        rappel=rappel.name,
        organisation=party.organisation.name,
        organisation_id=number,
        lapsed=lapsed,
        coming=coming,
        count=len(lapsed) + len(coming),
        is_again=is_again,
        **how,
    )


def _listed(rows: Sequence[RunningRow]) -> list[dict[str, object]]:
    on, grace_days = clock.today(), settings().grace_days
    return [promise_words(row, on, grace_days) for row in rows]


WHO_IS_TOLD = {
    **told_of(
        "rappel",
        {
            "prepare": READY,
            "drop": NOBODY,
            "send": NOBODY,
            "stop": NOBODY,
            # By the batches of the worker: see `WITHOUT_ACT`.
            "go_out": NOBODY,
            "remind": NOBODY,
            "stop_reminding": NOBODY,
            "go_again": NOBODY,
            "publish": NOBODY,
            "reopen": NOBODY,
        },
    ),
    **told_of("rappel_plan", {"edited": NOBODY}),
}
