"""Organisations, their names in time and identifiers, profile texts, people and their roles."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.columns import StateColumn
from portal.core.db import Base
from portal.lifecycle import AccessRequestState, InvitationState, TextState
from portal.policy import Role
from portal.services.models import Hideable, index_of_hidden


class OrganisationKind(Base):
    """A kind of organisation: a row that the beheerder edits, not code."""

    __tablename__ = "organisation_kind"
    thing: ClassVar[str] = "organisation_kind"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name_nl: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)


class Organisation(Base):
    """An organisation; `published_at` is when its first signature was admitted."""

    __tablename__ = "organisation"
    __table_args__ = (Index("ix_organisation_public_name", "published_at", "sort_name", "id"),)
    thing: ClassVar[str] = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    # Fixed at first publication; before that only the id is used.
    slug: Mapped[str | None] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    # Lists are sorted by the first; all spellings of one name share the second.
    sort_name: Mapped[str] = mapped_column(String(200))
    match_name: Mapped[str] = mapped_column(String(200), index=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("organisation_kind.id"), index=True)
    province: Mapped[str | None] = mapped_column(String(20), index=True)
    website: Mapped[str | None] = mapped_column(String(300))
    mail_domain: Mapped[str | None] = mapped_column(String(200), index=True)
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("picture.id"))
    # No foreign key: the two tables would point at each other.
    placed_profile_id: Mapped[int | None]
    is_fictional: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    kind: Mapped[OrganisationKind] = relationship(lazy="joined")
    identifiers: Mapped[list[Identifier]] = relationship(
        order_by="Identifier.scheme", cascade="all, delete-orphan"
    )
    names: Mapped[list[OrganisationName]] = relationship(order_by="OrganisationName.id")
    memberships: Mapped[list[Membership]] = relationship(back_populates="organisation")

    @property
    def is_public(self) -> bool:
        return self.published_at is not None

    @property
    def organisation_id(self) -> int:
        """Its own id: policy asks every subject for the organisation that it belongs to."""
        return self.id

    @property
    def has_owner(self) -> bool:
        return any(each.role == Role.OWNER for each in self.memberships)

    def number(self, scheme: str) -> str | None:
        """Return the number in one register (kvk, rsin, oin, cbs or tooi), None without one."""
        return next((each.value for each in self.identifiers if each.scheme == scheme), None)

    @property
    def kvk(self) -> str | None:
        return self.number("kvk")

    @property
    def rsin(self) -> str | None:
        return self.number("rsin")

    @property
    def oin(self) -> str | None:
        return self.number("oin")

    @property
    def cbs(self) -> str | None:
        return self.number("cbs")

    @property
    def tooi(self) -> str | None:
        return self.number("tooi")


class OrganisationName(Base):
    """A name that an organisation has or had; None is an open end."""

    __tablename__ = "organisation_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    match_name: Mapped[str] = mapped_column(String(200), index=True)
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]


class Identifier(Base):
    """A number of an organisation in a register: kvk, rsin, oin, cbs, tooi."""

    __tablename__ = "identifier"
    __table_args__ = (
        UniqueConstraint("organisation_id", "scheme", "value"),
        Index("ix_identifier_value", "scheme", "value"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    scheme: Mapped[str] = mapped_column(String(10))
    value: Mapped[str] = mapped_column(String(200))


class ProfileText(Hideable, Base):
    """A version of the short description; the organisation points to the placed one."""

    __tablename__ = "profile_text"
    __table_args__ = (
        Index("ix_profile_text_state", "state", "id"),
        index_of_hidden("profile_text"),
    )
    thing: ClassVar[str] = "profile"
    concerned_emails: ClassVar[tuple[str, ...]] = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    state: Mapped[TextState] = mapped_column(StateColumn(TextState, 20))
    created_at: Mapped[datetime]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    @property
    def concerned_organisation_ids(self) -> tuple[int, ...]:
        return (self.organisation_id,)


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
