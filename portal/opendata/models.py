"""The archive of the register that was made last."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base


class RegisterArchive(Base):
    """An archive that was made: one row at most, which holds the key of its file."""

    __tablename__ = "register_archive"

    id: Mapped[int] = mapped_column(primary_key=True)
    archive_key: Mapped[str] = mapped_column(String(80))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    # When reading began: what was hidden before is not in it.
    made_at: Mapped[datetime]
    # How many acts of the log that take something away stand behind this number of the log.
    counted_from: Mapped[int]
    taken_away: Mapped[int]
