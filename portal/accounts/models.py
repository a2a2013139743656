"""Accounts, their sessions, and the tokens of links that were mailed."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.columns import StateColumn
from portal.core.db import Base
from portal.lifecycle import InvitationState


class Account(Base):
    """A person with an e-mail address; `is_moderator` and `is_beheerder` are roles here."""

    __tablename__ = "account"
    thing: ClassVar[str] = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    # The address in lower case: one account each.
    email_key: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    # Whether the password has the length that a role in the vereniging asks for.
    is_long_password: Mapped[bool] = mapped_column(default=False)
    locale: Mapped[str] = mapped_column(String(2), default="nl")
    is_moderator: Mapped[bool] = mapped_column(default=False, index=True)
    is_beheerder: Mapped[bool] = mapped_column(default=False, index=True)
    # Whether single keys work at the moderators' desk: off until the person switches them on.
    has_desk_keys: Mapped[bool] = mapped_column(default=False)
    confirmed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    # None until somebody came in for the first time.
    entered_at: Mapped[datetime | None]
    # Nobody can sign in since.
    blocked_at: Mapped[datetime | None]
    # Mail does not arrive at its address since.
    unreachable_since: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def is_blocked(self) -> bool:
        return self.blocked_at is not None

    @property
    def is_staff(self) -> bool:
        return self.is_moderator or self.is_beheerder

    @property
    def author_id(self) -> int:
        return self.id


class AccountSession(Base):
    """One signed-in browser; the cookie holds the token, this row its hash."""

    __tablename__ = "account_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]


class KnownBrowser(Base):
    """A browser from which somebody signed in: it holds a mark, this row the hash of that."""

    __tablename__ = "known_browser"
    __table_args__ = (UniqueConstraint("mark_hash", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    mark_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime] = mapped_column(index=True)


class AccountToken(Base):
    """A link in a mail: confirm an address, set a new password, take a new address."""

    __tablename__ = "account_token"
    __table_args__ = (Index("ix_account_token_account", "account_id", "purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    purpose: Mapped[str] = mapped_column(String(12))  # confirm, reset, change
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    # The path of the page from which the reader asked for the link.
    address: Mapped[str | None] = mapped_column(Text)
    # Of the mark of the browser that asked to confirm: whoever sat there typed the password.
    mark_hash: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    # Also set when a newer link took its place.
    used_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()


class Invited:
    """Columns of a mailed invitation to a role: the link in the mail is accepted once."""

    thing: ClassVar[str]

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254), index=True)
    role: Mapped[str] = mapped_column(String(12))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    # Of the link before it was mailed again: it says that there is a newer one.
    former_token_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    state: Mapped[InvitationState] = mapped_column(StateColumn(InvitationState, 20))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class StaffInvitation(Invited, Base):
    """A mailed invitation to a role in the vereniging."""

    __tablename__ = "staff_invitation"
    __table_args__ = (
        Index(
            "uq_staff_invitation_open",
            "email_key",
            unique=True,
            sqlite_where=text(f"state = '{InvitationState.OPEN}'"),
            postgresql_where=text(f"state = '{InvitationState.OPEN}'"),
        ),
    )
    thing: ClassVar[str] = "staff_invitation"

    # The beheerder who sent it.
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    author: Mapped[Account] = relationship()


class SecondFactor(Base):
    """What a telephone shares with the portal to make codes: at most one an account."""

    __tablename__ = "second_factor"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    sealed_secret: Mapped[str] = mapped_column(String(200))
    # The step of the newest code that was taken: no code of it or an older one is taken again.
    last_step: Mapped[int]
    confirmed_at: Mapped[datetime]


class RecoveryCode(Base):
    """A code on paper, good for one time instead of the telephone; only its hash is stored."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("second_factor.account_id", ondelete="CASCADE"), index=True
    )
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


class PendingSignIn(Base):
    """A browser that proved who it is, but for the code: no session, and nothing to read."""

    __tablename__ = "pending_sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
