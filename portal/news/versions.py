"""The versions of an article: every text that everybody could read, for ever with its number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from portal.core.differences import ChangedPart, words_changed
from portal.core.i18n import gettext as _
from portal.news.models import Article, ArticleRevision


class ArticleText(NamedTuple):
    """What an article says."""

    title: str
    lead: str
    body: str
    language: str


class ArticleVersion(NamedTuple):
    """An article as it stood from one moment to the next, and what it changed of the one before."""

    number: int
    begun_at: datetime | None
    # None for the newest.
    ended_at: datetime | None
    text: ArticleText
    changes: Sequence[ChangedPart]

    @property
    def is_newest(self) -> bool:
        return self.ended_at is None


def text_of(row: Article | ArticleRevision) -> ArticleText:
    """Return what an article says now, or said before."""
    return ArticleText(row.title, row.lead, row.body, row.language)


def versions_of(article: Article, revisions: Sequence[ArticleRevision]) -> list[ArticleVersion]:
    """Return every version of a published article, the newest first; `revisions` in their order.

    A text that was taken off the site and came back as it was is one version.
    """
    versions: list[ArticleVersion] = []
    begun, before = article.published_at, None
    for text, ended in _texts(article, revisions):
        changes: Sequence[ChangedPart] = list(_changed(before, text)) if before else []
        versions.append(ArticleVersion(len(versions) + 1, begun, ended, text, changes))
        begun, before = ended, text
    return versions[::-1]


def _texts(
    article: Article, revisions: Sequence[ArticleRevision]
) -> Iterator[tuple[ArticleText, datetime | None]]:
    rows = [*((text_of(old), old.replaced_at) for old in revisions), (text_of(article), None)]
    for (text, ended), after in zip(rows, [*rows[1:], None], strict=True):
        if after is None or after[0] != text:
            yield text, ended


def _changed(before: ArticleText, after: ArticleText) -> Iterator[ChangedPart]:
    for label, old, new in (
        (_("Titel"), before.title, after.title),
        (_("Inleiding"), before.lead, after.lead),
        (_("Tekst"), before.body, after.body),
    ):
        if old != new:
            words = words_changed(old, new)
            yield ChangedPart(label, words, before.language, after.language)
