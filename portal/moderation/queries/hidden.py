"""What is hidden now, and one thing that can be hidden."""

from __future__ import annotations

from sqlalchemy import select, union_all
from werkzeug.exceptions import NotFound

from portal.core.db import db, read_row
from portal.core.paging import Key, Listing, listing_of, read_moment
from portal.moderation.hidables import BY_PATH, HIDABLE_KINDS, Hidable, HidableRow

PER_PAGE = 20

_ALL = union_all(
    *(kind.rows.where(kind.model.hidden_at.is_not(None)) for kind in HIDABLE_KINDS)  # type: ignore[attr-defined]
).subquery("hidden")
_HIDDEN = select(*_ALL.c)
_KEYS = (
    Key(_ALL.c.hidden_at, "hidden_at", descending=True, read=read_moment),
    Key(_ALL.c.path, "path"),
    Key(_ALL.c.id, "id"),
)


def hidden_page(cursor: str | None) -> Listing[Hidable]:
    """Return the page of all that is hidden now, the latest first: one query for all kinds.

    Two more count where there are more pages.
    """
    page = listing_of(db.session, _HIDDEN, _KEYS, size=PER_PAGE, cursor=cursor)
    rows = [HidableRow(*row) for row in page.rows]
    hidden = [Hidable(BY_PATH[row.path], row) for row in rows]
    return Listing(hidden, page.next, page.previous, page.start, page.count)


def get_hidable(thing: str, number: int) -> Hidable:
    """Return what is called `thing` in addresses, public or hidden; else 404."""
    kind = BY_PATH.get(thing)
    row = read_row(kind.rows.where(kind.model.id == number)) if kind is not None else None  # type: ignore[attr-defined]
    if kind is None or row is None:
        raise NotFound
    return Hidable(kind, HidableRow(*row))
