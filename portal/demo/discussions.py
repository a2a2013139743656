"""What people say of signatories, promises and articles, and what moderators do with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select

from portal.comments import actions
from portal.comments.models import Comment, CommentVersion, Discussion
from portal.core.db import db
from portal.demo.script import Act, Words, moment, steps_of
from portal.demo.stage import Stage
from portal.organisations.models import Organisation

MODERATOR = "hanneke"
Where = Callable[[Stage], Discussion]


def acts(
    comments: Sequence[Words], name: str, where: Where, now: datetime, parent: str | None = None
) -> Iterator[Act]:
    """Yield what is said in one discussion; `name` sets its comments apart from others."""
    for place, comment in enumerate(comments):
        own = f"{name}/{place}"
        at = moment(comment["at"], now)
        yield Act(at, partial(_post, own, comment, where, parent))
        for then, step in steps_of(comment, at, now):
            yield Act(then, partial(STEPS[step["do"]], own, comment, step))
        yield from acts(comment.get("replies", ()), own, where, now, own)


def _post(own: str, said: Words, where: Where, parent: str | None, stage: Stage) -> None:
    posted = actions.post(
        where(stage),
        body=said["body"],
        organisation_id=_voice(said, stage),
        parent_id=stage.find(Comment, f"comment:{parent}").id if parent else None,
        by=stage.player(said["by"]),
    )
    stage.keep(f"comment:{own}", db.session.get_one(Comment, posted.id))


def _voice(said: Words, stage: Stage) -> int | None:
    if "for" not in said:
        return None
    return stage.find(Organisation, f"organisation:{said['for']}").id


def _newest(own: str, stage: Stage) -> CommentVersion:
    comment = stage.find(Comment, f"comment:{own}")
    found = select(CommentVersion).where(CommentVersion.comment_id == comment.id)
    return db.session.scalars(found.order_by(CommentVersion.number.desc())).first()  # type: ignore[return-value]


def _moderator(step: Words, stage: Stage) -> Any:
    return stage.player(step.get("by", MODERATOR))


def _place(own: str, _said: Words, step: Words, stage: Stage) -> None:
    actions.place(_newest(own, stage), by=_moderator(step, stage))


def _ask_change(own: str, _said: Words, step: Words, stage: Stage) -> None:
    actions.ask_change(
        _newest(own, stage),
        ground=step["ground"],
        reason=step["reason"],
        by=_moderator(step, stage),
    )


def _refuse(own: str, _said: Words, step: Words, stage: Stage) -> None:
    actions.refuse(
        _newest(own, stage),
        ground=step["ground"],
        reason=step["reason"],
        by=_moderator(step, stage),
    )


def _edit(own: str, said: Words, step: Words, stage: Stage) -> None:
    comment = stage.find(Comment, f"comment:{own}")
    by = stage.player(said["by"])
    actions.edit(comment, body=step["body"], organisation_id=_voice(said, stage), by=by)


def _withdraw(own: str, said: Words, _step: Words, stage: Stage) -> None:
    actions.withdraw(stage.find(Comment, f"comment:{own}"), by=stage.player(said["by"]))


STEPS: dict[str, Callable[..., None]] = {
    "ask_change": _ask_change,
    "edit": _edit,
    "place": _place,
    "refuse": _refuse,
    "withdraw": _withdraw,
}
