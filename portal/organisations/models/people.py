"""The people of an organisation: their roles now and before, invitations and requests to join."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account, Invited
from portal.core import clock
from portal.core.columns import StateColumn, spoken_in
from portal.core.db import Base
from portal.lifecycle import AccessProposalState, AccessRequestState, InvitationState
from portal.organisations.models.organisations import Organisation
from portal.services.models import repeats_reason

# After this the owners count as out of reach, and the vereniging may answer as well.
OWNERS_ANSWER_WITHIN = timedelta(days=14)
UNDER_WAY = f"state IN ('{AccessProposalState.PROPOSED}', '{AccessProposalState.ANNOUNCED}')"


class Membership(Base):
    """The role of a person in an organisation: eigenaar, redacteur or lezer."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("organisation_id", "account_id"),)
    thing: ClassVar[str] = "membership"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[str] = mapped_column(String(12))
    job_title: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    organisation: Mapped[Organisation] = relationship(back_populates="memberships")
    account: Mapped[Account] = relationship(lazy="joined")

    @property
    def locked_before(self) -> tuple[Organisation, ...]:
        return (self.organisation,)


class PastMembership(Base):
    """A membership that ended: its stake lasts, and the page of rights still shows it."""

    __tablename__ = "past_membership"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    # No foreign key: the row is gone, its history is not.
    membership_id: Mapped[int]
    role: Mapped[str] = mapped_column(String(12))
    # None: before the portal wrote that down.
    joined_at: Mapped[datetime | None]
    left_at: Mapped[datetime]
    # The act that ended it: removed or left.
    how: Mapped[str] = mapped_column(String(12))


class Arrival(Base):
    """Somebody became eigenaar of a public organisation that had none; moderators look once."""

    __tablename__ = "arrival"
    __table_args__ = (
        Index(
            "ix_arrival_unseen",
            "arrived_at",
            sqlite_where=text("seen_at IS NULL"),
            postgresql_where=text("seen_at IS NULL"),
        ),
        Index("ix_arrival_seen", "seen_at", "id"),
    )
    thing: ClassVar[str] = "arrival"
    concerned_emails: ClassVar[tuple[str, ...]] = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    arrived_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    @property
    def author_id(self) -> int:
        return self.account_id

    @property
    def concerned_organisation_ids(self) -> tuple[int, ...]:
        return (self.organisation_id,)


class AccessProposal(Base):
    """A right over an organisation that one of the vereniging proposes, and a second looks at.

    With a request it lets in who asked; without one it sends an invitation to the first eigenaar.
    """

    __tablename__ = "access_proposal"
    __table_args__ = (
        Index(
            "uq_access_proposal_open",
            "organisation_id",
            "email_key",
            unique=True,
            sqlite_where=text(UNDER_WAY),
            postgresql_where=text(UNDER_WAY),
        ),
        Index("ix_access_proposal_state", "state", "id"),
    )
    thing: ClassVar[str] = "access_proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254))
    role: Mapped[str] = mapped_column(String(12))
    request_id: Mapped[int | None] = mapped_column(ForeignKey("access_request.id"), index=True)
    # How it was checked: a call, a letter, a mail from the domain.
    proof: Mapped[str] = mapped_column(Text, info=repeats_reason())
    language: Mapped[str] = spoken_in()
    # Of the link with which an eigenaar objects; None until it is announced.
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    state: Mapped[AccessProposalState] = mapped_column(StateColumn(AccessProposalState, 20))
    created_at: Mapped[datetime]
    effective_at: Mapped[datetime | None]
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    organisation: Mapped[Organisation] = relationship()
    request: Mapped[AccessRequest | None] = relationship()
    author: Mapped[Account] = relationship()

    @property
    def has_owner(self) -> bool:
        return self.organisation.has_owner

    @property
    def concerned_organisation_ids(self) -> tuple[int, ...]:
        return (self.organisation_id,)

    @property
    def concerned_emails(self) -> tuple[str, ...]:
        return (self.email_key,)


class Invitation(Invited, Base):
    """A mailed invitation to a role; people also join an entered organisation by one."""

    __tablename__ = "invitation"
    __table_args__ = (
        Index(
            "uq_invitation_open",
            "organisation_id",
            "email_key",
            unique=True,
            sqlite_where=text(f"state = '{InvitationState.OPEN}'"),
            postgresql_where=text(f"state = '{InvitationState.OPEN}'"),
        ),
    )
    thing: ClassVar[str] = "invitation"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    # Of an invitation by the vereniging; None when an eigenaar sent it.
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("access_proposal.id"), index=True)

    organisation: Mapped[Organisation] = relationship()

    @property
    def has_owner(self) -> bool:
        return self.organisation.has_owner


class AccessRequest(Base):
    """A request to join an organisation, which an owner or the vereniging answers."""

    __tablename__ = "access_request"
    __table_args__ = (
        Index(
            "uq_access_request_open",
            "organisation_id",
            "author_id",
            unique=True,
            sqlite_where=text(f"state = '{AccessRequestState.OPEN}'"),
            postgresql_where=text(f"state = '{AccessRequestState.OPEN}'"),
        ),
        Index("ix_access_request_state", "state", "id"),
    )
    thing: ClassVar[str] = "access_request"
    concerned_emails: ClassVar[tuple[str, ...]] = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    job_title: Mapped[str] = mapped_column(String(120))
    message: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = spoken_in()
    state: Mapped[AccessRequestState] = mapped_column(StateColumn(AccessRequestState, 20))
    created_at: Mapped[datetime]

    organisation: Mapped[Organisation] = relationship()
    author: Mapped[Account] = relationship(lazy="joined")

    @property
    def concerned_organisation_ids(self) -> tuple[int, ...]:
        return (self.organisation_id,)

    @property
    def is_for_owners(self) -> bool:
        """Whether an eigenaar is there, whose time to answer still runs."""
        has_time = self.created_at >= clock.now() - OWNERS_ANSWER_WITHIN
        return has_time and self.organisation.has_owner
