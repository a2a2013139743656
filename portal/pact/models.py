"""The pact's text in versions, its principles and layers, and the events of signing."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.columns import StateColumn
from portal.core.db import Base
from portal.lifecycle import PactVersionState


class PactVersion(Base):
    """One version of the pact's text; once published it never changes."""

    __tablename__ = "pact_version"
    thing: ClassVar[str] = "pact_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    # Pages say of an example text that it is one, wherever they show it.
    is_example: Mapped[bool] = mapped_column(default=False)
    state: Mapped[PactVersionState] = mapped_column(StateColumn(PactVersionState, 20))
    valid_from: Mapped[date | None]
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    @property
    def is_public(self) -> bool:
        return self.state == PactVersionState.PUBLISHED


class Word(Base):
    """A layer or a theme: what a commitment can be about, named in both languages."""

    __abstract__ = True
    thing: ClassVar[str]

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name_nl: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    position: Mapped[int]
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)


class Principle(Word):
    """A theme of the pact that a commitment can be about."""

    __tablename__ = "principle"
    thing: ClassVar[str] = "principle"


class Layer(Word):
    """A layer of the architecture, known by its name and never by a number."""

    __tablename__ = "layer"
    thing: ClassVar[str] = "layer"


class SigningEvent(Base):
    """An occasion at which organisations signed together."""

    __tablename__ = "signing_event"
    thing: ClassVar[str] = "signing_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200))
    held_on: Mapped[date]
    source_url: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
