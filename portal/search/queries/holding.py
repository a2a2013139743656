"""Which entries hold the words of a question, and may be read by everybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from portal.search.kinds import Kind
from portal.search.models import SearchDue, SearchEntry, SearchPosting
from portal.search.queries.matching import Meant, meant_by
from portal.search.queries.sources import visible
from portal.search.words import asked_words

MOST_ASKED = 8


def what_is_meant(text: str) -> list[Meant]:
    """Return what each word of a question means; a word beyond the first few is left out."""
    return [meant_by(word) for word in asked_words(text, MOST_ASKED)]


def is_known(meant: Sequence[Meant]) -> bool:
    """Return whether every word of a question means something, and there is one."""
    return bool(meant) and all(each.ids for each in meant)


def holds(meant: Sequence[Meant]) -> ColumnElement[bool]:
    """Return the condition that an entry holds all words.

    The rarest is found in the index; of each entry that holds it the others are looked up.
    """
    rarest, *others = sorted(meant, key=lambda each: each.entries)
    held = select(SearchPosting.entry_id).where(SearchPosting.word_id.in_(rarest.ids))
    return and_(SearchEntry.id.in_(held), *(_also_holds(each) for each in others))


def _also_holds(meant: Meant) -> ColumnElement[bool]:
    posting = select(SearchPosting.entry_id).where(
        SearchPosting.entry_id == SearchEntry.id, SearchPosting.word_id.in_(meant.ids)
    )
    return exists(posting.correlate(SearchEntry))


def hits_of(meant: Sequence[Meant]) -> type[SearchEntry]:
    """Return the entries that hold all words and that everybody may read, as they are counted.

    Those that hold the words are found first: of the index of words, few are looked at further.
    """
    held = select(SearchEntry).where(holds(meant)).cte("held").prefix_with("MATERIALIZED")
    entry = aliased(SearchEntry, held)
    shown = select(entry).where(is_visible(entry=entry))
    return aliased(SearchEntry, shown.cte("hits").prefix_with("MATERIALIZED"))


def subjects_with(text: str, kind: Kind) -> Select[int] | None:
    """Return the ids of what is indexed of a kind and holds all words of `text`.

    Whether somebody may read it is for the caller to ask. None: there is no word in `text`.
    """
    meant = what_is_meant(text)
    if not meant:
        return None
    found = select(SearchEntry.subject_id).where(SearchEntry.kind == kind)
    return found.where(is_whole(kind), holds(meant))


def is_visible(
    kinds: Iterable[Kind] = Kind, entry: type[SearchEntry] = SearchEntry
) -> ColumnElement[bool]:
    """Return the condition that an entry is of these kinds and that everybody may read it, now."""
    return or_(
        *(
            and_(entry.kind == kind, is_readable(kind, entry), is_whole(kind, entry))
            for kind in kinds
        )
    )


def is_readable(kind: Kind, entry: type[SearchEntry] = SearchEntry) -> ColumnElement[bool]:
    """Return the condition that everybody may read what an entry of a kind is of.

    It is looked up for each entry that was found: a list of all that may be read would cost more
    than the question itself.
    """
    things = visible(kind)
    thing = things.selected_columns[0]
    return exists(things.where(thing == entry.subject_id).correlate(entry))


def is_whole(kind: Kind, entry: type[SearchEntry] = SearchEntry) -> ColumnElement[bool]:
    """Return the condition that no text of an entry was hidden since it was made."""
    cut = select(SearchDue.subject_id).where(SearchDue.is_cut, SearchDue.kind == kind)
    return entry.subject_id.not_in(cut)
