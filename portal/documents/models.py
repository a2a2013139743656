"""Documents and their versions; the bytes are in the storage, everything about them here."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.columns import StateColumn
from portal.core.db import Base
from portal.documents.checks import Check, check_of
from portal.documents.licences import LONGEST, Licence
from portal.services.models import Hideable, index_of_hidden


def _index_of_waiting(name: str, column: str) -> Index:
    """Return an index of the versions with which the worker has something to do still."""
    waits = text(f"{column} IS NULL")
    return Index(f"ix_document_version_{name}", "id", sqlite_where=waits, postgresql_where=waits)


class Document(Base):
    """A file in versions; the thing that it belongs to decides which viewers may read it."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(10), default="nl")
    # The day that stands on it; None when nobody said.
    dated: Mapped[date | None]
    licence: Mapped[Licence] = mapped_column(
        StateColumn(Licence, LONGEST), default=Licence.UNSAID, server_default=""
    )
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    # Of what is told of it, and of what was written out of it.
    version: Mapped[int] = mapped_column(default=1, server_default="1")

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
        _index_of_waiting("unread", "read_at"),
        _index_of_waiting("undrawn", "drawn_at"),
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
    preview_key: Mapped[str | None] = mapped_column(String(80), index=True)
    preview_width: Mapped[int | None]
    preview_height: Mapped[int | None]
    is_tagged: Mapped[bool | None]
    has_text: Mapped[bool | None]
    # What the file says of itself.
    file_title: Mapped[str | None] = mapped_column(String(200))
    file_language: Mapped[str | None] = mapped_column(String(40))
    attachment_count: Mapped[int | None]
    # When all this was looked at, when its text was drawn, and its pages; None: not yet.
    checked_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    drawn_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    document: Mapped[Document] = relationship(back_populates="versions")

    @property
    def is_checked(self) -> bool:
        return self.checked_at is not None

    @property
    def check(self) -> Check:
        """How well everybody can use it."""
        return check_of(self)


class DocumentPage(Base):
    """The text that was drawn from a page, from 1; number 0 is a document without fixed pages."""

    __tablename__ = "document_page"
    __table_args__ = (UniqueConstraint("version_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("document_version.id", ondelete="CASCADE"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


class PagePicture(Base):
    """A page drawn as a picture, once everybody may see it."""

    __tablename__ = "page_picture"
    __table_args__ = (UniqueConstraint("version_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("document_version.id", ondelete="CASCADE"))
    number: Mapped[int]
    storage_key: Mapped[str] = mapped_column(String(80), unique=True)
    width: Mapped[int]
    height: Mapped[int]


class DocumentText(Base):
    """What a version says, written out as a page for who cannot read the file."""

    __tablename__ = "document_text"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("document_version.id", ondelete="CASCADE"), unique=True
    )
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    written_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Picture(Hideable, Base):
    """A re-encoded picture: a logo, or the picture of an article."""

    __tablename__ = "picture"
    __table_args__ = (index_of_hidden("picture"),)
    thing: ClassVar[str] = "picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    storage_key: Mapped[str] = mapped_column(String(80), unique=True)
    small_key: Mapped[str | None] = mapped_column(String(80), index=True)
    media_type: Mapped[str] = mapped_column(String(40))
    width: Mapped[int]
    height: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
