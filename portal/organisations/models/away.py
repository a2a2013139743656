"""When somebody is away for an organisation, and who stands in for them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Base
from portal.organisations.models.organisations import Organisation


class Absence(Base):
    """The days on which a member is away, both included; it counts no more after the last."""

    __tablename__ = "absence"
    __table_args__ = (UniqueConstraint("organisation_id", "account_id"),)
    thing: ClassVar[str] = "absence"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    # Another member, who gets the mails as well; None: nobody.
    stand_in_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    first_on: Mapped[date]
    last_on: Mapped[date]

    organisation: Mapped[Organisation] = relationship()
    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    stand_in: Mapped[Account | None] = relationship(foreign_keys=[stand_in_id])
