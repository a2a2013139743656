"""What fails, as it was last seen."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from portal.admin.models import Trouble
from portal.core.db import Columnar
from portal.work.part import Part, part_of


class TroubleRow(NamedTuple):
    """Something that needs a person: its name, and since when."""

    name: str
    since: datetime


_TROUBLES: Columnar = select(Trouble.name, Trouble.began_at).where(Trouble.over_at.is_(None))


def open_troubles() -> Part[TroubleRow]:
    """Return what goes on failing, the longest first."""
    return part_of(TroubleRow, _TROUBLES.order_by(Trouble.began_at, Trouble.name))
