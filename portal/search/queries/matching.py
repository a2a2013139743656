"""Which words of the vocabulary a word of a question means: itself, its stem, a part, a slip."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select

from portal.core.db import read_as
from portal.core.short_numbers import read_short_number
from portal.search.models import SearchGram, SearchWord
from portal.search.words import edits, grams, inner_grams, most_edits, stems

# Of a part and of a slip: the words that stand in most entries.
MOST_WORDS = 300
MOST_NEAR = 10
SHORTEST_START = 3
SHORTEST_PART = 4

_ROW = (SearchWord.id, SearchWord.word, SearchWord.entries)


class _Row(NamedTuple):
    """A word of the vocabulary."""

    id: int
    word: str
    entries: int


class Meant(NamedTuple):
    """The words that one word of a question means."""

    asked: str
    exact: tuple[int, ...]
    stemmed: tuple[int, ...]
    others: tuple[int, ...]
    # All of them as they are written; and whether the word itself is nowhere, only ones like it.
    words: frozenset[str]
    is_near: bool = False

    @property
    def ids(self) -> tuple[int, ...]:
        return (*self.exact, *self.stemmed, *self.others)


def meant_by(word: str) -> Meant:
    """Return the words that `word` means; where it means none, those that look much like it."""
    same = _same_stem(word)
    exact = tuple(row for row in same if row.word == word)
    stemmed = tuple(row for row in same if row.word != word)
    taken = {row.id for row in same}
    others = tuple(row for row in _holding(word) if row.id not in taken)
    if same or others:
        return _meant(word, exact, stemmed, others)
    return _meant(word, (), (), _near(word), is_near=True)


def _meant(
    word: str,
    exact: tuple[_Row, ...],
    stemmed: tuple[_Row, ...],
    others: tuple[_Row, ...],
    *,
    is_near: bool = False,
) -> Meant:
    words = frozenset(row.word for row in (*exact, *stemmed, *others))
    return Meant(word, _ids(exact), _ids(stemmed), _ids(others), words, is_near)


def _ids(rows: tuple[_Row, ...]) -> tuple[int, ...]:
    return tuple(row.id for row in rows)


def _commonest(rows: list[_Row], most: int) -> tuple[_Row, ...]:
    # In Python: each database sorts words in its own way.
    return tuple(sorted(rows, key=lambda row: (-row.entries, row.word))[:most])


def _words(condition: ColumnElement[bool]) -> list[_Row]:
    return list(read_as(_Row, select(*_ROW).where(condition)))


def _same_stem(word: str) -> tuple[_Row, ...]:
    dutch, english = stems(word)
    is_same = or_(
        SearchWord.word == word,
        SearchWord.dutch_stem == dutch,
        SearchWord.english_stem == english,
    )
    return _commonest(_words(is_same), MOST_WORDS)


def _holding(word: str) -> tuple[_Row, ...]:
    """Return the words that begin with `word`, or hold it when it is long enough.

    A number means itself only: "42", and "gp42".
    """
    if len(word) < SHORTEST_START or word.isdigit() or read_short_number(word) is not None:
        return ()
    parts = inner_grams(word)
    held = (
        select(SearchGram.word_id)
        .where(SearchGram.gram.in_(sorted(parts)))
        .group_by(SearchGram.word_id)
        .having(func.count() == len(parts))
    )
    rows = _words(SearchWord.id.in_(held))
    if len(word) < SHORTEST_PART:
        return _commonest([row for row in rows if row.word.startswith(word)], MOST_WORDS)
    return _commonest([row for row in rows if word in row.word], MOST_WORDS)


def _near(word: str) -> tuple[_Row, ...]:
    """Return the words that are fewest slips of a finger away."""
    most, parts = most_edits(word), grams(word)
    if not most:
        return ()
    # One slip spoils at most four times three signs.
    shared = (
        select(SearchGram.word_id)
        .where(SearchGram.gram.in_(sorted(parts)))
        .group_by(SearchGram.word_id)
        .having(func.count() >= max(1, len(parts) - 4 * most))
    )
    length = func.length(SearchWord.word)
    found = select(*_ROW).where(
        SearchWord.id.in_(shared), length.between(len(word) - most, len(word) + most)
    )
    far = [(edits(word, row.word, most), row) for row in read_as(_Row, found)]
    nearest = min((steps for steps, _row in far), default=most + 1)
    if nearest > most:
        return ()
    return _commonest([row for steps, row in far if steps == nearest], MOST_NEAR)
