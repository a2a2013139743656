"""The legal texts of the vereniging: rows that the beheerder edits."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base


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
