"""Every write of articles."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.comments.actions import hide_discussion, open_discussion, show_discussion
from portal.core import clock, markdown
from portal.core.db import db
from portal.core.errors import FieldRefused
from portal.core.i18n import gettext as _
from portal.core.slugs import free_slug, slugify
from portal.documents.actions import keep_picture
from portal.documents.models import Picture
from portal.documents.upload import KeptUpload
from portal.lifecycle import ArticleState
from portal.news import queries
from portal.news.models import Article, ArticleRevision
from portal.news.versions import ArticleText, text_of
from portal.policy import Person
from portal.services import hiding
from portal.services.hiding import Notice
from portal.services.history import advance, create, record


def html_of(body: str) -> str:
    """Return the text of an article as its page shows it."""
    return markdown.render(body, images=True, first_heading=2)


def _set_text(article: Article, title: str, lead: str, body: str, picture_alt: str) -> None:
    article.title, article.lead, article.body = title, lead, body
    article.html = html_of(body)
    article.picture_alt = picture_alt


def _set_picture(article: Article, picture: KeptUpload | None, by: Person | None) -> None:
    if picture is not None:
        article.picture = keep_picture(picture, by=by)
    if article.picture is not None and not article.picture_alt:
        raise FieldRefused("picture_alt", _("Beschrijf wat er op de foto te zien is."))


def draft(
    *,
    title: str,
    lead: str,
    body: str,
    language: str = "nl",
    picture: KeptUpload | None = None,
    picture_alt: str = "",
    by: Person | None,
) -> Article:
    """Return a new article as a draft, with a discussion that nobody sees yet.

    FieldRefused when it has a picture without a description of it.
    """
    discussion = open_discussion(address="/nieuws", title=title, language=language)
    article = Article(
        discussion=discussion,
        language=language,
        author_id=by.id if by is not None else None,
        created_at=clock.now(),
    )
    _set_text(article, title, lead, body, picture_alt)
    _set_picture(article, picture, by)
    create(article, "draft", by=by)
    return article


def edit(
    article: Article,
    *,
    title: str,
    lead: str,
    body: str,
    language: str,
    picture: KeptUpload | None,
    picture_alt: str,
    by: Person,
) -> None:
    """Change an article; a published one shows when it was edited.

    FieldRefused when it has a picture without a description of it.
    """
    if article.state == ArticleState.PUBLISHED and text_of(article) != ArticleText(
        title, lead, body, language
    ):
        _keep_text(article, by=by)
    _set_text(article, title, lead, body, picture_alt)
    article.language = language
    _set_picture(article, picture, by)
    if article.state == ArticleState.PUBLISHED:
        article.edited_at = clock.now()
        _follow(article)
    record(article, "edited", by=by)


def _keep_text(article: Article, *, by: Person) -> None:
    """Keep what everybody could read until now."""
    kept = text_of(article)._asdict()
    db.session.add(
        ArticleRevision(article_id=article.id, replaced_at=clock.now(), author_id=by.id, **kept)
    )


def _follow(article: Article) -> None:
    """Give the discussion the address, the title and the visibility of a published article."""
    show_discussion(
        article.discussion,
        address=f"/nieuws/{article.slug}",
        title=article.title,
        language=article.language,
        is_public=article.is_public,
    )


def publish(article: Article, *, by: Person | None) -> None:
    """Let everybody read the article; its address never changes after the first time."""
    advance(article, "publish", by=by)
    if article.slug is None:
        article.slug = free_slug(slugify(article.title, limit=120), queries.slug_is_taken)
    if article.published_at is None:
        article.published_at = clock.now()
    _follow(article)


def unpublish(article: Article, *, by: Person) -> None:
    """Take the article and its comments out of sight; it becomes a draft again."""
    advance(article, "unpublish", by=by)
    _keep_text(article, by=by)
    hide_discussion(article.discussion)


def hide(article: Article, *, ground: str, reason: str, by: Person) -> None:
    """Take a published article and its discussion out of sight, but not for stewards."""
    hiding.hide(article, _notice(article), ground=ground, reason=reason, by=by)
    article.discussion.is_public = False


def restore(article: Article, *, reason: str = "", by: Person) -> None:
    """Bring a hidden article back, in the state that it has."""
    notice = _notice(article) if article.state == ArticleState.PUBLISHED else None
    hiding.restore(article, notice, reason=reason, by=by)
    article.discussion.is_public = article.is_public


def _notice(article: Article) -> Notice:
    """Return what the writer of an article is told; nobody, when that is nobody with an account."""
    author_id = article.author_id
    readers = [db.session.get_one(Account, author_id)] if author_id is not None else []
    return Notice(readers, article.title, f"/nieuws/{article.slug}", article.lead)


def hide_photo(picture: Picture, *, ground: str, reason: str, by: Person) -> None:
    """Take the photo of an article out of sight: its address gives it no more."""
    hiding.hide(picture, _notice_of_photo(picture), ground=ground, reason=reason, by=by)


def restore_photo(picture: Picture, *, reason: str = "", by: Person) -> None:
    """Bring the hidden photo of an article back."""
    hiding.restore(picture, _notice_of_photo(picture), reason=reason, by=by)


def _notice_of_photo(picture: Picture) -> Notice:
    article = queries.find_by_picture(picture.id)
    return _notice(article) if article is not None else Notice((), "", "/")
