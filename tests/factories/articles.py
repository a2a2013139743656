"""News."""

from __future__ import annotations

from datetime import datetime

from portal.accounts.models import Account
from portal.core import clock
from portal.core.markdown import render
from portal.core.slugs import slugify
from portal.documents.models import Picture
from portal.news.models import Article
from tests.factories.comments import new_discussion
from tests.factories.states import add, bring_to, committed, number


@committed
def make_article(
    *,
    state: str = "published",
    title: str | None = None,
    lead: str = "Kort wat er is gebeurd.",
    body: str = "Wat er is gebeurd, in meer woorden.",
    author: Account | None = None,
    picture: Picture | None = None,
    language: str = "nl",
    published_at: datetime | None = None,
) -> Article:
    """Return an article with its discussion, which is public once the article is."""
    heading = title or f"Nieuws {number()}"
    slug = slugify(heading)
    is_public = state == "published"
    article = Article(
        title=heading,
        lead=lead,
        body=body,
        html=render(body, images=True),
        language=language,
        picture_id=picture.id if picture else None,
        picture_alt="Een geel vlak" if picture else "",
        author_id=author.id if author else None,
        discussion=new_discussion(f"/nieuws/{slug}", heading, is_public=is_public),
        created_at=clock.now(),
    )
    bring_to(article, state, by=author)
    if is_public:
        article.slug = slug
        article.published_at = published_at or clock.now()
    add(article)
    return article
