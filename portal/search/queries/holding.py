"""Which entries hold the words of a question, and may be read by everybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from portal.search.kinds import Kind
from portal.search.models import SearchDue, SearchEntry, SearchPosting
from portal.search.queries.matching import Meant, meant_by
from portal.search.queries.sources import visible
from portal.search.words import asked_words

MOST_ASKED = 8
# A word that stands in so many times more entries than another is looked up for each of those.
AS_MANY = 4
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
    return and_(
        SearchEntry.id.in_(entries_with(rarest)),
        *(also_holds(each, rarest.entries) for each in others),
    )


def entries_with(meant: Meant) -> Select[int]:
    """Return the ids of the entries that hold a word."""
    return select(SearchPosting.entry_id).where(SearchPosting.word_id.in_(meant.ids))


def titled_with(meant: Meant) -> ColumnElement[bool]:
    """Return the condition that a word stands in the name or title of an entry."""
    titled = entries_with(meant).where(SearchPosting.in_title)
    return SearchEntry.id.in_(titled.where(SearchPosting.word_id.not_in(meant.slips)))


def also_holds(meant: Meant, among: int) -> ColumnElement[bool]:
    """Return the condition that an entry holds a word too, which is asked of so many entries."""
    if meant.entries <= among * AS_MANY:
        # One list for all of them.
        return SearchEntry.id.in_(entries_with(meant))
    return holds_one_of(meant.ids)


def holds_one_of(ids: Sequence[int]) -> ColumnElement[bool]:
    """Return the condition that an entry, which is known, holds one of these words.

    Of many words the entry is not looked for by each: they are looked for among its own.
    """
    of_entry = select(SearchPosting.entry_id).where(SearchPosting.entry_id == SearchEntry.id)
    word = SearchPosting.word_id if len(ids) <= FEW_WORDS else SearchPosting.word_id + 0
    return exists(of_entry.where(word.in_(ids)).correlate(SearchEntry))


def hits_of(meant: Sequence[Meant]) -> ColumnElement[bool]:
    """Return the condition that an entry holds all words and that everybody may read it, now."""
    return and_(holds(meant), is_shown())


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
