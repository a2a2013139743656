"""What comments keep in rows: counters above them, records of writers, and where they stand."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from portal.comments.models import Comment, CommentVersion, WriterRecord
from portal.comments.queries.answers import reply_rank_of, thread_rank_of
from portal.core.db import connection, db
from portal.lifecycle import TextState

# Both write "insert, or else ..." in the same words.
Insert = postgresql.Insert | sqlite.Insert


def _adding(insert: Callable[[type[WriterRecord]], Insert]) -> Insert:
    row = insert(WriterRecord)
    return row.on_conflict_do_update(
        index_elements=["account_id"],
        set_={
            "placed_count": WriterRecord.placed_count + row.excluded.placed_count,
            "refused_count": WriterRecord.refused_count + row.excluded.refused_count,
        },
    )


ADD = {"postgresql": _adding(postgresql.insert), "sqlite": _adding(sqlite.insert)}


def rank(comment: Comment) -> None:
    """Give a comment its place anew, since it speaks in another name; and its thread with it."""
    owner_id, is_top = comment.discussion.organisation_id, comment.id == comment.thread_id
    comment.reply_rank = reply_rank_of(comment.organisation_id, owner_id, is_top=is_top)
    if is_top:
        comment.thread_rank = thread_rank_of(comment.organisation_id, owner_id)
        db.session.execute(
            update(Comment)
            .where(Comment.discussion_id == comment.discussion_id, Comment.thread_id == comment.id)
            .values(thread_rank=comment.thread_rank)
        )


def count_reply(comment: Comment, change: int) -> None:
    """Add `change` to the placed replies of the comments above: its parent, the top of its thread.

    Once withdrawn, those stay as a placeholder for as long as this count is above 0.
    """
    above = {comment.parent_id, comment.thread_id} - {None, comment.id}
    db.session.execute(
        update(Comment)
        .where(Comment.id.in_(above))
        .values(placed_reply_count=Comment.placed_reply_count + change)
    )


def count_decision(version: CommentVersion, former: TextState) -> None:
    """Let the record of its writer follow a text that was in the state `former` until now.

    Called last in an act: the record is the last row that it locks.
    """
    placed = _is_placed(version.state) - _is_placed(former)
    refused = (version.state == TextState.REFUSED) - (former == TextState.REFUSED)
    if not placed and not refused:
        return
    now = connection()
    values = {
        "account_id": version.author_id,
        "placed_count": placed,
        "refused_count": refused,
    }
    now.execute(ADD[now.dialect.name], values)


def _is_placed(state: TextState) -> bool:
    return state in (TextState.PLACED, TextState.SUPERSEDED)
