"""What a signatory expects of a promise that runs: beside its term, never instead of it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.commitments.models.commitments import Commitment
from portal.core.columns import spoken_in
from portal.core.db import Base
from portal.services.entered import Sourced
from portal.services.models import Hideable, index_of_hidden


class Prognosis(Sourced, Hideable, Base):
    """When its people now expect that a promise is done, and why; the term stays as it is."""

    __tablename__ = "prognosis"
    __table_args__ = (index_of_hidden("prognosis"),)
    thing: ClassVar[str] = "prognosis"

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"), index=True)
    # In their own words, which nobody reads as dates: they promise nothing.
    expected: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = spoken_in()
    created_at: Mapped[datetime]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    author_name: Mapped[str] = mapped_column(String(120))
    # Of the act in the log that made it.
    history_id: Mapped[int | None] = mapped_column(
        ForeignKey("history.id"), index=True, unique=True
    )
    # Taken back by its people: it can be read, and counts no more.
    recalled_at: Mapped[datetime | None]

    commitment: Mapped[Commitment] = relationship()

    @property
    def organisation_id(self) -> int:
        return self.commitment.organisation_id
