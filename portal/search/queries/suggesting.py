"""What somebody may mean who types: names, titles and numbers that begin with those letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, case, func, select

from portal.core.db import read_rows
from portal.core.short_numbers import PREFIX, read_short_number, short_number
from portal.search.kinds import TITLED, WEIGHTS, Kind
from portal.search.models import SearchEntry, SearchGram, SearchPosting, SearchWord
from portal.search.queries.holding import MOST_ASKED, is_visible
from portal.search.queries.reading import read_sources
from portal.search.queries.source import Source
from portal.search.words import EDGE, asked_words, words_of

MOST_SUGGESTED = 8
SHORTEST_TYPED = 2


class Suggestion(NamedTuple):
    """A public thing that may be meant, and its other name or number where that is what fits."""

    source: Source
    known_as: str


def suggestions(text: str) -> list[Suggestion]:
    """Return at most `MOST_SUGGESTED` things in whose names or titles words begin as in `text`.

    None for less than `SHORTEST_TYPED` letters.
    """
    # Who types "Het H" has typed nothing but a word that stands everywhere, until now.
    begun = _long_enough(asked_words(text, MOST_ASKED)) or _long_enough(words_of(text))
    if not begun:
        return []
    whole = " ".join(begun)
    weight = case({str(each): number for each, number in WEIGHTS.items()}, value=SearchEntry.kind)
    is_first = case((func.substr(SearchEntry.title_words, 1, len(whole)) == whole, 1), else_=0)
    query = (
        select(SearchEntry.kind, SearchEntry.subject_id)
        .where(*map(_is_begun, begun), is_visible(TITLED))
        .order_by(
            is_first.desc(), weight.desc(), SearchEntry.dated.desc(), SearchEntry.subject_id.desc()
        )
        .limit(MOST_SUGGESTED)
    )
    rows = [(Kind(kind), number) for kind, number in read_rows(query)]
    return [Suggestion(source, _known_as(source, begun)) for source in read_sources(rows)]


def _long_enough(words: Sequence[str]) -> list[str]:
    return [word for word in words[:MOST_ASKED] if len(word) >= SHORTEST_TYPED]


def _is_begun(start: str) -> ColumnElement[bool]:
    """Return the condition that a word of a name or title begins so."""
    titled = (
        select(SearchPosting.entry_id)
        .join(SearchWord, SearchWord.id == SearchPosting.word_id)
        .join(SearchGram, SearchGram.word_id == SearchWord.id)
        .where(
            SearchGram.gram == EDGE + start[:SHORTEST_TYPED],
            func.substr(SearchWord.word, 1, len(start)) == start,
            SearchPosting.in_title,
        )
    )
    return SearchEntry.id.in_(titled)


def _known_as(source: Source, begun: Sequence[str]) -> str:
    """Return the name besides the title that has what was typed; "" when the title has it.

    Versions of the pact have one title, so each is told with its label.
    """
    if source.kind is Kind.PACT:
        return source.names[0]
    left = [start for start in begun if not _has(source.title, start)]
    fitting = (name for name in source.names if any(_has(name, start) for start in left))
    name = next(fitting, "")
    number = read_short_number(name) if name.startswith(PREFIX) else None
    return short_number(number) if number is not None else name


def _has(name: str, start: str) -> bool:
    return any(word.startswith(start) for word in words_of(name))
