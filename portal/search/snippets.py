"""A piece of a text around the words that were found, with those words marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from portal.search.queries.matching import Meant
from portal.search.words import words_of

# Signs before and after the first word that was found.
BEFORE, AFTER = 70, 190
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Piece(NamedTuple):
    """A stretch of text, and whether it is what was found."""

    text: str
    is_marked: bool


def marked(text: str, meant: Sequence[Meant]) -> list[Piece]:
    """Return the whole text in pieces."""
    return list(_pieces(text, _places(text, meant)))


def snippet(text: str, meant: Sequence[Meant]) -> list[Piece]:
    """Return the stretch of a text that begins a little before the first word found, in pieces.

    Where no word stands in it, its beginning.
    """
    places = _places(text, meant)
    start = _word_start(text, max(0, places[0][0] - BEFORE)) if places else 0
    end = _word_end(text, (places[0][1] if places else 0) + AFTER)
    inside = [
        (one - start, other - start) for one, other in places if start <= one and other <= end
    ]
    pieces = list(_pieces(text[start:end], inside))
    before = [Piece("… ", False)] if start else []
    after = [Piece(" …", False)] if end < len(text) else []
    return before + pieces + after


def _places(text: str, meant: Sequence[Meant]) -> list[tuple[int, int]]:
    found = frozenset().union(*(each.words for each in meant))
    return [
        found_at.span() for found_at in _WORD.finditer(text) if found & set(words_of(found_at[0]))
    ]


def _pieces(text: str, places: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    at = 0
    for start, end in places:
        if start > at:
            yield Piece(text[at:start], False)
        yield Piece(text[start:end], True)
        at = end
    if at < len(text):
        yield Piece(text[at:], False)


def _word_start(text: str, at: int) -> int:
    if at == 0:
        return 0
    space = text.find(" ", at)
    return space + 1 if 0 <= space - at < BEFORE else at


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", 0, at + 1)
    return space if at - space < BEFORE else at
