"""Which entries hold the words of a question, and may be read by everybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, and_, or_, select

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
    """Return the condition that an entry holds all words."""
    return and_(
        *(
            SearchEntry.id.in_(
                select(SearchPosting.entry_id).where(SearchPosting.word_id.in_(each.ids))
            )
            for each in meant
        )
    )


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
        *(
            and_(
                SearchEntry.kind == kind,
                SearchEntry.subject_id.in_(visible(kind)),
                is_whole(kind),
            )
            for kind in kinds
        )
    )


def is_whole(kind: Kind) -> ColumnElement[bool]:
    """Return the condition that no text of an entry was hidden since it was made."""
    cut = select(SearchDue.subject_id).where(SearchDue.is_cut, SearchDue.kind == kind)
    return SearchEntry.subject_id.not_in(cut)
