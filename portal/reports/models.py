"""Yearly reports, and the promises and signatories that each of them pins."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.columns import StateColumn, spoken_in
from portal.core.db import Base
from portal.lifecycle import ReportState
from portal.services.languages import keeps_language

# How the address of one begins that has no number yet.
DRAFT = "concept"


class YearlyReport(Base):
    """A report about the year of the day that it counts on; once established it never changes."""

    __tablename__ = "yearly_report"
    __table_args__ = (
        UniqueConstraint("year", "number"),
        Index("ix_yearly_report_earlier", "earlier_id"),
    )
    thing: ClassVar[str] = "yearly_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[ReportState] = mapped_column(StateColumn(ReportState, 20))
    year: Mapped[int]
    # Within the year; None while it is a draft.
    number: Mapped[int | None]
    # The day that it is about, and when what was known of that day was written down.
    counted_on: Mapped[date]
    counted_at: Mapped[datetime]
    # Days after a term before it counts as passed, as they were then.
    grace_days: Mapped[int]
    # Of kinds, layers and themes, as they were called then: by which -> slug and names, in order.
    labels: Mapped[dict[str, Any]] = mapped_column(JSON)
    # What moderators decided in the year: see `moderating.py`. Empty where it was not counted.
    moderation: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    introduction: Mapped[str] = mapped_column(Text, default="")
    # What is put right of an earlier report.
    correction: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = spoken_in()
    earlier_id: Mapped[int | None] = mapped_column(ForeignKey("yearly_report.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    established_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    earlier: Mapped[YearlyReport | None] = relationship(remote_side="YearlyReport.id")

    @property
    def key(self) -> str:
        """How addresses name it: "2025-1", or "concept-7" for a draft."""
        return f"{self.year}-{self.number}" if self.number else f"{DRAFT}-{self.id}"

    @property
    def is_public(self) -> bool:
        return self.state == ReportState.ESTABLISHED

    @property
    def concerned_organisation_ids(self) -> tuple[int, ...]:
        return ()

    @property
    def concerned_emails(self) -> tuple[str, ...]:
        return ()


class PinnedPromise(Base):
    """A promise as a report counts it: its words and how it stood."""

    __tablename__ = "pinned_promise"
    __table_args__ = (Index("ix_pinned_promise_report", "report_id", "outcome", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("yearly_report.id"))
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = spoken_in()
    organisation_name: Mapped[str] = mapped_column(String(200))
    term_words: Mapped[str] = mapped_column(String(200))
    term_language: Mapped[str] = spoken_in()
    # Of `outcomes.OUTCOMES`, and whether its term was put off before.
    outcome: Mapped[str] = mapped_column(String(20))
    moved: Mapped[int]


class PinnedGroup(Base):
    """One group in which a report counts a promise: a kind, a layer, a theme, a year ..."""

    __tablename__ = "pinned_group"
    __table_args__ = (Index("ix_pinned_group_slug", "by", "slug", "promise_id"),)

    promise_id: Mapped[int] = mapped_column(ForeignKey("pinned_promise.id"), primary_key=True)
    by: Mapped[str] = mapped_column(String(20), primary_key=True)
    slug: Mapped[str] = mapped_column(String(140), primary_key=True)


class PinnedSignatory(Base):
    """A signatory as a report counts it."""

    __tablename__ = "pinned_signatory"
    __table_args__ = (Index("ix_pinned_signatory_report", "report_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("yearly_report.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    province: Mapped[str | None] = mapped_column(String(20))
    signed_year: Mapped[int | None]
    event_id: Mapped[int | None]
    event_name: Mapped[str | None] = mapped_column(String(200))
    held_on: Mapped[date | None]


keeps_language(YearlyReport.language, YearlyReport.introduction, YearlyReport.correction)
