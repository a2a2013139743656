"""The row of the vereniging that keeps this portal: what every page and mail says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, connection
from portal.core.i18n import gettext as _
from portal.core.i18n import speak


class Vereniging(Base):
    """The vereniging that keeps this portal: one row."""

    __tablename__ = "vereniging"
    thing: ClassVar[str] = "vereniging"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    site_name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(40), default="")
    post_address: Mapped[str] = mapped_column(String(300), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    security_contact: Mapped[str] = mapped_column(String(254), default="")
    # The picture itself is kept under this key; None: no logo.
    logo_key: Mapped[str | None] = mapped_column(String(80))
    logo_width: Mapped[int | None]
    logo_height: Mapped[int | None]
    # Two people decide on what cannot easily be undone, where there are two who may.
    four_eyes: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)


@dataclass(frozen=True, slots=True)
class VerenigingFacts:
    """What every page says of the vereniging; "" where nothing is filled in."""

    name: str
    site_name: str
    email: str
    phone: str
    post_address: str
    website: str
    security_contact: str
    logo_url: str | None
    logo_width: int | None
    logo_height: int | None

    def logo_width_at(self, height: int) -> int | None:
        """Return how wide the logo is when it is shown `height` pixels high."""
        if not self.logo_width or not self.logo_height:
            return None
        return max(1, round(self.logo_width * height / self.logo_height))


UNSET_NAME = "De vereniging"
UNSET_SITE_NAME = "Groeipact Common Ground"

FACTS = select(
    Vereniging.name,
    Vereniging.site_name,
    Vereniging.email,
    Vereniging.phone,
    Vereniging.post_address,
    Vereniging.website,
    Vereniging.security_contact,
    Vereniging.logo_key,
    Vereniging.logo_width,
    Vereniging.logo_height,
)


def current_vereniging(locale: str) -> VerenigingFacts:
    """Return what pages and mails say of the vereniging; until it is set, plain words."""
    row = connection().execute(FACTS).first()
    if row is None:
        with speak(locale):
            name = _("De vereniging")
        return VerenigingFacts(name, UNSET_SITE_NAME, "", "", "", "", "", None, None, None)
    logo_url = None if row.logo_key is None else f"/beelden/{row.logo_key}"
    return VerenigingFacts(*row[:7], logo_url, row.logo_width, row.logo_height)


def four_eyes_are_on() -> bool:
    """Return whether the vereniging wants two people for what cannot easily be undone."""
    is_on = connection().execute(select(Vereniging.four_eyes)).scalar()
    return is_on is not False
