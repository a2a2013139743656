"""Proposals of a public organisation to change who it is."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.columns import StateColumn, spoken_in
from portal.core.db import Base
from portal.lifecycle import ProposalState
from portal.organisations.identity import Identity, Value
from portal.services.languages import keeps_language

_OPEN = f"state IN ('{ProposalState.PENDING}', '{ProposalState.CHANGE_ASKED}')"


class IdentityProposal(Base):
    """Who a public organisation is, and who it wants to be; a moderator places or refuses it."""

    __tablename__ = "identity_proposal"
    __table_args__ = (
        Index(
            "uq_identity_proposal_open",
            "organisation_id",
            unique=True,
            sqlite_where=text(_OPEN),
            postgresql_where=text(_OPEN),
        ),
        Index("ix_identity_proposal_state", "state", "id"),
    )
    thing: ClassVar[str] = "identity_proposal"
    concerned_emails: ClassVar[tuple[str, ...]] = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    # What stood when it was proposed, and what is to stand: each a whole `Identity`.
    old: Mapped[dict[str, Value]] = mapped_column(JSON)
    new: Mapped[dict[str, Value]] = mapped_column(JSON)
    # The first day of the new name; None when the name stays, or only its spelling is corrected.
    renamed_on: Mapped[date | None]
    # Why, for the moderator, and where that can be seen.
    note: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = spoken_in()
    source_url: Mapped[str | None] = mapped_column(String(500))
    state: Mapped[ProposalState] = mapped_column(StateColumn(ProposalState, 20))
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    @property
    def before(self) -> Identity:
        return Identity(**self.old)  # type: ignore[arg-type]

    @property
    def after(self) -> Identity:
        return Identity(**self.new)  # type: ignore[arg-type]

    @property
    def is_rename(self) -> bool:
        """Whether another name is proposed, a corrected spelling included."""
        return self.old["name"] != self.new["name"]

    @property
    def concerned_organisation_ids(self) -> tuple[int, ...]:
        return (self.organisation_id,)


keeps_language(IdentityProposal.language, IdentityProposal.note)
