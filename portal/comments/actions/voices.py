"""The names under which comments speak for an organisation."""

from __future__ import annotations

from sqlalchemy import update

from portal.comments.models import Comment
from portal.core.db import db


def correct_voice(organisation_id: int, *, wrong: str, right: str) -> None:
    """Let comments that spoke for an organisation under a name that was never its own say its own.

    A comment keeps the name of its day otherwise.
    """
    db.session.execute(
        update(Comment)
        .where(Comment.organisation_id == organisation_id, Comment.organisation_name == wrong)
        .values(organisation_name=right)
    )
