"""Which entries hold the words of a question, and may be read by everybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from portal.core.db import read_rows
from portal.search.kinds import Kind
from portal.search.models import SearchDue, SearchEntry, SearchPosting
from portal.search.queries.matching import Meant, meant_by
from portal.search.queries.sources import visible
from portal.search.words import asked_words

MOST_ASKED = 8
# A word that stands in so many times more entries than there are to ask is looked for in each of
# those, and not listed; in names and titles that takes longer.
AS_MANY, AS_MANY_TITLED = 20, 100
# Of these entries that hold one word, about one holds another too.
ONE_IN = 5
# So few hits are found once, for all that is asked about them.
FEW_HITS = 1000
# By so few words an entry is looked for by each.
FEW_WORDS = 10


def what_is_meant(text: str) -> list[Meant]:
    """Return what each word of a question means; a word beyond the first few is left out."""
    return [meant_by(word) for word in asked_words(text, MOST_ASKED)]


def is_known(meant: Sequence[Meant]) -> bool:
    """Return whether every word of a question means something, and there is one."""
    return bool(meant) and all(each.ids for each in meant)


def by_rarity(meant: Sequence[Meant]) -> list[Meant]:
    """Return the words, the one that stands in fewest entries first."""
    return sorted(meant, key=lambda each: each.entries)


def holds(meant: Sequence[Meant]) -> ColumnElement[bool]:
    """Return the condition that an entry holds all words.

    The rarest is found in the index; of each entry that holds it the others are looked up.
    """
    rarest, *others = by_rarity(meant)
    left = [rarest.entries // ONE_IN**at for at in range(len(others))]
    return and_(
        SearchEntry.id.in_(entries_with(rarest)),
        *(also_holds(each, among) for each, among in zip(others, left, strict=True)),
    )


def entries_with(meant: Meant) -> Select[int]:
    """Return the ids of the entries that hold a word."""
    return select(SearchPosting.entry_id).where(SearchPosting.word_id.in_(meant.ids))


def titled_with(meant: Meant, among: int) -> ColumnElement[bool]:
    """Return the condition that a word stands in the name or title of an entry.

    It is asked of so many entries that hold the word.
    """
    ids = tuple(set(meant.ids) - set(meant.slips))
    if meant.entries <= among * AS_MANY_TITLED:
        titled = select(SearchPosting.entry_id).where(SearchPosting.word_id.in_(ids))
        return SearchEntry.id.in_(titled.where(SearchPosting.in_title))
    return holds_one_of(ids, in_title=True)


def also_holds(meant: Meant, among: int) -> ColumnElement[bool]:
    """Return the condition that an entry holds a word too, which is asked of so many entries."""
    if meant.entries <= among * AS_MANY:
        # One list for all of them.
        return SearchEntry.id.in_(entries_with(meant))
    return holds_one_of(meant.ids)


def holds_one_of(ids: Sequence[int], *, in_title: bool = False) -> ColumnElement[bool]:
    """Return the condition that an entry, which is known, holds one of these words.

    Of many words the entry is not looked for by each: they are looked for among its own.
    """
    of_entry = select(SearchPosting.entry_id).where(SearchPosting.entry_id == SearchEntry.id)
    if in_title:
        of_entry = of_entry.where(SearchPosting.in_title)
    word = SearchPosting.word_id if len(ids) <= FEW_WORDS else SearchPosting.word_id + 0
    return exists(of_entry.where(word.in_(ids)).correlate(SearchEntry))


class Hits(NamedTuple):
    """The condition that an entry is found, and how many there can be."""

    where: ColumnElement[bool]
    most: int


def hits_of(meant: Sequence[Meant]) -> Hits:
    """Return the entries that hold all words and that everybody may read, now."""
    most = by_rarity(meant)[0].entries
    hits = and_(holds(meant), is_shown())
    if len(meant) == 1 and meant[0].entries > FEW_HITS:
        return Hits(hits, most)
    found = read_rows(select(SearchEntry.id).where(hits).limit(FEW_HITS + 1))
    if len(found) > FEW_HITS:
        return Hits(hits, most)
    return Hits(SearchEntry.id.in_([number for (number,) in found]), len(found))


def subjects_with(text: str, kind: Kind) -> Select[int] | None:
    """Return the ids of what is indexed of a kind and holds all words of `text`.

    Whether somebody may read it is for the caller to ask. None: there is no word in `text`.
    """
    meant = what_is_meant(text)
    if not meant:
        return None
    found = select(SearchEntry.subject_id).where(SearchEntry.kind == kind)
    return found.where(is_whole(kind), holds(meant))


def is_visible(kinds: Iterable[Kind] = Kind) -> ColumnElement[bool]:
    """Return the condition that an entry is of these kinds and that everybody may read it, now."""
    return or_(
        *(and_(SearchEntry.kind == kind, is_readable(kind), is_whole(kind)) for kind in kinds)
    )


def is_shown() -> ColumnElement[bool]:
    """Return the condition that everybody may read an entry, now.

    It was so when the entry was made, and whatever changed that since is due: so only of what is
    due it is asked again.
    """
    due = exists().where(
        SearchDue.kind == SearchEntry.kind, SearchDue.subject_id == SearchEntry.subject_id
    )
    return or_(~due.correlate(SearchEntry), is_visible())


def is_readable(kind: Kind) -> ColumnElement[bool]:
    """Return the condition that everybody may read what an entry of a kind is of.

    It is looked up for each entry that was found: a list of all that may be read would cost more
    than the question itself.
    """
    things = visible(kind)
    thing = things.selected_columns[0]
    return exists(things.where(thing == SearchEntry.subject_id).correlate(SearchEntry))


def is_whole(kind: Kind) -> ColumnElement[bool]:
    """Return the condition that no text of an entry was hidden since it was made."""
    cut = select(SearchDue.subject_id).where(SearchDue.is_cut, SearchDue.kind == kind)
    return SearchEntry.subject_id.not_in(cut)
