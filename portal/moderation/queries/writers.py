"""What became of earlier texts of a writer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import bindparam, select

from portal.comments.models import WriterRecord
from portal.core.db import read_rows
from portal.moderation.waiting import Item

_RECORDS = select(
    WriterRecord.account_id, WriterRecord.placed_count, WriterRecord.refused_count
).where(WriterRecord.account_id.in_(bindparam("account_ids", expanding=True)))


class Record(NamedTuple):
    """How many texts of one writer were placed, and how many were refused."""

    placed: int
    refused: int


NOTHING_YET = Record(0, 0)


def records_of(items: Iterable[Item]) -> dict[int, Record]:
    """Return account id -> record of each writer, of the kinds that tell it, in one query."""
    authors = (item.author_id for item in items if item.kind.has_record)
    ids = sorted({number for number in authors if number is not None})
    records = dict.fromkeys(ids, NOTHING_YET)
    for number, placed, refused in read_rows(_RECORDS, account_ids=ids):
        records[number] = Record(placed, refused)
    return records
