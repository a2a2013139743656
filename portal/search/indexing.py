"""The index follows what changed: entries are made anew, or leave it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select, update

from portal.core.db import connection, db, read_number, read_rows, write_section
from portal.search.kinds import Kind
from portal.search.models import SearchDue, SearchEntry, SearchGram, SearchPosting, SearchWord
from portal.search.queries.owners import owners_of
from portal.search.queries.source import Source
from portal.search.queries.sources import texts_of
from portal.search.triggers import note_all
from portal.search.words import asked_words, grams, stems, telling, words_of

# In one write section; nobody else writes on SQLite meanwhile.
AT_ONCE = 100
# Of a longer title the beginning is compared with what somebody asks.
MOST_TITLED = 50
# As many values as one statement may name.
_IN_ONE = 5000

_VOCABULARY = select(SearchWord.word, SearchWord.id)


class _Words(NamedTuple):
    """An entry that will be: its words, and which of them stand in its title."""

    title: str
    in_title: frozenset[str]
    all: frozenset[str]
    source: Source
    owner_id: int | None


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
    sources, owners = texts_of(kind, sorted(numbers)), owners_of(kind, sorted(numbers))
    made: dict[int, _Words | None] = dict.fromkeys(numbers)
    return made | {at: _words_in(source, owners.get(at)) for at, source in sources.items()}


def _words_in(source: Source, owner_id: int | None) -> _Words:
    title = words_of(source.title) if source.is_titled else []
    named = frozenset(title).union(*map(words_of, source.names))
    owner = source.by if source.is_titled else ""
    text = frozenset(telling(words_of("\n".join((source.body, source.more, owner, *source.about)))))
    for word in named | text:
        # Remembered, so that nothing slow is left for the transaction.
        stems(word)
    key = " ".join(asked_words(source.title, MOST_TITLED)) if title else ""
    return _Words(key, named, named | text, source, owner_id)


def _write(batch: _Batch) -> None:
    held = select(SearchDue.id).where(SearchDue.id.in_(batch.due_ids)).with_for_update()
    if len(read_rows(held)) < len(batch.due_ids):
        # Another process was first, with texts that are as new as these or newer.
        return
    fewer: set[int] = set()
    for kind, made in batch.made.items():
        fewer.update(_forget(kind, list(made)))
        entries = {number: words for number, words in made.items() if words is not None}
        if entries:
            _add(kind, entries)
    _drop_words(sorted(fewer))
    connection().execute(delete(SearchDue).where(SearchDue.id.in_(batch.due_ids)))


def _drop_words(ids: Sequence[int]) -> None:
    """Take those of these words out of the vocabulary that stand nowhere any more."""
    for at in range(0, len(ids), _IN_ONE):
        gone = select(SearchWord.id).where(
            SearchWord.id.in_(ids[at : at + _IN_ONE]), SearchWord.entries <= 0
        )
        orphans = [number for (number,) in read_rows(gone)]
        if orphans:
            connection().execute(delete(SearchGram).where(SearchGram.word_id.in_(orphans)))
            connection().execute(delete(SearchWord).where(SearchWord.id.in_(orphans)))


def _forget(kind: Kind, numbers: Sequence[int]) -> Collection[int]:
    """Take the entries of these things out; return the words that stood in them."""
    of_these = select(SearchEntry.id).where(
        SearchEntry.kind == kind, SearchEntry.subject_id.in_(numbers)
    )
    counted = (
        select(SearchPosting.word_id, func.count())
        .where(SearchPosting.entry_id.in_(of_these))
        .group_by(SearchPosting.word_id)
    )
    fewer = {word_id: -count for word_id, count in read_rows(counted)}
    _add_to_counts(fewer)
    connection().execute(delete(SearchPosting).where(SearchPosting.entry_id.in_(of_these)))
    entries = delete(SearchEntry).where(
        SearchEntry.kind == kind, SearchEntry.subject_id.in_(numbers)
    )
    connection().execute(entries)
    return fewer


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
            "year": words.source.dated.year,
            "owner_id": words.owner_id,
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
        # In the order of the table, so that each of its pages is met once.
        postings.sort(key=itemgetter("word_id"))
        connection().execute(insert(SearchPosting), postings)
    _add_to_counts(Counter(posting["word_id"] for posting in postings))


def _add_to_counts(counts: Mapping[int, int]) -> None:
    # Most words stand in one more entry: those are one statement.
    alike: dict[int, list[int]] = {}
    for word_id, more in sorted(counts.items()):
        alike.setdefault(more, []).append(word_id)
    for more, ids in alike.items():
        for at in range(0, len(ids), _IN_ONE):
            words = SearchWord.id.in_(ids[at : at + _IN_ONE])
            counted = update(SearchWord).where(words)
            connection().execute(counted.values(entries=SearchWord.entries + more))


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
