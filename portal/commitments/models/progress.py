"""What becomes of a commitment: messages about progress, moves of its term, older texts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.commitments.models.commitments import Commitment
from portal.core.columns import StateColumn, spoken_in
from portal.core.db import Base
from portal.documents.models import Document
from portal.lifecycle.claims import EnteredAs, Stance
from portal.services.entered import WORD, Claimed, Sourced
from portal.services.models import Hideable, index_of_hidden, repeats_reason


class TermMove(Sourced, Base):
    """The term was moved: what it was, what it became, and why."""

    __tablename__ = "term_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"), index=True)
    old_words: Mapped[str] = mapped_column(String(200))
    old_language: Mapped[str] = spoken_in()
    old_earliest: Mapped[date | None]
    old_latest: Mapped[date | None]
    new_words: Mapped[str] = mapped_column(String(200))
    new_earliest: Mapped[date | None]
    new_latest: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text, info=repeats_reason(of="commitment_id"))
    # Of the new words and the reason.
    language: Mapped[str] = spoken_in()
    moved_at: Mapped[datetime]
    # Moved after the old term and its grace had passed.
    was_overdue: Mapped[bool] = mapped_column(default=False)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    author_name: Mapped[str] = mapped_column(String(120))
    # Of the act in the log that made it; None where that is not known.
    history_id: Mapped[int | None] = mapped_column(
        ForeignKey("history.id"), index=True, unique=True
    )


class Revision(Hideable, Base):
    """The text of a published commitment as it stood before an edit."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("commitment_id", "number"), index_of_hidden("revision"))
    thing: ClassVar[str] = "revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"))
    number: Mapped[int]
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    # Of the texts, and of the reason below.
    language: Mapped[str] = spoken_in()
    reason_language: Mapped[str] = spoken_in()
    replaced_at: Mapped[datetime]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    author_name: Mapped[str] = mapped_column(String(120))
    # In which capacity it was replaced.
    replaced_as: Mapped[EnteredAs] = mapped_column(
        StateColumn(EnteredAs, WORD), default=EnteredAs.VERENIGING
    )
    # Whose text it was, and why the vereniging corrected its own.
    entered_as: Mapped[EnteredAs] = mapped_column(
        StateColumn(EnteredAs, WORD), default=EnteredAs.VERENIGING
    )
    stance: Mapped[Stance | None] = mapped_column(StateColumn(Stance, WORD))
    reason: Mapped[str] = mapped_column(Text, default="", info=repeats_reason(of="commitment_id"))

    commitment: Mapped[Commitment] = relationship()


class Update(Claimed, Hideable, Base):
    """A message about progress, with evidence if there is any."""

    __tablename__ = "progress_update"
    __table_args__ = (
        Index("ix_progress_update_commitment", "commitment_id", "id"),
        index_of_hidden("progress_update"),
    )
    thing: ClassVar[str] = "progress_update"

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"))
    progress: Mapped[str] = mapped_column(String(12))
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    # What they do in the half year that follows, "" where they did not say.
    ahead: Mapped[str] = mapped_column(Text, default="", server_default="")
    ahead_html: Mapped[str] = mapped_column(Text, default="", server_default="")
    # How much of it is done by their own estimate, from 0 to 100.
    percent: Mapped[int | None]
    language: Mapped[str] = spoken_in()
    evidence_url: Mapped[str | None] = mapped_column(String(500))
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    # The day it is about, which for history may be long ago.
    told_on: Mapped[date]
    created_at: Mapped[datetime]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    author_name: Mapped[str] = mapped_column(String(120))
    # Of the act in the log that made it; None where that is not known.
    history_id: Mapped[int | None] = mapped_column(
        ForeignKey("history.id"), index=True, unique=True
    )

    # The vereniging took it back: it can be read, and counts no more.
    retracted_at: Mapped[datetime | None]
    retract_reason: Mapped[str | None] = mapped_column(Text, info=repeats_reason())
    retract_language: Mapped[str] = spoken_in()

    evidence: Mapped[Document | None] = relationship(lazy="joined")
    commitment: Mapped[Commitment] = relationship()

    @property
    def organisation_id(self) -> int:
        return self.commitment.organisation_id

    @property
    def has_owner(self) -> bool:
        return self.commitment.has_owner


class SentReminder(Base):
    """A reminder that went to somebody: why, about which last day, and when. None goes twice."""

    __tablename__ = "sent_reminder"
    __table_args__ = (
        UniqueConstraint("commitment_id", "account_id", "about", "occasion"),
        Index("ix_sent_reminder_account", "account_id", "sent_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    # Of `Occasion`; "jaar-2" for the second year.
    occasion: Mapped[str] = mapped_column(String(20))
    # The last day of the term; for the yearly ones the day from which the years are counted.
    about: Mapped[date]
    due_on: Mapped[date]
    # The day in Amsterdam: one mail a day to each person.
    sent_on: Mapped[date] = mapped_column(index=True)
    sent_at: Mapped[datetime]
