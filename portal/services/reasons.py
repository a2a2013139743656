"""The words of a reason are emptied for ever, with everything that holds them once more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Update, select, update
from werkzeug.exceptions import NotFound

from portal.core import clock
from portal.core.db import Base, db, lock_row
from portal.policy import Person
from portal.services.models import REPEATS_REASON, HistoryReason, HistoryRow, Job, JobState

# What mails call the words of a reason.
CALLED_IN_MAILS = {"end_reason", "proof", "reason"}


def empty_reason(history_id: int, *, by: Person) -> None:
    """Delete the text of a reason for ever, as the law may ask; the log keeps its hash.

    Where the thing holds the words once more (why a commitment was withdrawn, why a claim is
    disowned), an empty text stands there afterwards, and a mail that has not gone out goes without
    them. Another step with the same words keeps its own. 404 for a row without a reason; a second
    time nothing happens.
    """
    row = db.session.get(HistoryReason, history_id)
    if row is None:
        raise NotFound
    lock_row(row)
    if row.reason is None:
        return
    words = row.reason
    row.reason, row.emptied_at, row.emptied_by = None, clock.now(), by.id
    db.session.flush()
    logged = db.session.get_one(HistoryRow, history_id)
    for emptying in _emptying(logged.subject, logged.subject_id, words):
        db.session.execute(emptying)
    _forget_in_mails(words)


def _emptying(thing: str, number: int, words: str) -> Iterator[Update]:
    """Yield what empties every column that repeats a reason of this thing."""
    for mapper in Base.registry.mappers:
        for column in mapper.local_table.columns:
            if REPEATS_REASON not in column.info:
                continue
            of = mapper.local_table.columns[column.info[REPEATS_REASON]]
            about = {of: number, column: words}
            if not of.foreign_keys and not of.primary_key:
                about[mapper.local_table.columns["subject"]] = thing
            elif _thing_of(of) != thing:
                continue
            is_copy = [part == value for part, value in about.items()]
            yield update(mapper.class_).where(*is_copy).values({column.key: ""})


def _thing_of(of: Column[Any]) -> str:
    """Return the kind of thing to which the number in the column `of` belongs."""
    table = of.table if of.primary_key else next(iter(of.foreign_keys)).column.table
    owner = next(each for each in Base.registry.mappers if each.local_table is table)
    thing: str = owner.class_.thing
    return thing


def _forget_in_mails(words: str) -> None:
    """Take the words out of mails that wait or were given up: what was sent holds none."""
    kept = select(Job).where(Job.kind == "mail", Job.state != JobState.DONE)
    for job in db.session.scalars(kept):
        said = job.payload["words"]
        # The log may say more than the mail: what became different, besides why.
        given = {name for name in CALLED_IN_MAILS & said.keys() if said[name]}
        repeated = {name for name in given if said[name] in words}
        if repeated:
            job.payload = {**job.payload, "words": {**said, **dict.fromkeys(repeated, "")}}
