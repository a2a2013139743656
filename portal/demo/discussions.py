"""The comments of the demo on signatories, promises and articles, and what moderators decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import select

from portal.comments import actions
from portal.comments.models import Comment, CommentVersion, Discussion
from portal.core.db import db
from portal.demo.script import Act, Entry, moment, steps_of
from portal.demo.stage import Player, Stage
from portal.organisations.models import Organisation

MODERATOR = "hanneke"
Where = Callable[[Stage], Discussion]


def acts(
    comments: Sequence[Entry], name: str, where: Where, now: datetime, parent: str | None = None
) -> Iterator[Act]:
    """Yield what happens in one discussion; `name` tells its comments from those of others."""
    for number, comment in enumerate(comments):
        key = f"{name}/{number}"
        at = moment(comment["at"], now)
        yield Act(at, partial(_post, key, comment, where, parent))
        for then, step in steps_of(comment, at, now):
            yield Act(then, partial(STEPS[step["do"]], key, comment, step))
        yield from acts(comment.get("replies", ()), key, where, now, key)


def _post(key: str, entry: Entry, where: Where, parent: str | None, stage: Stage) -> None:
    posted = actions.post(
        where(stage),
        body=entry["body"],
        organisation_id=_voice(entry, stage),
        parent_id=stage.find(Comment, f"comment:{parent}").id if parent else None,
        by=stage.player(entry["by"]),
    )
    stage.keep(f"comment:{key}", db.session.get_one(Comment, posted.id))


def _voice(entry: Entry, stage: Stage) -> int | None:
    if "for" not in entry:
        return None
    return stage.find(Organisation, f"organisation:{entry['for']}").id


def _newest(key: str, stage: Stage) -> CommentVersion:
    comment = stage.find(Comment, f"comment:{key}")
    versions = select(CommentVersion).where(CommentVersion.comment_id == comment.id)
    newest = versions.order_by(CommentVersion.number.desc()).limit(1)
    return db.session.scalars(newest).one()


def _moderator(step: Entry, stage: Stage) -> Player:
    return stage.player(step.get("by", MODERATOR))


def _place(key: str, _entry: Entry, step: Entry, stage: Stage) -> None:
    actions.place(_newest(key, stage), by=_moderator(step, stage))


def _ask_change(key: str, _entry: Entry, step: Entry, stage: Stage) -> None:
    actions.ask_change(
        _newest(key, stage),
        ground=step["ground"],
        reason=step["reason"],
        by=_moderator(step, stage),
    )


def _refuse(key: str, _entry: Entry, step: Entry, stage: Stage) -> None:
    actions.refuse(
        _newest(key, stage),
        ground=step["ground"],
        reason=step["reason"],
        by=_moderator(step, stage),
    )


def _edit(key: str, entry: Entry, step: Entry, stage: Stage) -> None:
    comment = stage.find(Comment, f"comment:{key}")
    by = stage.player(entry["by"])
    actions.edit(comment, body=step["body"], organisation_id=_voice(entry, stage), by=by)


def _withdraw(key: str, entry: Entry, _step: Entry, stage: Stage) -> None:
    actions.withdraw(stage.find(Comment, f"comment:{key}"), by=stage.player(entry["by"]))


STEPS: dict[str, Callable[..., None]] = {
    "ask_change": _ask_change,
    "edit": _edit,
    "place": _place,
    "refuse": _refuse,
    "withdraw": _withdraw,
}
