"""What a question finds: counted of every kind, the best first, the same on both databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import func, select

from portal.core.db import read_number, read_rows
from portal.search.kinds import Kind
from portal.search.models import SearchEntry, SearchPosting
from portal.search.queries.facets import Facets, facets_of
from portal.search.queries.holding import (
    hits_of,
    is_known,
    is_readable,
    is_whole,
    what_is_meant,
)
from portal.search.queries.matching import Meant
from portal.search.queries.narrowing import EVERYTHING, Narrowing, clauses
from portal.search.queries.ranking import MOST_SHOWN, best, kinds_within
from portal.search.queries.reading import read_sources
from portal.search.queries.source import Source

PER_PAGE = 20
MOST_NAMES = 5
# So many of them are read together.
AT_ONCE = 200


class Hit(NamedTuple):
    """Something that was found."""

    source: Source
    # What each word of the question means.
    meant: Sequence[Meant]


class Answer(NamedTuple):
    """A page of what a question finds, and how much each further choice opens."""

    hits: Sequence[Hit]
    facets: Facets | None
    # How many there are of what was asked for.
    total: int
    page: int
    meant: Sequence[Meant]

    @property
    def last_page(self) -> int:
        """The number of the last page, from 1."""
        return max(1, -(-min(self.total, MOST_SHOWN) // PER_PAGE))


def answer_to(text: str, narrowing: Narrowing = EVERYTHING, page: int = 1) -> Answer:
    """Return page `page`, from 1, of what everybody may read about the words of `text`."""
    meant = what_is_meant(text)
    if not is_known(meant):
        return Answer((), None, 0, 1, meant)
    hits = hits_of(meant)
    facets = facets_of(hits, narrowing)
    numbers = facets.kinds
    total = numbers.get(narrowing.kind, 0) if narrowing.kind else sum(numbers.values())
    page = max(1, min(page, -(-min(total, MOST_SHOWN) // PER_PAGE)))
    skip = (page - 1) * PER_PAGE
    kinds = kinds_within(numbers, skip + PER_PAGE)
    rows = best(meant, hits, narrowing, size=PER_PAGE, skip=skip, kinds=kinds) if total else []
    found = [Hit(source, meant) for source in read_sources(rows)]
    return Answer(found, facets, total, page, meant)


def count_hits(text: str, narrowing: Narrowing = EVERYTHING) -> int:
    """Return how much everybody may read about the words of `text`, also beyond `MOST_SHOWN`."""
    meant = what_is_meant(text)
    if not is_known(meant):
        return 0
    counted = select(func.count()).select_from(SearchEntry)
    return read_number(counted.where(hits_of(meant).where, *clauses(narrowing)))


def all_hits(text: str, narrowing: Narrowing = EVERYTHING) -> Iterator[Hit]:
    """Yield what everybody may read about the words of `text`, the best first: `MOST_SHOWN`."""
    meant = what_is_meant(text)
    if not is_known(meant):
        return
    rows = best(meant, hits_of(meant), narrowing, size=MOST_SHOWN)
    for at in range(0, len(rows), AT_ONCE):
        for source in read_sources(rows[at : at + AT_ONCE]):
            yield Hit(source, meant)


def near_names(meant: Sequence[Meant]) -> list[Source]:
    """Return the signatories with most of these words in their names, a few of them.

    A word that stands in the names of many says nothing about which is meant.
    """
    found: Counter[int] = Counter()
    for each in meant:
        numbers = _named(each)
        if len(numbers) <= MOST_NAMES:
            found.update(numbers)
    nearest = sorted(found, key=lambda number: (-found[number], number))[:MOST_NAMES]
    return read_sources([(Kind.SIGNATORY, number) for number in nearest])


def _named(meant: Meant) -> list[int]:
    query = (
        select(SearchEntry.subject_id)
        .join(SearchPosting, SearchPosting.entry_id == SearchEntry.id)
        .where(
            SearchPosting.word_id.in_(meant.ids),
            SearchPosting.in_title,
            SearchEntry.kind == Kind.SIGNATORY,
            is_readable(Kind.SIGNATORY),
            is_whole(Kind.SIGNATORY),
        )
        .distinct()
        .limit(MOST_NAMES + 1)
    )
    return [number for (number,) in read_rows(query)]
