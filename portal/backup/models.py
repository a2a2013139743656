"""When backups were made."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base


class BackupMade(Base):
    """A backup that was finished; where it went is known to whoever typed the command."""

    __tablename__ = "backup_made"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    is_encrypted: Mapped[bool]
    # Files that rows name and the store did not have.
    missing: Mapped[int]
