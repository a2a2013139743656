"""A file that is brought in, and its rows: what was typed, what is in the way, what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.columns import StateColumn, spoken_in
from portal.core.db import Base
from portal.intake.columns import Sheet
from portal.intake.verdicts import Fate, Verdict
from portal.lifecycle import IntakeState

NAME_KEY, TITLE_KEY = 200, 300


class Intake(Base):
    """One file of signatories and promises, with the source of all that is in it."""

    __tablename__ = "intake"
    thing: ClassVar[str] = "intake"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[IntakeState] = mapped_column(StateColumn(IntakeState, 20))
    file_name: Mapped[str] = mapped_column(String(200))
    source_title: Mapped[str] = mapped_column(String(200))
    source_url: Mapped[str] = mapped_column(String(500))
    # What is told of its rows is in this language, and so are words that name no other.
    language: Mapped[str] = spoken_in()
    # Headers of the file that are not taken in.
    unknown: Mapped[list[str]] = mapped_column(JSON)
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]

    author: Mapped[Account] = relationship()


class IntakeRow(Base):
    """One row of the file."""

    __tablename__ = "intake_row"
    __table_args__ = (
        Index("ix_intake_row_verdict", "intake_id", "verdict", "id"),
        Index("ix_intake_row_name", "intake_id", "sheet", "name_key", "title_key"),
        Index("ix_intake_row_fate", "intake_id", "fate", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    intake_id: Mapped[int] = mapped_column(ForeignKey("intake.id"))
    sheet: Mapped[Sheet] = mapped_column(StateColumn(Sheet, 20))
    # Where it stands in its sheet, as a spreadsheet counts.
    number: Mapped[int]
    # The name of a column -> what was typed.
    cells: Mapped[dict[str, str]] = mapped_column(JSON)
    # By what rows about one thing are known.
    name_key: Mapped[str] = mapped_column(String(NAME_KEY))
    title_key: Mapped[str] = mapped_column(String(TITLE_KEY))
    # The columns of which the text was cut off.
    cut: Mapped[list[str]] = mapped_column(JSON)
    # What was chosen where there was doubt: "nieuw", "overslaan", or the number of a thing.
    choice: Mapped[str] = mapped_column(String(20), default="")
    # Of a promise whose signatory was in doubt.
    chosen_organisation_id: Mapped[int | None]
    verdict: Mapped[Verdict] = mapped_column(StateColumn(Verdict, 12), default=Verdict.WAITING)
    # What is told of it: each the name of a column, or "", and words.
    remarks: Mapped[list[list[str]]] = mapped_column(JSON)
    # The numbers of the things that could be meant.
    candidates: Mapped[list[int]] = mapped_column(JSON)
    # The name of a column -> what stands here now, and what it becomes.
    changes: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    fate: Mapped[Fate | None] = mapped_column(StateColumn(Fate, 12))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    signature_id: Mapped[int | None] = mapped_column(ForeignKey("signature.id"), index=True)
    commitment_id: Mapped[int | None] = mapped_column(ForeignKey("commitment.id"), index=True)
    # What a changed thing was before, and the row of the log that tells of the change.
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    history_id: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    intake: Mapped[Intake] = relationship()

    @property
    def locked_before(self) -> tuple[Intake, ...]:
        return (self.intake,)
