"""How much waits at the desk of each kind, and since when: for whoever watches the portal."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, literal, select, union_all

from portal.core.columns import Moment
from portal.core.db import read_as
from portal.moderation.kinds import KINDS
from portal.services.desk_length import Waits

# A union loses the type of a column unless it is said again.
_BY_KIND = union_all(
    *(
        select(literal(kind.thing), func.count(), func.min(kind.since, type_=Moment()))
        .select_from(kind.model)
        .where(kind.waits)
        for kind in KINDS
    )
)


def waits_by_kind() -> Sequence[Waits]:
    """Return how many things of each kind wait, and since when the oldest does."""
    moments = {name: moment for kind in KINDS for name, moment in kind.moments().items()}
    return read_as(Waits, _BY_KIND, **moments)
