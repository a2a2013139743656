"""What the portal stores of a rappel: whom it asked, about which promises, and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.columns import StateColumn, spoken_in
from portal.core.db import Base
from portal.lifecycle import RappelState
from portal.rappels.outcomes import Outcome, Reach

WORD = 20


class RappelPlan(Base):
    """When the next rappel is put ready by itself: one row."""

    __tablename__ = "rappel_plan"
    thing: ClassVar[str] = "rappel_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    # None: only by hand.
    next_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)


class Rappel(Base):
    """One round in which all signatories are asked about terms that passed or come near."""

    __tablename__ = "rappel"
    thing: ClassVar[str] = "rappel"

    id: Mapped[int] = mapped_column(primary_key=True)
    # "2026-1", as its address has it.
    name: Mapped[str] = mapped_column(String(12), unique=True)
    state: Mapped[RappelState] = mapped_column(StateColumn(RappelState, WORD))
    # True for the one that runs, else None: the database lets no two run.
    is_running: Mapped[bool | None] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    # Until when sending, or reminding, can be stopped.
    goes_at: Mapped[datetime | None]
    went_at: Mapped[datetime | None]
    # When who did not answer was asked once more.
    again_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    @property
    def is_public(self) -> bool:
        return self.state == RappelState.PUBLISHED

    @property
    def is_open(self) -> bool:
        """Whether it went out and was not published yet."""
        return self.state in (RappelState.OPEN, RappelState.REMINDING)

    def is_going_at(self, moment: str) -> bool:
        """Return whether it still goes at this moment, in ISO form: it may have been sent anew."""
        return self.goes_at is not None and self.goes_at.isoformat() == moment

    @property
    def is_remindable(self) -> bool:
        """Whether nobody was reminded yet: that happens once."""
        return self.again_at is None


class RappelParty(Base):
    """A signatory on the day of a rappel: whether it was asked, and why not."""

    __tablename__ = "rappel_party"
    __table_args__ = (UniqueConstraint("rappel_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rappel_id: Mapped[int] = mapped_column(ForeignKey("rappel.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    reach: Mapped[Reach] = mapped_column(StateColumn(Reach, WORD))


class RappelPromise(Base):
    """A promise about which a rappel asked, with its term as it was then."""

    __tablename__ = "rappel_promise"
    __table_args__ = (UniqueConstraint("rappel_id", "commitment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rappel_id: Mapped[int] = mapped_column(ForeignKey("rappel.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"), index=True)
    # Its term had passed; else it ends within half a year.
    is_lapsed: Mapped[bool]
    term_words: Mapped[str] = mapped_column(String(200))
    term_language: Mapped[str] = spoken_in()
    term_earliest: Mapped[date | None]
    term_latest: Mapped[date]
    # What came of it, fixed at publication; None until then.
    outcome: Mapped[Outcome | None] = mapped_column(StateColumn(Outcome, WORD))
    answered_at: Mapped[datetime | None]
