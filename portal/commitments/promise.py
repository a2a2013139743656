"""A promised term: what the portal reads in the words, and what its writer confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from portal import terms
from portal.terms import Pitfall, Term


@dataclass(frozen=True, slots=True)
class Reading:
    """What the portal reads in words that were said on a day; `term` is None without a date."""

    words: str
    said_on: date
    term: Term | None

    @property
    def key(self) -> str:
        """The key of these words with these dates, to which a confirmation is bound; "" without."""
        if self.term is None:
            return ""
        bound = "\n".join((self.words, str(self.term.earliest), str(self.term.latest)))
        return sha256(bound.encode()).hexdigest()[:24]

    @property
    def is_open_ended(self) -> bool:
        """Whether the words say that there is no date: then there is nothing to ask."""
        return self.term is None and terms.is_open_ended(self.words)

    @property
    def is_vague(self) -> bool:
        """Whether the words stand in for a moment and name none, as "z.s.m." does."""
        return self.term is None and terms.is_vague(self.words)

    @property
    def pitfall(self) -> Pitfall | None:
        """What may mislead in these words, None when nothing does."""
        return terms.pitfall_in(self.words, self.term)


def reading_of(words: str, said_on: date, locale: str = "nl") -> Reading:
    """Return what the portal reads in `words`, in Dutch or for "en" in English; never raises."""
    return Reading(words, said_on, terms.read(words, said_on, locale))


@dataclass(frozen=True, slots=True)
class Promised:
    """A confirmed term: read in the words, picked by hand, or without a date (`term` is None)."""

    words: str
    said_on: date
    term: Term | None
    is_picked: bool = False


def promised(words: str, said_on: date) -> Promised:
    """Return the term as it is read; without a date when the words name none."""
    return Promised(words, said_on, terms.read(words, said_on))


def picked(words: str, said_on: date, earliest: date | None, latest: date | None) -> Promised:
    """Return words with dates picked by hand; ValueError for none, or an end before the start."""
    return Promised(words, said_on, terms.picked(words, earliest, latest, said_on), True)
