"""Something public is taken out of sight, or brought back; its people get a mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from portal.core import clock
from portal.core.i18n import lazy_gettext as _l
from portal.core.i18n import speak
from portal.policy import Person
from portal.services import mail
from portal.services.grounds import TEXT_GROUNDS
from portal.services.history import last_row, record
from portal.services.mail import Reader
from portal.services.review import refuse_unknown

# What a mail calls a hidden thing, by the name of its lifecycle.
NAMES = {
    "comment": _l("uw reactie"),
    "commitment": _l("uw toezegging"),
    "progress_update": _l("uw voortgangsbericht"),
    "prognosis": _l("uw prognose"),
    "revision": _l("uw eerdere tekst van een toezegging"),
    "article": _l("uw artikel"),
    "disowning": _l("uw toelichting bij “niet van ons”"),
    "profile": _l("uw korte omschrijving"),
    "document_version": _l("uw document"),
    "picture": _l("uw plaatje"),
}


class Hidden(Protocol):
    """Something public that can be taken out of sight."""

    hidden_at: datetime | None
    hidden_by: int | None
    hidden_ground: str | None

    @property
    def thing(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Notice:
    """What a mail says of a hidden thing: to which readers, what it is about, and its text.

    `path` is where they can read it and what was decided, without language.
    """

    readers: Sequence[Reader]
    title: str
    path: str
    text: str = ""
    # Whose people they are, when they are those of one.
    organisation_id: int | None = None


class WhyHidden(NamedTuple):
    """What the people of a hidden thing read above it."""

    # The code of a ground of the spelregels.
    ground: str
    # None once it was emptied for the law.
    reason: str | None
    language: str
    at: datetime


def why_hidden(thing: str, number: int) -> WhyHidden | None:
    """Return why a thing was hidden last; None for one that never was."""
    row = last_row(thing, number, "hide")
    return (
        WhyHidden(row.ground or "", row.reason, row.language, row.at) if row is not None else None
    )


def hide(item: Hidden, notice: Notice, *, ground: str, reason: str, by: Person) -> None:
    """Take something out of sight, leave its state as it is, and tell its people why.

    FieldRefused without a ground, ReasonMissing without a reason. Each domain calls this from an
    action of its own, which also changes what depends on the thing: counts, a discussion.
    """
    refuse_unknown(ground)
    record(item, "hide", by=by, ground=ground, reason=reason)
    item.hidden_at, item.hidden_by, item.hidden_ground = clock.now(), by.id, ground
    _tell("hidden", item, notice, ground=ground, reason=reason)


def restore(item: Hidden, notice: Notice | None, *, reason: str = "", by: Person) -> None:
    """Bring back something that was hidden, in the state that it has by now.

    `notice` is None for something that nobody gets to see again, since it was withdrawn meanwhile.
    """
    record(item, "restore", by=by, reason=reason)
    item.hidden_at = item.hidden_by = item.hidden_ground = None
    if notice is not None:
        _tell("restored", item, notice, reason=reason)


def confirm(item: Hidden, *, by: Person) -> None:
    """Write down that a second moderator leaves something hidden."""
    record(item, "confirm_hidden", by=by)


def _tell(template: str, item: Hidden, notice: Notice, *, reason: str, ground: str = "") -> None:
    for reader in notice.readers:
        with speak(reader.locale):
            what = str(NAMES[item.thing])
            ground_words = str(TEXT_GROUNDS[ground]) if ground else ""
        mail.send(
            template,
            to=reader.email,
            locale=reader.locale,
            addressee=reader.name,
            key=None,
            what=what,
            title=notice.title,
            organisation_id=notice.organisation_id,
            path=("/en" if reader.locale == "en" else "") + notice.path,
            text=notice.text,
            ground=ground_words,
            reason=reason.strip(),
        )
