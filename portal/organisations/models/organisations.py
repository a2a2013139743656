"""Organisations, their names in time and identifiers, and profile texts."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.columns import StateColumn, spoken_in
from portal.core.db import Base
from portal.core.folding import LONGEST_KEY
from portal.lifecycle import TextState
from portal.policy import Role
from portal.services.entered import Claimed
from portal.services.models import Hideable, index_of_hidden

if TYPE_CHECKING:
    from portal.organisations.models.people import Membership


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


class Organisation(Claimed, Base):
    """An organisation; `published_at` is when its first signature was admitted."""

    __tablename__ = "organisation"
    __table_args__ = (
        Index("ix_organisation_public_name", "published_at", "sort_name", "id"),
        Index(
            "ix_organisation_frozen",
            "frozen_at",
            sqlite_where=text("frozen_at IS NOT NULL"),
            postgresql_where=text("frozen_at IS NOT NULL"),
        ),
    )
    thing: ClassVar[str] = "organisation"
    # Who entered it has no stake in what is decided on it: who belongs to it, has.
    author_id: ClassVar[None] = None
    concerned_emails: ClassVar[tuple[str, ...]] = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    # Fixed at first publication; before that only the id is used.
    slug: Mapped[str | None] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    # Lists are sorted by the first; all spellings of one name share the second.
    sort_name: Mapped[str] = mapped_column(String(LONGEST_KEY))
    match_name: Mapped[str] = mapped_column(String(200), index=True)
    # As it is searched.
    folded_name: Mapped[str] = mapped_column(Text, default="", server_default="", index=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("organisation_kind.id"), index=True)
    province: Mapped[str | None] = mapped_column(String(20), index=True)
    website: Mapped[str | None] = mapped_column(String(300))
    mail_domain: Mapped[str | None] = mapped_column(String(200), index=True)
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("picture.id"), index=True)
    # No foreign key: the two tables would point at each other.
    placed_profile_id: Mapped[int | None]
    is_fictional: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    # While a report about it is looked into: its people read, and write nothing in its name.
    frozen_at: Mapped[datetime | None]
    frozen_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    frozen_ground: Mapped[str | None] = mapped_column(String(40))
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
    def is_frozen(self) -> bool:
        return self.frozen_at is not None

    @property
    def organisation_id(self) -> int:
        """Its own id: policy asks every subject for the organisation that it belongs to."""
        return self.id

    @property
    def concerned_organisation_ids(self) -> tuple[int, ...]:
        return (self.id,)

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
    language: Mapped[str] = spoken_in()
    state: Mapped[TextState] = mapped_column(StateColumn(TextState, 20))
    created_at: Mapped[datetime]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    @property
    def concerned_organisation_ids(self) -> tuple[int, ...]:
        return (self.organisation_id,)
