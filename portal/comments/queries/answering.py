"""How many comments on the pages of an organisation it answered."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from portal.comments.models import Comment, Discussion
from portal.core import clock
from portal.core.db import db
from portal.lifecycle import CommentState

_Answer = aliased(Comment)
_IS_SEEN = and_(Comment.state == CommentState.PLACED, Comment.hidden_at.is_(None))

_IS_ANSWER_SEEN = and_(_Answer.state == CommentState.PLACED, _Answer.hidden_at.is_(None))


class Answers(NamedTuple):
    """Comments of others at the top of a thread, and how many the organisation answered."""

    asked: int
    answered: int


def answers_during(organisation_id: int, first: date, last: date) -> Answers:
    """Return how many comments were placed from `first` up to and with `last`, and were answered.

    An answer counts when it was placed by the end of `last`, in the name of the organisation.
    """
    ends = clock.end_of(last)
    comments = (
        select(func.count())
        .select_from(Comment)
        .join(Discussion, Discussion.id == Comment.discussion_id)
        .where(
            Discussion.organisation_id == organisation_id,
            Discussion.is_public,
            Comment.parent_id.is_(None),
            _IS_SEEN,
            or_(Comment.organisation_id.is_(None), Comment.organisation_id != organisation_id),
            Comment.placed_at >= clock.end_of(first - timedelta(days=1)),
            Comment.placed_at < ends,
        )
    )
    is_answered = exists().where(
        _Answer.thread_id == Comment.id,
        _Answer.organisation_id == organisation_id,
        _IS_ANSWER_SEEN,
        _Answer.placed_at < ends,
    )
    return Answers(
        db.session.scalar(comments) or 0, db.session.scalar(comments.where(is_answered)) or 0
    )
