"""The public mark as a request reads it, for figures that are counted once."""

from __future__ import annotations

from sqlalchemy import select

from portal.core.db import connection, read_rows
from portal.kept.models import PublicMark
from portal.kept.triggers import is_watched

_MARK = select(PublicMark.mark)


class CurrentMark:
    """Tells the mark of the database of a request; None where changes do not move it.

    Whether they do is looked at once. An upgrade, which may take that away for a while, lets no
    process of before it answer any more, and moves the mark at its end.
    """

    def __init__(self) -> None:
        self._is_watched = False
        self._unwatched = ""

    def __call__(self) -> str | None:
        """Return the mark, read in the transaction of the request."""
        rows = read_rows(_MARK)
        mark = str(rows[0][0]) if rows else ""
        if not self._is_watched and mark != self._unwatched:
            self._is_watched = is_watched(connection(), PublicMark.metadata)
            self._unwatched = "" if self._is_watched else mark
        return mark if self._is_watched else None
