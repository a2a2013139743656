"""What stands in a cell, as the portal stores it; what cannot be read becomes a remark."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from portal import terms
from portal.core import clock
from portal.core.folding import fold
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.web_addresses import (
    MOST_CHARACTERS,
    WEB_LINK,
    read_web_address,
)
from portal.core.words import date_words, too_long
from portal.intake.verdicts import Remark, Row
from portal.organisations.queries import kinds
from portal.pact.models import SigningEvent
from portal.pact.queries import events
from portal.services.entered import Source
from portal.terms import Term

Value = TypeVar("Value")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
YES, NO = ("ja", "yes", "x", "1", "true", "waar"), ("nee", "no", "0", "false", "onwaar")
# A name of a kind may be in the plural: leveranciers, gemeenten, kennisorganisaties.
_PLURALS = ("s", "n", "en", "'s")


@dataclass(frozen=True, slots=True)
class Lists:
    """What cells name: folded name -> id of a kind of organisation, and the events of signing."""

    kinds: Mapping[str, int]
    events: Mapping[str, SigningEvent]


def read_lists() -> Lists:
    """Return the kinds and events that the portal has, under every name by which they go."""
    known: dict[str, int] = {}
    for kind in kinds():
        for name in map(fold, (kind.name_nl, kind.name_en, kind.slug)):
            known.setdefault(name, kind.id)
            for ending in _PLURALS:
                known.setdefault(name + ending, kind.id)
    return Lists(known, {fold(event.name): event for event in events()})


@dataclass(slots=True)
class Cells:
    """The cells of a row, read one by one; `faults` is what cannot be as it is."""

    row: Row
    faults: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def refuse(self, column: str, text: object) -> None:
        """Remember what is wrong with a cell."""
        self.faults.append(Remark(column, str(text)))

    def note(self, column: str, text: object) -> None:
        """Remember what is good to know of a cell, and in no way wrong."""
        self.remarks.append(Remark(column, str(text)))

    def line(self, column: str, *, most: int) -> str:
        """Return a text of one line; refused when it is longer than `most`."""
        return self._within(column, " ".join(self._typed(column).split()), most)

    def text(self, column: str, *, most: int) -> str:
        """Return a text with its line ends; refused when it is longer than `most`."""
        return self._within(column, self._typed(column), most)

    def _typed(self, column: str) -> str:
        return self.row.cells.get(column, "").strip()

    def _within(self, column: str, text: str, most: int) -> str:
        if column in self.row.cut or len(text) > most:
            self.refuse(column, too_long(max(len(text), most + 1), most=most))
        return text

    def needed(self, column: str, text: Value, message: object) -> Value:
        """Return what was read; refused when it is nothing, and nothing else is wrong with it."""
        if not text and not any(fault.column == column for fault in self.faults):
            self.refuse(column, message)
        return text

    def read(self, column: str, reader: Callable[[str], Value], *, most: int) -> Value | None:
        """Return what `reader` makes of a cell, None of an empty one and of one that it refuses."""
        text = self.line(column, most=most)
        if not text or len(text) > most:
            return None
        try:
            return reader(text)
        except ValueError as refusal:
            # The readers of numbers and addresses refuse with words for the reader.
            self.refuse(column, str(refusal.args[0]))
            return None

    def is_true(self, column: str) -> bool:
        """Return whether a cell says yes; refused when it says neither yes nor no."""
        word = fold(self.line(column, most=20))
        if word and word not in (*YES, *NO):
            self.refuse(column, _("Schrijf ja of nee."))
        return word in YES

    def when(self, column: str, *, most: int = 120) -> Term | None:
        """Return the term that is read in a cell, None of an empty one; refused without a date.

        Where its words are not understood, the days in the columns beside it count.
        """
        text = _without_time(self.line(column, most=most))
        if not text:
            return None
        for locale in (current_locale(), "nl", "en"):
            term = terms.read(text, clock.today(), locale)
            if term is not None:
                return term
        days = self.span(column)
        if any(days):
            return terms.picked(text, *days, clock.today())
        message = _("Wij lezen hier geen datum in. Schrijf het zoals “3 juli 2019” of “juli 2019”.")
        self.refuse(column, message)
        return None

    def span(self, column: str) -> tuple[date | None, date | None]:
        """Return the first and the last day that stand beside a column with words."""
        if f"{column}_vanaf" not in self.row.cells and f"{column}_tot" not in self.row.cells:
            return None, None
        first, last = self.day(f"{column}_vanaf"), self.day(f"{column}_tot")
        if first is not None and last is not None and first > last:
            self.refuse(f"{column}_tot", _("De laatste dag ligt voor de eerste dag."))
            return None, None
        return first, last

    def day(self, column: str) -> date | None:
        """Return the one day that a cell names."""
        term = self.when(column, most=40)
        if term is None:
            return None
        if term.earliest is None or term.earliest != term.latest:
            self.refuse(column, _("Schrijf één dag, bijvoorbeeld 3-7-2019."))
            return None
        if not FIRST_DAY <= term.earliest <= LAST_DAY:
            self.refuse(column, _("Kies een datum tussen 1900 en 2199."))
            return None
        return term.earliest

    def source(self, default: Source) -> Source:
        """Return the source of the row: its own, or that of the whole file."""
        title = self.line("bron", most=200)
        if WEB_LINK.search(title):
            self.refuse("bron", _("Vul hier geen webadres in."))
        url = self.read("bronadres", read_web_address, most=MOST_CHARACTERS)
        if title and url is None and not self.row.cells.get("bronadres"):
            self.refuse("bronadres", _("Vul het webadres in waar dit te lezen is."))
        if url is None:
            return default
        return Source(title or default.title, url)


def _without_time(text: str) -> str:
    """Return a moment of a program as its day: "2019-07-03T00:00:00" -> "2019-07-03"."""
    day, mark, _time = text.partition("T")
    return day if mark and len(day) == len("2019-07-03") and day[4:5] == "-" else text


def differs(one: str | None, other: str | None) -> bool:
    """Return whether two texts differ otherwise than by spaces at their ends and line ends."""
    return (one or "").replace("\r\n", "\n").strip() != (other or "").replace("\r\n", "\n").strip()


def days_of(term: Term | None) -> str:
    """Return the days of a term in words; "" for none."""
    if term is None or term.earliest is None or term.latest is None:
        return term.text if term is not None else ""
    if term.earliest == term.latest:
        return date_words(term.earliest, current_locale())
    return term.explained(current_locale())


def split(text: str) -> Iterable[str]:
    """Return the names in a cell that holds several."""
    return (name.strip() for name in text.replace("\n", ";").split(";") if name.strip())
