"""What became of earlier texts of a writer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from portal.comments.models import Comment, CommentVersion
from portal.core.db import read_rows
from portal.lifecycle import TextState
from portal.moderation.waiting import Item

_COUNTED = (
    select(Comment.author_id, CommentVersion.state, func.count().label("how_many"))
    .join(CommentVersion, CommentVersion.comment_id == Comment.id)
    .where(Comment.author_id.in_(bindparam("account_ids", expanding=True)))
    .group_by(Comment.author_id, CommentVersion.state)
)
_PLACED = (TextState.PLACED, TextState.SUPERSEDED)


@dataclass(slots=True)
class Record:
    """How many texts of one writer were placed, and how many were refused."""

    placed: int = 0
    refused: int = 0


def records_of(items: Iterable[Item]) -> dict[int, Record]:
    """Return account id -> record of each writer, of the kinds that tell it, in one query."""
    authors = (item.author_id for item in items if item.kind.has_record)
    ids = {number for number in authors if number is not None}
    records = {number: Record() for number in ids}
    for row in read_rows(_COUNTED, account_ids=sorted(ids)):
        record = records[row.author_id]
        if row.state in _PLACED:
            record.placed += row.how_many
        elif row.state == TextState.REFUSED:
            record.refused += row.how_many
    return records
