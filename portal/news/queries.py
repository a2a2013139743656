"""Every read of articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, or_, select, true
from werkzeug.exceptions import NotFound

from portal.accounts.models import Account
from portal.comments.models import Discussion
from portal.core.db import db
from portal.core.paging import Key, Listing, listing_of, read_moment
from portal.documents.models import Picture
from portal.lifecycle import ArticleState
from portal.news.models import Article, ArticleRevision
from portal.policy import Person

PAGE_SIZE = 12


class ArticleRow(NamedTuple):
    """One article in a list; `published_at` is None for a draft that never was published."""

    id: int
    slug: str | None
    title: str
    lead: str
    language: str
    state: str
    published_at: datetime | None
    picture_alt: str
    small_key: str | None
    placed_count: int


COLUMNS: Select[*tuple[Any, ...]] = (
    select(
        Article.id,
        Article.slug,
        Article.title,
        Article.lead,
        Article.language,
        Article.state,
        Article.published_at,
        Article.picture_alt,
        Picture.small_key,
        Discussion.placed_count,
    )
    .join(Discussion, Discussion.id == Article.discussion_id)
    .outerjoin(Picture, and_(Picture.id == Article.picture_id, Picture.hidden_at.is_(None)))
)

_IS_PUBLIC = and_(Article.state == ArticleState.PUBLISHED, Article.hidden_at.is_(None))
PUBLISHED = COLUMNS.where(_IS_PUBLIC)


def _is_steward(viewer: Person) -> bool:
    return viewer.is_confirmed and (viewer.is_moderator or viewer.is_beheerder)


def visible_to(viewer: Person) -> Select[Article]:
    """Return the articles that `viewer` may read."""
    return select(Article).where(or_(_IS_PUBLIC, true()) if _is_steward(viewer) else _IS_PUBLIC)


def latest_published(limit: int) -> list[ArticleRow]:
    """Return at most `limit` published articles, the newest first."""
    newest = PUBLISHED.order_by(Article.published_at.desc(), Article.id.desc())
    return [ArticleRow(*row) for row in db.session.execute(newest.limit(limit))]


def latest_but(article: Article, limit: int) -> list[ArticleRow]:
    """Return at most `limit` published articles other than this one, the newest first."""
    others = PUBLISHED.where(Article.id != article.id)
    newest = others.order_by(Article.published_at.desc(), Article.id.desc())
    return [ArticleRow(*row) for row in db.session.execute(newest.limit(limit))]


def published_page(cursor: str | None) -> Listing[ArticleRow]:
    """Return the page of articles that begins at `cursor`, the newest first."""
    keys = [
        Key(Article.published_at, "published_at", descending=True, read=read_moment),
        Key(Article.id, "id", descending=True),
    ]
    page = listing_of(db.session, PUBLISHED, keys, size=PAGE_SIZE, cursor=cursor)
    rows = [ArticleRow(*row) for row in page.rows]
    return Listing(rows, page.next, page.previous, page.start, page.count)


def drafts() -> list[ArticleRow]:
    """Return the articles that are not published, the newest first."""
    unpublished = COLUMNS.where(Article.state == ArticleState.DRAFT).order_by(Article.id.desc())
    return [ArticleRow(*row) for row in db.session.execute(unpublished)]


def get_by_slug(slug: str) -> Article:
    """Return the article at this address, or 404."""
    article = db.session.scalars(select(Article).where(Article.slug == slug)).first()
    if article is None:
        raise NotFound
    return article


def get_article(article_id: int) -> Article:
    """Return the article with this id, or 404."""
    article = db.session.get(Article, article_id)
    if article is None:
        raise NotFound
    return article


def find_by_picture(picture_id: int) -> Article | None:
    """Return the article with this photo, None without one."""
    return db.session.scalars(select(Article).where(Article.picture_id == picture_id)).first()


def revisions_of(article_id: int) -> list[ArticleRevision]:
    """Return the texts that an article had, the first one first."""
    query = select(ArticleRevision).where(ArticleRevision.article_id == article_id)
    return list(db.session.scalars(query.order_by(ArticleRevision.id)))


@dataclass(frozen=True, slots=True)
class AskedVersion:
    """A version of an article that an address names, as doors need it; there may be none."""

    article: Article
    number: int

    @property
    def is_public(self) -> bool:
        return self.article.is_public

    @property
    def is_published(self) -> bool:
        return self.article.is_published

    @property
    def is_hidden(self) -> bool:
        return self.article.is_hidden

    @property
    def hidden_ground(self) -> str | None:
        return self.article.hidden_ground

    @property
    def hidden_at(self) -> datetime | None:
        return self.article.hidden_at


def get_asked_version(slug: str, number: int) -> AskedVersion:
    """Return what the doors need of a version of the article at this address, or 404."""
    return AskedVersion(get_by_slug(slug), number)


def slug_is_taken(slug: str) -> bool:
    """Return whether an article has this slug."""
    return db.session.scalar(select(Article.id).where(Article.slug == slug)) is not None


def host_of(discussion_id: int) -> Account | None:
    """Return who wrote the article of a discussion and still writes for the vereniging."""
    query = (
        select(Account)
        .join(Article, Article.author_id == Account.id)
        .where(
            Article.discussion_id == discussion_id,
            Account.blocked_at.is_(None),
            or_(Account.is_moderator, Account.is_beheerder),
        )
    )
    return db.session.scalars(query).one_or_none()
