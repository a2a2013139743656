"""The best of what a question finds: whole numbers over a bounded number of hits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select

from portal.core.db import read_rows
from portal.search.kinds import TITLED, WEIGHTS, Kind
from portal.search.models import SearchEntry
from portal.search.queries.holding import Hits, by_rarity, holds_one_of, titled_with
from portal.search.queries.matching import Meant
from portal.search.queries.narrowing import Narrowing, clauses

# Beyond these nobody reads: they are counted, and neither ranked nor shown.
MOST_SHOWN = 2000
# A word as it is written, in another form, or as a part; and in a name or title above all.
_EXACT, _STEMMED, _OTHER, _IN_TITLE = 3, 2, 1, 10
# All words in the name or title, and nothing but those.
_ALL_IN_TITLE, _WHOLE_TITLE = 1000, 500
# What holds only a word like it stands below all that holds the word itself.
_SLIP = -10_000
# Whatever words they hold, those of one stand before those of the next: see `WEIGHTS`.
_TIERS = (TITLED, (Kind.UPDATE,), (Kind.PAGE,), (Kind.COMMENT,))

_WEIGHT = case({str(each): number for each, number in WEIGHTS.items()}, value=SearchEntry.kind)
# What was made last; of the pages of a document the first.
_NEWEST = case(
    (SearchEntry.kind == Kind.PAGE, -SearchEntry.subject_id), else_=SearchEntry.subject_id
)
_NEWEST_FIRST = (SearchEntry.dated.desc(), _WEIGHT.desc(), _NEWEST.desc())
# "Groningen" is Gemeente Groningen before Gemeente Midden-Groningen.
_LENGTH = case((SearchEntry.kind == Kind.SIGNATORY, func.length(SearchEntry.title_words)), else_=0)


def kinds_within(counts: Mapping[Kind, int], most: int) -> Sequence[Kind]:
    """Return kinds among which the best `most` hits are, where there are so many of each kind."""
    kinds: list[Kind] = []
    for tier in _TIERS:
        kinds.extend(tier)
        if sum(counts.get(kind, 0) for kind in kinds) >= most:
            break
    return kinds


def best(
    meant: Sequence[Meant],
    hits: Hits,
    narrowing: Narrowing,
    *,
    size: int,
    skip: int = 0,
    kinds: Sequence[Kind] = tuple(Kind),
) -> list[tuple[Kind, int]]:
    """Return the best of the hits that are of these kinds, after `skip` better ones.

    Ranked are `MOST_SHOWN`: those that hold the rarest word in their name or title first, then the
    kinds in their order, of each the newest.
    """
    query = (
        select(SearchEntry.kind, SearchEntry.subject_id)
        .where(SearchEntry.id.in_(_ranked(meant, hits, narrowing, kinds)))
        .order_by(_total(meant, hits).desc(), _LENGTH, *_NEWEST_FIRST)
        .limit(size)
        .offset(skip)
    )
    return [(Kind(each), number) for each, number in read_rows(query)]


def _total(meant: Sequence[Meant], hits: Hits) -> ColumnElement[int]:
    whole = " ".join(each.asked for each in meant)
    points = _WEIGHT + case((SearchEntry.title_words == literal(whole), _WHOLE_TITLE), else_=0)
    most = min(MOST_SHOWN, hits.most)
    is_titled = {each.asked: titled_with(each, most) for each in meant}
    for each in meant:
        points = points + _points_of(each) + case((is_titled[each.asked], _IN_TITLE), else_=0)
    return points + case((and_(*is_titled.values()), _ALL_IN_TITLE), else_=0)


def _ranked(
    meant: Sequence[Meant],
    hits: Hits,
    narrowing: Narrowing,
    kinds: Sequence[Kind],
) -> Select[int]:
    """Return the ids of the hits that are ranked."""
    # What holds only a word like it stands below all else, of whatever kind.
    rarest = by_rarity(meant)[0]
    is_any = len(kinds) == len(Kind) or any(each.slips for each in meant)
    return (
        select(SearchEntry.id)
        .where(
            *(() if is_any else (SearchEntry.kind.in_(kinds),)),
            hits.where,
            *clauses(narrowing),
        )
        .order_by(
            case((titled_with(rarest, hits.most), 1), else_=0).desc(),
            _WEIGHT.desc(),
            SearchEntry.dated.desc(),
            _NEWEST.desc(),
        )
        .limit(MOST_SHOWN)
    )


def _points_of(meant: Meant) -> ColumnElement[int]:
    """Return the points that a word gives in an entry that holds it, by how exactly."""
    layers = [(meant.exact, _EXACT), (meant.stemmed, _STEMMED)]
    if meant.slips:
        layers.append((meant.others, _OTHER))
    how = [(holds_one_of(ids), points) for ids, points in layers if ids]
    least = _SLIP if meant.slips else _OTHER
    return case(*how, else_=least) if how else literal(least)
