"""What lists, and those who follow them, ask of the index of words, which stands above them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from sqlalchemy import Select

from portal.core.db import Bound


class Instead(NamedTuple):
    """A word of a question that stands nowhere, and the words like it that are found instead.

    Or it stands in a few places, and the words are found besides.
    """

    asked: str
    words: tuple[str, ...]
    is_besides: bool = False


class WordIndex(Protocol):
    """The index of all words that everybody may read; a change is in it within seconds."""

    def commitments(self, text: str) -> Select[int] | None:
        """Return the ids of the commitments with all words of `text`; None: it has no word."""

    def signatories(self, text: str) -> Select[int] | None:
        """Return the ids of the signatories with all words of `text`; None: it has no word."""

    def instead_of(self, text: str) -> Sequence[Instead]:
        """Return what is found for those words of `text` that stand nowhere or hardly."""

    def is_behind(self) -> bool:
        """Return whether anything changed that is not in it yet: what is not found may be there."""

    def catch_up(self) -> None:
        """Take in all that has changed until now, in transactions of its own."""


word_index: Bound[WordIndex] = Bound("word_index")
