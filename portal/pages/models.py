"""Settings of the vereniging and its legal texts: rows that the beheerder edits."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base


class Vereniging(Base):
    """The vereniging that keeps this portal: one row."""

    __tablename__ = "vereniging"
    thing: ClassVar[str] = "vereniging"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    site_name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(40), default="")
    post_address: Mapped[str] = mapped_column(String(300), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    security_contact: Mapped[str] = mapped_column(String(254), default="")
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("picture.id"))
    version: Mapped[int] = mapped_column(default=1)


class LegalText(Base):
    """A legal page in both languages: spelregels, privacy, toegankelijkheid, colofon."""

    __tablename__ = "legal_text"
    thing: ClassVar[str] = "legal_text"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    title_nl: Mapped[str] = mapped_column(String(160))
    title_en: Mapped[str] = mapped_column(String(160))
    body_nl: Mapped[str] = mapped_column(Text)
    body_en: Mapped[str] = mapped_column(Text)
    html_nl: Mapped[str] = mapped_column(Text)
    html_en: Mapped[str] = mapped_column(Text)
    edited_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
