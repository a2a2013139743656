"""How much waits for a moderator, as the desk says it to whoever watches the portal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from portal.core.db import Bound


class Waits(NamedTuple):
    """The things of one kind that wait; `since` is when the oldest came, None without any."""

    thing: str
    number: int
    since: datetime | None


class DeskLength(NamedTuple):
    """What the desk says of itself."""

    by_kind: Callable[[], Sequence[Waits]]
    # Whether something that came then waits too long.
    is_late: Callable[[datetime], bool]


desk_length: Bound[DeskLength] = Bound("desk_length")
