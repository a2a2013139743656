"""Troubles from their beginning to their end: what the beheerders hear of each, once."""

from __future__ import annotations

import logging
import smtplib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from portal.accounts.queries import staff_accounts
from portal.admin.findings import Finding
from portal.admin.models import Trouble
from portal.admin.running import LABELS, troubles
from portal.core import clock
from portal.core.db import db, roll_back, write_section
from portal.core.i18n import speak
from portal.core.log import event
from portal.core.settings import settings
from portal.core.words import moment_words
from portal.services.jobs import Hopeless
from portal.services.limits import is_first
from portal.services.mail import hand_over, payload_of
from portal.services.vereniging import VerenigingFacts, current_vereniging

TEMPLATE = "admin_trouble"
# What comes back within a day stands so many times longer before it is told again.
RETURNED = 12
FORGOTTEN = timedelta(days=1)
KEY = "watching"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who hears of troubles, with what a mail to them needs when no database answers."""

    name: str
    email: str
    locale: str
    vereniging: VerenigingFacts


class Told(NamedTuple):
    """A trouble as it is told: since when, and until when; None: it goes on."""

    name: str
    since: datetime
    until: datetime | None


# Returns what is wrong, in the language that is spoken.
Explain = Callable[[], Sequence[Finding]]


def readers() -> list[Reader]:
    """Return the beheerders, as a mail greets them."""
    found = [account for account in staff_accounts() if account.is_beheerder]
    return [
        Reader(one.name, one.email, one.locale, current_vereniging(one.locale)) for one in found
    ]


def note_troubles() -> None:
    """Keep what is wrong now, and what is over, with the moments of both."""
    found = {finding.name for finding in troubles(settings())}
    with write_section():
        rows = {row.name: row for row in db.session.scalars(select(Trouble))}
        for name in found:
            _seen(name, rows.get(name))
        for name in rows.keys() - found:
            _gone(rows[name])


def _seen(name: str, row: Trouble | None) -> None:
    now = clock.now()
    if row is None:
        row = Trouble(name=name, began_at=now)
        db.session.add(row)
        event("trouble_began", level=logging.WARNING, trouble=name)
    elif row.over_at is not None:
        row.began_at, row.is_back = now, True
        row.told_at = row.over_at = row.closed_at = None
        event("trouble_began", level=logging.WARNING, trouble=name)
    row.seen_at = now


def _gone(row: Trouble) -> None:
    now, patience = clock.now(), settings().watching.patience
    if row.over_at is None and now - row.seen_at >= patience:
        row.over_at = row.seen_at
        if row.told_at is None and row.over_at - row.began_at < _stands(row):
            # Nobody heard of it, and nobody needs to.
            row.closed_at = now
        event("trouble_over", trouble=row.name)
    elif row.closed_at is not None and now - row.closed_at > FORGOTTEN:
        db.session.delete(row)


def _stands(row: Trouble) -> timedelta:
    """Return how long a trouble stands before somebody hears of it."""
    return settings().watching.patience * (RETURNED if row.is_back else 1)


def tell_troubles() -> None:
    """Mail the beheerders what began and what is over, all in one; try again later if that fails.

    Sent past the jobs: that the worker stands still must reach somebody as well.
    """
    rows = db.session.scalars(select(Trouble).order_by(Trouble.began_at, Trouble.name))
    told = [Told(row.name, row.began_at, row.over_at) for row in rows if _is_to_tell(row)]
    roll_back()
    if not told or not is_first("tell_troubles", KEY, settings().watching.patience):
        return
    if send_to(readers(), told, lambda: troubles(settings())):
        with write_section():
            names = [each.name for each in told]
            for row in db.session.scalars(select(Trouble).where(Trouble.name.in_(names))):
                row.told_at = row.told_at or clock.now()
                row.closed_at = clock.now() if row.over_at is not None else None
        event("troubles_told", troubles=names)


def _is_to_tell(row: Trouble) -> bool:
    if row.over_at is not None:
        return row.closed_at is None
    return row.told_at is None and row.seen_at - row.began_at >= _stands(row)


def send_to(people: Sequence[Reader], told: Sequence[Told], explain: Explain) -> bool:
    """Send everybody one mail, each in their language; return whether the server took one.

    `explain` says what is wrong, in the language that is spoken.
    """
    # Everybody gets it, whoever could be reached first.
    taken = [_send(reader, told, explain) for reader in people]
    return any(taken)


def _send(reader: Reader, told: Sequence[Told], explain: Explain) -> bool:
    with speak(reader.locale):
        words = _words(told, explain)
    letter = payload_of(
        TEMPLATE, to=reader.email, locale=reader.locale, addressee=reader.name, words=words
    )
    try:
        hand_over(letter, reader.vereniging)
    except (Hopeless, smtplib.SMTPException, ssl.SSLError, OSError) as fault:
        event("trouble_not_told", level=logging.WARNING, kind=type(fault).__name__)
        return False
    return True


def _words(told: Sequence[Told], explain: Explain) -> dict[str, object]:
    since = {each.name: moment_words(each.since) for each in told if each.until is None}
    new = [
        {
            "label": str(LABELS[finding.name]),
            "since": since[finding.name],
            "words": finding.words,
            "remedy": finding.remedy,
        }
        for finding in explain()
        if finding.name in since
    ]
    over = [
        {
            "label": str(LABELS[each.name]),
            "since": moment_words(each.since),
            "until": moment_words(each.until),
        }
        for each in told
        if each.until is not None
    ]
    return {"new": new, "over": over}
