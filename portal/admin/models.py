"""What is wrong with the portal, for as long as it is, and whom it was told to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base


class Trouble(Base):
    """Something that needs a person: from when it was first seen until it is over and told."""

    __tablename__ = "trouble"

    # The name of the line that says it; one trouble of a name at a time.
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    over_at: Mapped[datetime | None]
    # That it is over was told, or need not be.
    closed_at: Mapped[datetime | None]
    # It came back within a day: what comes and goes is told less soon.
    is_back: Mapped[bool] = mapped_column(default=False)
