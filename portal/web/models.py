"""Counters of limits, used one-time keys, and texts that wait for their writer to sign in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base


class LimitCounter(Base):
    """How often something happened in the running window, for one hashed key."""

    __tablename__ = "limit_counter"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    started_at: Mapped[datetime]
    count: Mapped[int]


class Draft(Base):
    """What somebody typed into a form while not signed in; it stands in the field afterwards."""

    __tablename__ = "draft"
    __table_args__ = (Index("ix_draft_account_address", "account_id", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    address: Mapped[str] = mapped_column(Text)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(index=True)


class UsedKey(Base):
    """A one-time key of a form, and the address of what it made."""

    __tablename__ = "used_key"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    address: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    used_at: Mapped[datetime] = mapped_column(index=True)
