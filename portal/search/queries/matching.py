"""Which words of the vocabulary a word of a question means: itself, its stem, a part, a slip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import ascii_lowercase, digits
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true, union
from sqlalchemy.orm import aliased

from portal.core.db import read_as, read_rows
from portal.core.short_numbers import read_short_number
from portal.search.kinds import Kind
from portal.search.models import SearchEntry, SearchGram, SearchPosting, SearchWord
from portal.search.words import EDGE, STOP_WORDS, edits, grams, inner_grams, most_edits, stems
from portal.services.finding import Instead

# Of a part and of a slip: the words that stand in most entries.
MOST_WORDS = 300
MOST_NEAR = 10
SHORTEST_START = 3
SHORTEST_PART = 4
# A word that stands in this many entries or fewer may be a slip that others made as well.
FEW_ENTRIES = 5
SHORT = 5
# By so many of the three signs in a row of a part the words that may hold it are found.
MOST_SIGNS = 3
# The commonest letter first.
BY_COMMONNESS = "enatirodslghvkmubpwjzcfxyq"
# What can stand behind the first sign of a word.
SIGNS = (*ascii_lowercase, *digits, EDGE)

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
    # Of a word that stands in few places, and in no name: words like it that do stand in a name.
    slips: tuple[int, ...] = ()
    slip_words: frozenset[str] = frozenset()
    # In how many entries its words stand: the rarest of a question is looked up first.
    entries: int = 0

    @property
    def ids(self) -> tuple[int, ...]:
        return (*self.exact, *self.stemmed, *self.others, *self.slips)


def meant_by(word: str) -> Meant:
    """Return the words that `word` means; where it means none, those that look much like it."""
    same = _same_stem(word)
    exact = tuple(row for row in same if row.word == word)
    stemmed = tuple(row for row in same if row.word != word)
    taken = {row.id for row in same}
    others = tuple(row for row in _holding(word) if row.id not in taken)
    if not same and not others:
        near = _near(word)
        layers = ((), (), _ids(near))
        return Meant(word, *layers, _written(near), is_near=True, entries=_entries(near))
    slips = _slips(word, same, others)
    rows = (*same, *others, *slips)
    return Meant(
        word,
        *(_ids(exact), _ids(stemmed), _ids(others)),
        _written(rows),
        slips=_ids(slips),
        slip_words=_written(slips),
        entries=_entries(rows),
    )


def _entries(rows: Sequence[_Row]) -> int:
    return sum(row.entries for row in rows)


def instead_in(meant: Sequence[Meant]) -> list[Instead]:
    """Return which words were taken instead of what was asked, or besides it."""
    told = ((each.asked, each.words, False) for each in meant if each.is_near)
    besides = ((each.asked, each.slip_words, True) for each in meant)
    return [
        Instead(asked, tuple(sorted(words)), is_besides)
        for asked, words, is_besides in (*told, *besides)
        if words
    ]


def _sharing(word: str, most: int) -> ColumnElement[bool]:
    """Return the condition that a word can be so many slips away; some that hold it are not."""
    parts = grams(word)
    # One slip spoils at most four times three signs.
    shared = (
        select(SearchGram.word_id)
        .where(SearchGram.gram.in_(sorted(parts)))
        .group_by(SearchGram.word_id)
        .having(func.count() >= max(1, len(parts) - 4 * most))
    )
    if len(word) > SHORT:
        return SearchWord.id.in_(shared)
    # Two signs that changed places leave nothing of a short word but how it begins.
    begun = [EDGE + word[0] + sign for sign in SIGNS]
    alike = select(SearchGram.word_id).where(SearchGram.gram.in_(begun))
    # As one list: of two, either of which may hold it, PostgreSQL would read all words.
    return SearchWord.id.in_(union(shared, alike))


def _slips(word: str, same: Sequence[_Row], others: Sequence[_Row]) -> tuple[_Row, ...]:
    """Return the words of names of signatories that somebody may have meant who typed `word`.

    None where the word stands in many places, or in a name or title: then it is what was meant.
    """
    if sum(row.entries for row in (*same, *others)) > FEW_ENTRIES or not most_edits(word):
        return ()
    titled = select(SearchPosting.word_id).where(
        SearchPosting.word_id.in_(_ids(same)), SearchPosting.in_title
    )
    if read_rows(titled.limit(1)):
        return ()
    named = (
        select(SearchPosting.word_id)
        .join(SearchEntry, SearchEntry.id == SearchPosting.entry_id)
        .where(SearchPosting.in_title, SearchEntry.kind == Kind.SIGNATORY)
    )
    known = {row.id for row in (*same, *others)}
    return tuple(row for row in _near(word, SearchWord.id.in_(named)) if row.id not in known)


def _written(rows: Iterable[_Row]) -> frozenset[str]:
    return frozenset(row.word for row in rows)


def _ids(rows: Iterable[_Row]) -> tuple[int, ...]:
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
    # "Eenes" has the stem of "een", and means none of it.
    rows = [row for row in _words(is_same) if row.word == word or row.word not in STOP_WORDS]
    return _commonest(rows, MOST_WORDS)


def _holding(word: str) -> tuple[_Row, ...]:
    """Return the words that begin with `word`, or hold it when it is long enough.

    A number means itself only: "42", and "gp42".
    """
    if len(word) < SHORTEST_START or word.isdigit() or read_short_number(word) is not None:
        return ()
    rarest, *others = sorted(inner_grams(word), key=_commonness)[:MOST_SIGNS]
    held = select(SearchGram.word_id).where(SearchGram.gram == rarest)
    for other in others:
        also = aliased(SearchGram)
        held = held.where(exists().where(also.gram == other, also.word_id == SearchGram.word_id))
    rows = _words(and_(SearchWord.id.in_(held), SearchWord.word.contains(word, autoescape=True)))
    if len(word) < SHORTEST_PART:
        return _commonest([row for row in rows if row.word.startswith(word)], MOST_WORDS)
    return _commonest([row for row in rows if word in row.word], MOST_WORDS)


def _commonness(gram: str) -> tuple[int, str]:
    """Return how common three signs in a row are, roughly: by how common each is in Dutch."""
    return sum(
        len(BY_COMMONNESS) - BY_COMMONNESS.find(sign) for sign in gram if sign in BY_COMMONNESS
    ), gram


def _near(word: str, among: ColumnElement[bool] | None = None) -> tuple[_Row, ...]:
    """Return the words, `among` those when given, that are fewest slips of a finger away."""
    most = most_edits(word)
    if not most:
        return ()
    length = func.length(SearchWord.word)
    found = select(*_ROW).where(
        _sharing(word, most),
        true() if among is None else among,
        length.between(len(word) - most, len(word) + most),
    )
    far = [(edits(word, row.word, most), row) for row in read_as(_Row, found)]
    nearest = min((steps for steps, _row in far), default=most + 1)
    if nearest > most:
        return ()
    return _commonest([row for steps, row in far if steps == nearest], MOST_NEAR)
