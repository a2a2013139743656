"""The mark of what is public: one row, with another value after every change that shows."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base


class PublicMark(Base):
    """What everything that visitors see is known by at this moment: drawn anew, never counted.

    A database that was put back, or a standby that took over, would count to the same number again
    with other rows behind it.
    """

    __tablename__ = "public_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(String(36))
