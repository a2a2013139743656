"""The decisions of moderators: a text is placed, sent back or refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from portal.core.errors import FieldRefused
from portal.core.i18n import gettext as _
from portal.core.i18n import speak
from portal.lifecycle import TextState, step_of
from portal.policy import Person
from portal.services import mail
from portal.services.grounds import TEXT_GROUNDS
from portal.services.history import advance
from portal.services.mail import Reader


class Version(Protocol):
    """One version of a text."""

    id: int
    body: str

    @property
    def state(self) -> TextState: ...
    @property
    def thing(self) -> str: ...


class Reviewed(Protocol):
    """A version that waits, with the item (a comment, an organisation) of which it is a text."""

    @property
    def version(self) -> Version: ...

    @property
    def placed(self) -> Version | None:
        """The version that stands before everybody now, if there is one."""

    @property
    def writer(self) -> Reader | None:
        """The account to tell of the decision; None when nobody with an account wrote it."""

    @property
    def mails(self) -> str:
        """How the names of its mails begin: \"comment\", for \"comment_placed\" and the others."""

    def lock(self) -> None:
        """Lock the rows above the version that a decision changes, the highest first."""

    def show(self, *, is_first: bool, by: Person) -> None:
        """Let the item show this version; `is_first`: no other was placed before."""

    def leave_queue(self) -> None:
        """Lower the item's own count of texts that wait, where it has one."""

    def turn_away(self, *, ground: str, reason: str, by: Person) -> None:
        """Refuse the item as well when none of its texts was ever placed."""

    def mail_words(self, locale: str) -> Mapping[str, str | int | bool]:
        """The words that only mails about this kind of text have."""


def place(text: Reviewed, *, by: Person) -> None:
    """Put the text before everybody, in place of an earlier one; its writer gets a mail."""
    text.lock()
    advance(text.version, "place", by=by)
    before = text.placed
    if before is not None:
        advance(before, "supersede", by=by)
    text.show(is_first=before is None, by=by)
    text.leave_queue()
    _tell_writer(text, "place")


def ask_change(text: Reviewed, *, ground: str, reason: str, by: Person) -> None:
    """Ask the writer for another text; FieldRefused or ReasonMissing without a ground or reason."""
    _take_from_queue(text, "ask_change", ground, reason, by)
    _tell_writer(text, "ask_change", ground=ground, reason=reason)


def refuse(text: Reviewed, *, ground: str, reason: str, by: Person) -> None:
    """Do not place the text; an item with a placed text goes on showing that.

    FieldRefused without a ground, ReasonMissing without a reason.
    """
    _take_from_queue(text, "refuse", ground, reason, by)
    text.turn_away(ground=ground, reason=reason, by=by)
    _tell_writer(text, "refuse", ground=ground, reason=reason)


def refuse_unknown(ground: str) -> None:
    """Refuse a ground that the spelregels do not name, with FieldRefused."""
    if ground not in TEXT_GROUNDS:
        raise FieldRefused("ground", _("Kies een reden."))


def _take_from_queue(text: Reviewed, step: str, ground: str, reason: str, by: Person) -> None:
    refuse_unknown(ground)
    text.lock()
    advance(text.version, step, by=by, ground=ground, reason=reason)
    text.leave_queue()


def _tell_writer(text: Reviewed, step: str, *, ground: str = "", reason: str = "") -> None:
    writer, version = text.writer, text.version
    if writer is None:
        return
    with speak(writer.locale):
        ground_words = str(TEXT_GROUNDS[ground]) if ground else ""
    mail.send(
        f"{text.mails}_{step_of(version.thing, step).target}",
        to=writer.email,
        locale=writer.locale,
        addressee=writer.name,
        key=None,
        ground=ground_words,
        reason=reason.strip(),
        text=version.body,
        **text.mail_words(writer.locale),
    )
