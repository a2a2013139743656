"""The index follows what changed: entries are made anew, or leave it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select, update

from portal.core.db import connection, db, read_number, read_rows, write_section
from portal.search.kinds import Kind
from portal.search.models import SearchDue, SearchEntry, SearchGram, SearchPosting, SearchWord
from portal.search.queries.source import Source
from portal.search.queries.sources import sources_of
from portal.search.triggers import note_all
from portal.search.words import asked_words, grams, stems, telling, words_of

# In one write section; nobody else writes on SQLite meanwhile.
AT_ONCE = 100
# Of a longer title the beginning is compared with what somebody asks.
MOST_TITLED = 50
# As many values as one statement may name.
_IN_ONE = 5000

_MORE = update(SearchWord).where(SearchWord.id == bindparam("of_word"))
_VOCABULARY = select(SearchWord.word, SearchWord.id)
_COUNT = _MORE.values(entries=SearchWord.entries + bindparam("more"))


class _Words(NamedTuple):
    """An entry that will be: its words, and which of them stand in its title."""

    title: str
    in_title: frozenset[str]
    all: frozenset[str]
    source: Source


class _Batch(NamedTuple):
    due_ids: Sequence[int]
    # Kind -> id -> what it becomes; None: it leaves the index.
    made: Mapping[Kind, Mapping[int, _Words | None]]


def is_due() -> bool:
    """Return whether anything changed that the index does not hold yet."""
    return db.session.scalar(select(SearchDue.id).limit(1)) is not None


def due_count() -> int:
    """Return how many changes the index does not hold yet."""
    return read_number(select(func.count()).select_from(SearchDue))


def index_some(most: int = AT_ONCE) -> int:
    """Index at most so many changes, the oldest first, in a transaction; return how many.

    Texts are read and cut into words before it: what changes meanwhile is due once more.
    """
    rows = read_rows(
        select(SearchDue.id, SearchDue.kind, SearchDue.subject_id)
        .order_by(SearchDue.id)
        .limit(most)
    )
    if not rows:
        return 0
    ids: dict[Kind, set[int]] = {}
    for _number, kind, subject_id in rows:
        ids.setdefault(Kind(kind), set()).add(subject_id)
    made = {kind: _made(kind, numbers) for kind, numbers in ids.items()}
    db.session.rollback()
    with write_section():
        _write(_Batch([row[0] for row in rows], made))
    return len(rows)


def note_everything() -> None:
    """Let the whole index be made anew, while it goes on answering."""
    with write_section():
        note_all(connection())


def _made(kind: Kind, numbers: Collection[int]) -> dict[int, _Words | None]:
    sources = sources_of(kind, sorted(numbers))
    return {number: _words_in(sources[number]) if number in sources else None for number in numbers}


def _words_in(source: Source) -> _Words:
    title = words_of(source.title) if source.is_titled else []
    named = frozenset(title).union(*map(words_of, source.names))
    owner = source.by if source.is_titled else ""
    text = frozenset(telling(words_of("\n".join((source.body, source.more, owner, *source.about)))))
    for word in named | text:
        # Remembered, so that nothing slow is left for the transaction.
        stems(word)
    key = " ".join(asked_words(source.title, MOST_TITLED)) if title else ""
    return _Words(key, named, named | text, source)


def _write(batch: _Batch) -> None:
    held = select(SearchDue.id).where(SearchDue.id.in_(batch.due_ids)).with_for_update()
    if len(read_rows(held)) < len(batch.due_ids):
        # Another process was first, with texts that are as new as these or newer.
        return
    for kind, made in batch.made.items():
        _forget(kind, list(made))
        entries = {number: words for number, words in made.items() if words is not None}
        if entries:
            _add(kind, entries)
    connection().execute(delete(SearchGram).where(_orphan()))
    connection().execute(delete(SearchWord).where(SearchWord.entries <= 0))
    connection().execute(delete(SearchDue).where(SearchDue.id.in_(batch.due_ids)))


def _orphan() -> Any:
    return SearchGram.word_id.in_(select(SearchWord.id).where(SearchWord.entries <= 0))


def _forget(kind: Kind, numbers: Sequence[int]) -> None:
    of_these = select(SearchEntry.id).where(
        SearchEntry.kind == kind, SearchEntry.subject_id.in_(numbers)
    )
    counted = (
        select(SearchPosting.word_id, func.count())
        .where(SearchPosting.entry_id.in_(of_these))
        .group_by(SearchPosting.word_id)
    )
    _add_to_counts({word_id: -count for word_id, count in read_rows(counted)})
    connection().execute(delete(SearchPosting).where(SearchPosting.entry_id.in_(of_these)))
    entries = delete(SearchEntry).where(
        SearchEntry.kind == kind, SearchEntry.subject_id.in_(numbers)
    )
    connection().execute(entries)


def _add(kind: Kind, entries: Mapping[int, _Words]) -> None:
    adding = insert(SearchEntry).returning(
        SearchEntry.id, SearchEntry.subject_id, sort_by_parameter_order=True
    )
    values = [
        {
            "kind": kind,
            "subject_id": number,
            "title_words": words.title,
            "dated": words.source.dated,
        }
        for number, words in entries.items()
    ]
    entry_ids = {number: entry_id for entry_id, number in connection().execute(adding, values)}
    _add_postings(entries, entry_ids)


def _add_postings(entries: Mapping[int, _Words], entry_ids: Mapping[int, int]) -> None:
    word_ids = _word_ids(frozenset().union(*(words.all for words in entries.values())))
    postings = [
        {
            "word_id": word_ids[word],
            "entry_id": entry_ids[number],
            "in_title": word in words.in_title,
        }
        for number, words in entries.items()
        for word in words.all
    ]
    if postings:
        connection().execute(insert(SearchPosting), postings)
    _add_to_counts(Counter(posting["word_id"] for posting in postings))


def _add_to_counts(counts: Mapping[int, int]) -> None:
    if counts:
        more = [{"of_word": word_id, "more": count} for word_id, count in sorted(counts.items())]
        connection().execute(_COUNT, more)


def _word_ids(words: Collection[str]) -> dict[str, int]:
    """Return the id of each word, after adding those that the vocabulary lacks."""
    known = _known(sorted(words))
    new = sorted(set(words) - known.keys())
    if new:
        rows = [
            {"word": word, "dutch_stem": dutch, "english_stem": english, "entries": 0}
            for word, (dutch, english) in ((word, stems(word)) for word in new)
        ]
        connection().execute(insert(SearchWord), rows)
        added = _known(new)
        signs = [
            {"gram": gram, "word_id": number}
            for word, number in added.items()
            for gram in grams(word)
        ]
        connection().execute(insert(SearchGram), signs)
        known |= added
    return known


def _known(words: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at in range(0, len(words), _IN_ONE):
        some = SearchWord.word.in_(words[at : at + _IN_ONE])
        found.update((word, number) for word, number in read_rows(_VOCABULARY.where(some)))
    return found
