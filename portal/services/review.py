"""The decisions of moderators: a text is placed, sent back or refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

from portal.core.errors import FieldRefused
from portal.core.i18n import gettext as _
from portal.core.i18n import speak
from portal.lifecycle import TextState, step_of
from portal.policy import Person
from portal.services import mail, undoing
from portal.services.grounds import TEXT_GROUNDS
from portal.services.history import advance, last_row
from portal.services.mail import Reader
from portal.services.undoing import Undone


class Version(Protocol):
    """One version of a text."""

    id: int
    body: str

    @property
    def state(self) -> TextState: ...
    @property
    def thing(self) -> str: ...


Text = TypeVar("Text", bound=Version)


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

    @property
    def newest(self) -> Version | None:
        """The text that was sent last for the same item."""

    def stand_again(self) -> Version | None:
        """Let the item show what it showed before this version, and return that; None: nothing.

        FieldRefused when something followed that needs this text before everybody.
        """

    def enter_queue(self) -> None:
        """Raise the item's own count of texts that wait, where it has one."""

    def turn_back(self, *, by: Person) -> None:
        """Let an item wait again that was refused or placed as a whole with this version."""

    @property
    def path(self) -> str:
        """The path, without language, of the page on which the writer finds the text."""

    @property
    def title(self) -> str:
        """What the text is about."""

    def turn_away(self, *, ground: str, reason: str, by: Person) -> None:
        """Refuse the item as well when none of its texts was ever placed."""

    def mail_words(self, locale: str) -> Mapping[str, Any]:
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


def undo(text: Reviewed, *, decision_id: int | None, reason: str, by: Person) -> Undone:
    """Let a text wait again; an earlier one stands as before. Its writer hears of it if need be.

    Returns what was undone, for others who heard of it. Raises what `undoing.undo` raises, and
    FieldRefused when something followed the decision.
    """
    text.lock()
    is_placed = undoing.hold_decision(text.version, decision_id) == "place"
    if text.newest is not text.version:
        raise FieldRefused("reason", _("Er is intussen een nieuwe tekst. Besluit over die tekst."))
    if is_placed:
        before = text.stand_again()
        if before is not None:
            advance(before, "stand_again", by=by)
    undone = undoing.undo(text.version, decision_id=decision_id, reason=reason, by=by)
    text.turn_back(by=by)
    text.enter_queue()
    if text.writer is not None:
        undoing.tell(undone, [text.writer], text.title, text.path)
    return undone


def superseded_by(version: Text, earlier: Text | None) -> Text | None:
    """Return the `earlier` text when it gave way to `version`; None when it was gone before."""
    if earlier is None:
        return None
    placed = last_row(version.thing, version.id, "place")
    gave_way = last_row(earlier.thing, earlier.id, "supersede")
    is_of_same_act = placed is not None and gave_way is not None and gave_way.id > placed.id
    return earlier if is_of_same_act else None


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
        decision=version,
        ground=ground_words,
        reason=reason.strip(),
        text=version.body,
        **text.mail_words(writer.locale),
    )
