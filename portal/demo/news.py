"""The articles of the demo, with what readers say below them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from portal.comments.models import Discussion
from portal.demo import discussions
from portal.demo.script import Act, Entry, articles, moment, steps_of
from portal.demo.stage import Stage
from portal.news import actions
from portal.news.models import Article


def acts(now: datetime) -> Iterator[Act]:
    """Yield the writing of every article and the comments on it."""
    for key, entry in articles().items():
        at = moment(entry["at"], now)
        yield Act(at, partial(_write, key, entry))
        for then, step in steps_of(entry, at, now):
            yield Act(then, partial(_go_on, key, entry, step))
        where = partial(_discussion, key)
        yield from discussions.acts(entry.get("comments", ()), f"article:{key}", where, now)


def _discussion(key: str, stage: Stage) -> Discussion:
    return stage.find(Article, f"article:{key}").discussion


def _write(key: str, entry: Entry, stage: Stage) -> None:
    article = actions.draft(
        title=entry["title"],
        lead=entry["lead"],
        body=entry["body"],
        language=entry.get("language", "nl"),
        picture=stage.files.get(f"photo:{key}"),
        picture_alt=entry.get("picture_alt", ""),
        by=stage.player(entry["by"]),
    )
    stage.keep(f"article:{key}", article)


def _go_on(key: str, entry: Entry, step: Entry, stage: Stage) -> None:
    article, by = stage.find(Article, f"article:{key}"), stage.player(entry["by"])
    if step["do"] == "publish":
        actions.publish(article, by=by)
    else:
        actions.unpublish(article, by=by)
