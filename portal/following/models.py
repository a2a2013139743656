"""Who follows what, with or without an account, and up to when was told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.columns import StateColumn
from portal.core.db import Base
from portal.following.rhythms import Rhythm


class Follower(Base):
    """Somebody who follows: an account, or an address that was confirmed by mail."""

    __tablename__ = "follower"
    __table_args__ = (
        CheckConstraint("(account_id IS NULL) != (email_key IS NULL)", name="is_one_of_two"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), unique=True
    )
    # Both None with an account, which has an address of its own.
    email: Mapped[str | None] = mapped_column(String(254))
    email_key: Mapped[str | None] = mapped_column(String(254), unique=True)
    locale: Mapped[str] = mapped_column(String(2))
    # What the links in its mails name it by, sealed.
    code: Mapped[str] = mapped_column(String(43), unique=True)
    created_at: Mapped[datetime]

    account: Mapped[Account | None] = relationship()
    follows: Mapped[list[Follow]] = relationship(
        back_populates="follower", order_by="Follow.id", cascade="all, delete-orphan"
    )

    @property
    def address(self) -> str:
        """Where the mails go."""
        return self.account.email if self.account is not None else self.email or ""

    @property
    def name(self) -> str:
        """The name to greet; "" without an account."""
        return self.account.name if self.account is not None else ""

    @property
    def spoken(self) -> str:
        """The language of the mails."""
        return self.account.locale if self.account is not None else self.locale


class Follow(Base):
    """One thing that somebody follows, and how often they hear of it."""

    __tablename__ = "follow"
    __table_args__ = (
        UniqueConstraint("follower_id", "what"),
        Index("ix_follow_rhythm", "rhythm", "follower_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    follower_id: Mapped[int] = mapped_column(ForeignKey("follower.id", ondelete="CASCADE"))
    # The filter of what changed, as an address has it; "" is everything.
    what: Mapped[str] = mapped_column(Text)
    rhythm: Mapped[Rhythm] = mapped_column(StateColumn(Rhythm, 12))
    created_at: Mapped[datetime]
    # Since when nothing was told, from the moment that the rhythm was changed.
    untold_since: Mapped[datetime | None]

    follower: Mapped[Follower] = relationship(back_populates="follows")


class FollowRequest(Base):
    """Somebody typed an address to follow something: nothing is mailed until it is confirmed."""

    __tablename__ = "follow_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    locale: Mapped[str] = mapped_column(String(2))
    what: Mapped[str] = mapped_column(Text)
    rhythm: Mapped[Rhythm] = mapped_column(StateColumn(Rhythm, 12))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(index=True)


class NewsRun(Base):
    """Up to when those who follow in one rhythm were told."""

    __tablename__ = "news_run"

    rhythm: Mapped[Rhythm] = mapped_column(StateColumn(Rhythm, 12), primary_key=True)
    until: Mapped[datetime]
