"""Whether what is stored agrees with itself: rows with files, counters, links, and the log."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, MetaData, Select, Table, and_, case, func, or_, select, text
from sqlalchemy.orm import InstrumentedAttribute, aliased

from portal.accounts.models import Account
from portal.backup.archive import PIECE
from portal.backup.making import FILE_COLUMN, one_moment
from portal.backup.rows import AT_ONCE, VERSION_TABLE
from portal.comments.models import Comment, CommentVersion, Discussion, WriterRecord
from portal.comments.queries.answers import ANSWER, OTHER, OWN_REPLY, REPLY, TOP
from portal.commitments.models import Commitment, TermMove, Update
from portal.core import clock
from portal.documents.jobs import KEEP_UNOWNED
from portal.lifecycle.states import CommentState, TextState
from portal.organisations.models import Organisation, ProfileText
from portal.pact.models import PactVersion
from portal.services.models import HistoryReason, HistoryRow
from portal.services.storage import NotStored, is_key, storage
from portal.signatures.models import Signature

Progress = Callable[[int], object]
Question = Select[*tuple[Any, ...]]

_counted = aliased(Comment)
_IS_COUNTED = and_(_counted.state == CommentState.PLACED, _counted.hidden_at.is_(None))

# Every counter that a row keeps, and how it is counted.
COUNTERS: tuple[tuple[InstrumentedAttribute[int], Question], ...] = (
    (
        Discussion.placed_count,
        select(func.count()).where(_counted.discussion_id == Discussion.id, _IS_COUNTED),
    ),
    (
        Discussion.pending_count,
        select(func.count())
        .select_from(CommentVersion)
        .join(Comment, CommentVersion.comment_id == Comment.id)
        .where(Comment.discussion_id == Discussion.id, CommentVersion.state == TextState.PENDING),
    ),
    (
        Comment.placed_reply_count,
        select(func.count()).where(
            or_(_counted.parent_id == Comment.id, _counted.thread_id == Comment.id),
            _counted.id != Comment.id,
            _IS_COUNTED,
        ),
    ),
    (
        Commitment.move_count,
        select(func.count()).where(TermMove.commitment_id == Commitment.id),
    ),
    (
        Commitment.earlier_count,
        select(func.count()).where(
            TermMove.commitment_id == Commitment.id, TermMove.new_latest < TermMove.old_latest
        ),
    ),
    (
        Commitment.update_count,
        select(func.count()).where(Update.commitment_id == Commitment.id),
    ),
)


def _texts_in(*states: TextState) -> Question:
    """Return the select that counts the texts of an account that are in one of these states."""
    return (
        select(func.count())
        .select_from(CommentVersion)
        .join(Comment, CommentVersion.comment_id == Comment.id)
        .where(Comment.author_id == Account.id, CommentVersion.state.in_(states))
        .correlate(Account)
    )


# Every counter of a writer, who has no row before the first decision.
RECORDS: tuple[tuple[InstrumentedAttribute[int], Question], ...] = (
    (WriterRecord.placed_count, _texts_in(TextState.PLACED, TextState.SUPERSEDED)),
    (WriterRecord.refused_count, _texts_in(TextState.REFUSED)),
)


def faults(progress: Progress) -> Iterator[str]:
    """Yield what does not agree, a line each; `progress` is told how many files were read."""
    with one_moment() as connection:
        metadata = MetaData()
        metadata.reflect(connection)
        tables = [table for table in metadata.sorted_tables if table.name != VERSION_TABLE]
        yield from _damaged_pages(connection)
        yield from _broken_links(connection, tables)
        yield from _wrong_counters(connection)
        yield from _wrong_places(connection)
        yield from _wrong_texts(connection)
        yield from _changed_words(connection)
        yield from _wrong_files(connection, tables, progress)


def count_files() -> int:
    """Return how many files are stored, for a progress bar."""
    return sum(1 for _file in storage().files())


def _damaged_pages(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return
    for line in connection.scalars(text("PRAGMA integrity_check")):
        if line != "ok":
            yield f"the file of the database is damaged: {line}"


def _broken_links(connection: Connection, tables: list[Table]) -> Iterator[str]:
    """Yield links between rows that lead nowhere."""
    for table in tables:
        for link in table.foreign_keys:
            target = link.column.table.alias("target")
            is_there = select(text("1")).where(target.c[link.column.name] == link.parent).exists()
            query = select(func.count()).select_from(table)
            lost = connection.scalar(query.where(link.parent.is_not(None), ~is_there))
            if lost:
                name = link.column.table.name
                yield f"{table.name}.{link.parent.name}: {lost} rows lead to no {name}"


def _wrong_counters(connection: Connection) -> Iterator[str]:
    for column, question in COUNTERS:
        model = column.class_
        counted = question.scalar_subquery()
        query = select(model.id, column, counted).where(column != counted).order_by(model.id)
        for number, kept, found in _all(connection, query):
            yield (f"{model.__tablename__} {number}: {column.key} is {kept}, and {found} are there")
    for column, question in RECORDS:
        kept_count, counted = func.coalesce(column, 0), question.scalar_subquery()
        query = (
            select(Account.id, kept_count, counted)
            .outerjoin(WriterRecord, WriterRecord.account_id == Account.id)
            .where(kept_count != counted)
            .order_by(Account.id)
        )
        for number, kept, found in _all(connection, query):
            yield f"writer_record {number}: {column.key} is {kept}, and {found} are there"


def _wrong_places(connection: Connection) -> Iterator[str]:
    """Yield comments that do not stand where the names in which they are said put them."""
    top = aliased(Comment)
    owner = Discussion.organisation_id
    thread_rank = case((top.organisation_id == owner, ANSWER), else_=OTHER)
    reply_rank = case(
        (Comment.id == Comment.thread_id, TOP),
        (Comment.organisation_id == owner, OWN_REPLY),
        else_=REPLY,
    )
    query = (
        select(Comment.id)
        .join(Discussion, Discussion.id == Comment.discussion_id)
        .join(top, top.id == Comment.thread_id)
        .where(or_(Comment.thread_rank != thread_rank, Comment.reply_rank != reply_rank))
        .order_by(Comment.id)
    )
    for (number,) in _all(connection, query):
        yield f"comment {number}: it does not stand in its place"


def _wrong_texts(connection: Connection) -> Iterator[str]:
    """Yield what shows a text that is not its own, or none."""
    for owner, pointer, text_of, points_back in (
        (Comment, Comment.placed_version_id, CommentVersion, CommentVersion.comment_id),
        (Organisation, Organisation.placed_profile_id, ProfileText, ProfileText.organisation_id),
    ):
        query = (
            select(owner.id, pointer)
            .outerjoin(text_of, and_(text_of.id == pointer, points_back == owner.id))
            .where(pointer.is_not(None), text_of.id.is_(None))
        )
        for number, wrong in _all(connection, query):
            yield f"{owner.__tablename__} {number}: text {wrong} is not its own"


def _changed_words(connection: Connection) -> Iterator[str]:
    """Yield words that are no longer those of which the hash was kept."""
    reasons = (
        select(HistoryRow.id, HistoryRow.reason_sha256, HistoryReason.reason)
        .outerjoin(HistoryReason)
        .where(HistoryRow.reason_sha256.is_not(None), HistoryReason.emptied_at.is_(None))
        .order_by(HistoryRow.id)
    )
    for number, kept, words in _all(connection, reasons):
        if words is None or hashlib.sha256(words.encode()).hexdigest() != kept:
            yield f"history {number}: its reason is not what was given"
    query = (
        select(Signature.id)
        .join(PactVersion, PactVersion.id == Signature.pact_version_id)
        .where(Signature.pact_sha256 != PactVersion.sha256)
    )
    for (number,) in _all(connection, query):
        yield f"signature {number}: the text of the pact is not the one that was signed"


def _wrong_files(connection: Connection, tables: list[Table], progress: Progress) -> Iterator[str]:
    """Yield files that rows name and the store lacks or has otherwise, and those without a row."""
    named: set[str] = set()
    for table in tables:
        columns = [column for column in table.columns if column.name.endswith(FILE_COLUMN)]
        for column in columns:
            hashed = table.c.get("sha256") if column.name == "storage_key" else None
            query = select(column, column if hashed is None else hashed)
            for key, sha256 in _all(connection, query.where(column.is_not(None))):
                if not is_key(str(key)):
                    continue
                named.add(key)
                wrong = _wrong_file(key, None if hashed is None else sha256)
                if wrong is not None:
                    yield f"{table.name}: {wrong}"
                progress(1)
    oldest = clock.now() - KEEP_UNOWNED
    for file in storage().files():
        if file.key not in named and file.stored_at < oldest:
            yield f"file {file.key}: no row names it"


def _wrong_file(key: str, sha256: str | None) -> str | None:
    found = hashlib.sha256()
    try:
        with storage().open(key) as file:
            while piece := file.read(PIECE):
                found.update(piece)
    except NotStored:
        return f"file {key} is not in the store"
    is_other = sha256 is not None and found.hexdigest() != sha256
    return f"file {key} is not what was stored" if is_other else None


def _all(connection: Connection, query: Question) -> Iterator[Any]:
    yield from connection.execute(query.execution_options(yield_per=AT_ONCE))
