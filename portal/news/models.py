"""Articles by the vereniging."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.comments.models import Discussion
from portal.core.columns import StateColumn
from portal.core.db import Base
from portal.documents.models import Picture
from portal.lifecycle import ArticleState
from portal.services.models import Hideable, index_of_hidden


class Article(Hideable, Base):
    """A news article, with a discussion of its own."""

    __tablename__ = "article"
    __table_args__ = (
        Index("ix_article_published", "state", "published_at", "id"),
        index_of_hidden("article"),
    )
    thing: ClassVar[str] = "article"

    id: Mapped[int] = mapped_column(primary_key=True)
    # Fixed at first publication.
    slug: Mapped[str | None] = mapped_column(String(140), unique=True)
    title: Mapped[str] = mapped_column(String(160))
    lead: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2), default="nl")
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("picture.id"), index=True)
    picture_alt: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[ArticleState] = mapped_column(StateColumn(ArticleState, 20))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    discussion_id: Mapped[int] = mapped_column(ForeignKey("discussion.id"), index=True)
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    discussion: Mapped[Discussion] = relationship()
    picture: Mapped[Picture | None] = relationship(lazy="joined")

    @property
    def is_published(self) -> bool:
        """Whether everybody may read it, unless it is hidden."""
        return self.state == ArticleState.PUBLISHED

    @property
    def is_public(self) -> bool:
        return self.is_published and not self.is_hidden

    @property
    def shown_picture(self) -> Picture | None:
        """The photo that readers see: None without one, and when it is hidden."""
        return None if self.picture is None or self.picture.is_hidden else self.picture

    @property
    def concerned_organisation_ids(self) -> tuple[int, ...]:
        return ()

    @property
    def concerned_emails(self) -> tuple[str, ...]:
        return ()


class ArticleRevision(Base):
    """The text of an article that everybody could read, until it was changed or taken off."""

    __tablename__ = "article_revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    lead: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    replaced_at: Mapped[datetime]
    # Who changed it.
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
