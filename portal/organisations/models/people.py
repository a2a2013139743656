"""The people of an organisation: their roles now and before, invitations and requests to join."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.columns import StateColumn
from portal.core.db import Base
from portal.lifecycle import AccessRequestState, InvitationState
from portal.organisations.models.organisations import Organisation


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


class Invitation(Base):
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

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254), index=True)
    role: Mapped[str] = mapped_column(String(12))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[InvitationState] = mapped_column(StateColumn(InvitationState, 20))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

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
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    job_title: Mapped[str] = mapped_column(String(120))
    message: Mapped[str] = mapped_column(Text)
    state: Mapped[AccessRequestState] = mapped_column(StateColumn(AccessRequestState, 20))
    created_at: Mapped[datetime]

    organisation: Mapped[Organisation] = relationship()
    author: Mapped[Account] = relationship(lazy="joined")

    @property
    def concerned_organisation_ids(self) -> tuple[int, ...]:
        # Owners may answer nevertheless: policy has a rule of its own for them.
        return (self.organisation_id,)
