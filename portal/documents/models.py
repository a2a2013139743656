"""Documents and their versions; the bytes are in the storage, everything about them here."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Base
from portal.services.models import Hideable, index_of_hidden


class Document(Base):
    """A file in versions; the thing that it belongs to decides which viewers may read it."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(10), default="nl")
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    versions: Mapped[list[DocumentVersion]] = relationship(
        back_populates="document", order_by="DocumentVersion.number", lazy="selectin"
    )

    @property
    def latest(self) -> DocumentVersion:
        """The version with the highest number."""
        return self.versions[-1]


class DocumentVersion(Hideable, Base):
    """One version of a document, as it was received: it never changes, but can be hidden."""

    __tablename__ = "document_version"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        index_of_hidden("document_version"),
    )
    thing: ClassVar[str] = "document_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"))
    number: Mapped[int]
    storage_key: Mapped[str] = mapped_column(String(80), unique=True)
    file_name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    page_count: Mapped[int | None]
    preview_key: Mapped[str | None] = mapped_column(String(80))
    preview_width: Mapped[int | None]
    preview_height: Mapped[int | None]
    is_tagged: Mapped[bool | None]
    has_text: Mapped[bool | None]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    document: Mapped[Document] = relationship(back_populates="versions")


class Picture(Hideable, Base):
    """A re-encoded picture: a logo, or the picture of an article."""

    __tablename__ = "picture"
    __table_args__ = (index_of_hidden("picture"),)
    thing: ClassVar[str] = "picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    storage_key: Mapped[str] = mapped_column(String(80), unique=True)
    small_key: Mapped[str | None] = mapped_column(String(80))
    media_type: Mapped[str] = mapped_column(String(40))
    width: Mapped[int]
    height: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
