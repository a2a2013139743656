"""The columns of what can be hidden, the same for all kinds: one query reads them all."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, String, Text, cast, literal, null, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from portal.accounts.models import Account
from portal.comments.models import Comment, Discussion
from portal.core.db import Columnar
from portal.lifecycle import CommentState

# What a kind says of its things beside id and hiding, in the order of HidableRow.
SHAPE = {
    "title": Text,
    "address": Text,
    "html": Text,
    "picture_key": Text,
    "author_id": Integer,
    "author_name": Text,
    "organisation_id": Integer,
    "discussed_id": Integer,
}
_Hider = aliased(Account)


def _rows(
    path: str, model: Any, **own: ColumnElement[Any] | InstrumentedAttribute[Any]
) -> Columnar:
    """Return the select of one kind, in the order of HidableRow; `path` is its word.

    `own` holds the columns of SHAPE that this kind has; the others are NULL.
    """
    return (
        select(
            literal(path, String).label("path"),
            model.id,
            *(cast(own.get(name, null()), kind).label(name) for name, kind in SHAPE.items()),
            model.hidden_at,
            model.hidden_by,
            _Hider.name.label("hidden_by_name"),
            model.hidden_ground,
        )
        .select_from(model)
        .outerjoin(_Hider, _Hider.id == model.hidden_by)
    )


COMMENTS = (
    _rows(
        "reactie",
        Comment,
        title=Discussion.title,
        address=Discussion.address,
        author_id=Comment.author_id,
        author_name=Comment.author_name,
        html=Comment.html,
        organisation_id=Comment.organisation_id,
        discussed_id=Discussion.organisation_id,
    )
    .join(Discussion, Discussion.id == Comment.discussion_id)
    .where(Comment.state == CommentState.PLACED)
)
