"""The address of an organisation to which mails about it go as well."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.columns import StateColumn
from portal.core.db import Base
from portal.lifecycle import MailboxState
from portal.organisations.models.organisations import Organisation

_STANDS = f"state IN ('{MailboxState.UNPROVED}', '{MailboxState.IN_USE}')"


class Mailbox(Base):
    """An address that an eigenaar named; nothing goes there before the link mailed to it is used.

    At most one of an organisation stands; one that was removed is kept for a while.
    """

    __tablename__ = "mailbox"
    __table_args__ = (
        Index(
            "uq_mailbox_standing",
            "organisation_id",
            unique=True,
            sqlite_where=text(_STANDS),
            postgresql_where=text(_STANDS),
        ),
    )
    thing: ClassVar[str] = "mailbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254), index=True)
    # Of the mails that go there.
    locale: Mapped[str] = mapped_column(String(2))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[MailboxState] = mapped_column(StateColumn(MailboxState, 20))
    mailed_at: Mapped[datetime]
    proved_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()

    @property
    def was_proved(self) -> bool:
        return self.proved_at is not None
