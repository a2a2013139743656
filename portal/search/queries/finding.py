"""What a question finds: counted of every kind, the best first, the same on both databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Subquery, and_, case, func, literal, select

from portal.core.db import Columnar, read_number, read_rows
from portal.search.kinds import WEIGHTS, Kind
from portal.search.models import SearchEntry, SearchPosting
from portal.search.queries.facets import Facets, facets_of
from portal.search.queries.holding import (
    hits_of,
    is_known,
    is_readable,
    is_visible,
    is_whole,
    what_is_meant,
)
from portal.search.queries.matching import Meant
from portal.search.queries.narrowing import EVERYTHING, Narrowing, clauses
from portal.search.queries.reading import read_sources
from portal.search.queries.source import Source

PER_PAGE = 20
# Beyond these nobody reads: they are counted, not shown.
MOST_SHOWN = 2000
MOST_NAMES = 5
# So many of them are read together.
AT_ONCE = 200
# A word as it is written, in another form, or as a part; and in a name or title above all.
_EXACT, _STEMMED, _OTHER, _IN_TITLE = 3, 2, 1, 10
# All words in the name or title, and nothing but those.
_ALL_IN_TITLE, _WHOLE_TITLE = 1000, 500
# What holds only a word like it stands below all that holds the word itself.
_SLIP = -10_000


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
    facets = facets_of(hits_of(meant), narrowing)
    numbers = facets.kinds
    total = numbers.get(narrowing.kind, 0) if narrowing.kind else sum(numbers.values())
    page = max(1, min(page, -(-min(total, MOST_SHOWN) // PER_PAGE)))
    rows = _best(meant, narrowing, size=PER_PAGE, skip=(page - 1) * PER_PAGE) if total else []
    hits = [Hit(source, meant) for source in read_sources(rows)]
    return Answer(hits, facets, total, page, meant)


def count_hits(text: str, narrowing: Narrowing = EVERYTHING) -> int:
    """Return how much everybody may read about the words of `text`, also beyond `MOST_SHOWN`."""
    meant = what_is_meant(text)
    if not is_known(meant):
        return 0
    hits = hits_of(meant)
    return read_number(select(func.count()).select_from(hits).where(*clauses(narrowing, hits)))


def _found(meant: Sequence[Meant]) -> Subquery:
    """Return the entries that hold all words, with their points and how many stand in the title."""
    rarest, *more = sorted(meant, key=lambda each: each.entries)
    first = _entries_of(rarest).cte("rarest").prefix_with("MATERIALIZED")
    holds_rarest = SearchPosting.entry_id.in_(select(first.c.entry_id))
    others = [
        _entries_of(each).where(holds_rarest).subquery(f"word_{at}") for at, each in enumerate(more)
    ]
    points: ColumnElement[int] = first.c.points
    is_titled: list[ColumnElement[bool]] = [first.c.points >= _IN_TITLE]
    joined: Any = first
    for each in others:
        joined = joined.join(each, each.c.entry_id == first.c.entry_id)
        points = points + each.c.points
        is_titled.append(each.c.points >= _IN_TITLE)
    all_titled = case((and_(*is_titled), _ALL_IN_TITLE), else_=0)
    query = select(
        first.c.entry_id.label("entry_id"), (points + all_titled).label("points")
    ).select_from(joined)
    return query.subquery("found")


def _entries_of(meant: Meant) -> Columnar:
    """Return each entry in which one word stands, with the most points that it gives there."""
    how = case(
        (SearchPosting.word_id.in_(meant.exact), _EXACT),
        (SearchPosting.word_id.in_(meant.stemmed), _STEMMED),
        (SearchPosting.word_id.in_(meant.slips), _SLIP),
        else_=_OTHER,
    )
    where = case((SearchPosting.in_title, _IN_TITLE), else_=0)
    return (
        select(SearchPosting.entry_id, func.max(how + where).label("points"))
        .where(SearchPosting.word_id.in_(meant.ids))
        .group_by(SearchPosting.entry_id)
    )


def all_hits(text: str, narrowing: Narrowing = EVERYTHING) -> Iterator[Hit]:
    """Yield what everybody may read about the words of `text`, the best first: `MOST_SHOWN`."""
    meant = what_is_meant(text)
    if not is_known(meant):
        return
    rows = _best(meant, narrowing, size=MOST_SHOWN)
    for at in range(0, len(rows), AT_ONCE):
        for source in read_sources(rows[at : at + AT_ONCE]):
            yield Hit(source, meant)


def _best(
    meant: Sequence[Meant], narrowing: Narrowing, *, size: int, skip: int = 0
) -> list[tuple[Kind, int]]:
    found = _found(meant)
    weight = case({str(each): number for each, number in WEIGHTS.items()}, value=SearchEntry.kind)
    whole = " ".join(each.asked for each in meant)
    # What was made last; of the pages of a document the first.
    newest = case(
        (SearchEntry.kind == Kind.PAGE, -SearchEntry.subject_id), else_=SearchEntry.subject_id
    )
    # "Groningen" is Gemeente Groningen before Gemeente Midden-Groningen.
    length = case(
        (SearchEntry.kind == Kind.SIGNATORY, func.length(SearchEntry.title_words)), else_=0
    )
    is_whole = case((SearchEntry.title_words == literal(whole), _WHOLE_TITLE), else_=0)
    query = (
        select(SearchEntry.kind, SearchEntry.subject_id)
        .join(found, found.c.entry_id == SearchEntry.id)
        .where(is_visible(), *clauses(narrowing))
        .order_by(
            (found.c.points + weight + is_whole).desc(),
            length,
            SearchEntry.dated.desc(),
            weight.desc(),
            newest.desc(),
        )
        .limit(size)
        .offset(skip)
    )
    return [(Kind(each), number) for each, number in read_rows(query)]


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
