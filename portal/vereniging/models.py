"""The legal texts of the vereniging and what it states: rows that the beheerder edits."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.columns import StateColumn
from portal.core.db import Base
from portal.vereniging.statement import ANSWER_DAYS, Compliance, Duty


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


class AccessibilityStatement(Base):
    """How accessible the vereniging states this portal to be: one row."""

    __tablename__ = "accessibility_statement"
    thing: ClassVar[str] = "accessibility_statement"

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[Compliance] = mapped_column(
        StateColumn(Compliance, 10), default=Compliance.UNKNOWN
    )
    duty: Mapped[Duty] = mapped_column(StateColumn(Duty, 10), default=Duty.UNKNOWN)
    researched_on: Mapped[date | None]
    report_url: Mapped[str] = mapped_column(String(300), default="")
    # The day on which research is to be done.
    planned_on: Mapped[date | None]
    register_url: Mapped[str] = mapped_column(String(300), default="")
    failings_nl: Mapped[str] = mapped_column(Text, default="")
    failings_en: Mapped[str] = mapped_column(Text, default="")
    answer_days: Mapped[int] = mapped_column(default=ANSWER_DAYS)
    edited_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
