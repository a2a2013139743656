"""The public list of commitments: order, pages, and what it can be narrowed to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, UnaryExpression, bindparam, func, select

from portal.commitments.models import FAR, Commitment
from portal.commitments.queries.filtering import CommitmentFilter, counting, matching
from portal.commitments.queries.rows import CommitmentRow, rows_from, rows_of
from portal.commitments.queries.standing import (
    IS_PUBLIC,
    TODAY,
    Columns,
    columns_on,
    days_of,
)
from portal.core.db import connection, db, read_number
from portal.core.paging import SPARE, Key, Listing, page_of, read_day, read_moment, start_of
from portal.organisations.models import Organisation

PER_PAGE = 25
# The order of a first visit: what runs before what is over, and there the longest late on top.
LONGEST_LATE = "laat"
MOST_YEARS = 50

_ID = Key(Commitment.id, "id")
_FIRST_TERM = (
    Key(Commitment.sort_latest, "sort_latest", read=read_day),
    Key(Commitment.sort_earliest, "sort_earliest", read=read_day),
    _ID,
)
ORDERS: dict[str, tuple[Key, ...]] = {
    LONGEST_LATE: (Key(Commitment.sort_group, "sort_group"), *_FIRST_TERM),
    "bijgewerkt": (
        Key(Commitment.updated_at, "updated_at", descending=True, read=read_moment),
        Key(Commitment.id, "id", descending=True),
    ),
    "termijn": _FIRST_TERM,
    "nieuwste": (
        Key(Commitment.published_at, "published_at", descending=True, read=read_moment),
        Key(Commitment.id, "id", descending=True),
    ),
    "titel": (Key(Commitment.sort_title, "sort_title"), _ID),
}


def _outermost(order: UnaryExpression[date]) -> Select[date]:
    """Return the first or last day in an index; min and max in one select would read every row."""
    due = select(Commitment.sort_latest).where(IS_PUBLIC, Commitment.sort_latest < FAR)
    return due.order_by(order).limit(1)


_ORDERS = (Commitment.sort_latest.asc(), Commitment.sort_latest.desc())
YEARS = select(*(_outermost(order).scalar_subquery() for order in _ORDERS))
_BY_IDS = rows_from(TODAY).where(Commitment.id.in_(bindparam("ids", expanding=True)))


def listing(
    filters: CommitmentFilter,
    *,
    on: date,
    grace_days: int,
    order: str = LONGEST_LATE,
    cursor: str | None = None,
    is_past: bool = False,
) -> Listing[CommitmentRow]:
    """Return the page that begins at `cursor`: three queries, however long the list.

    The first finds the ids in an index, the second reads the rows of those only; beyond the first
    page a fourth counts what comes before. `on` is today; with `is_past`, commitments are shown as
    they stood on that day, in the order of today.
    """
    keys, columns = ORDERS[order], columns_on(on) if is_past else TODAY
    days = days_of(on, grace_days)
    query = matching(select(*(key.column.label(key.name) for key in keys)), filters, days, columns)
    page = page_of(db.session, query, keys, size=PER_PAGE, cursor=cursor, spare=SPARE)
    rows = _in_order([row.id for row in page.rows], columns, on, grace_days)
    total = count(filters, on=on, grace_days=grace_days, is_past=is_past)
    start = start_of(db.session, query, keys, page)
    return Listing(rows, page.next, page.previous, start, total)


def count(filters: CommitmentFilter, *, on: date, grace_days: int, is_past: bool = False) -> int:
    """Return how many commitments the list with this filter holds."""
    columns = columns_on(on) if is_past else TODAY
    return read_number(counting(filters, days_of(on, grace_days), columns))


def due_years(past: date | None = None) -> list[int]:
    """Return all years from the first to the last in which a public commitment is due.

    `past` is an earlier day, of which the terms are meant; None for today.
    """
    days = connection().execute(YEARS if past is None else _years_on(past)).one()
    if None in days:
        return []
    first, last = days[0], days[-1]
    return list(range(first.year, min(last.year, first.year + MOST_YEARS) + 1))


def _years_on(past: date) -> Select[date | None, date | None]:
    columns = columns_on(past)
    ends = (func.min(columns.term_latest), func.max(columns.term_latest))
    return select(*ends).where(columns.is_public)


def find_organisation_name(slug: str) -> str | None:
    """Return the name of the public organisation with this slug, or None."""
    query = select(Organisation.name).where(
        Organisation.slug == slug, Organisation.published_at.is_not(None)
    )
    return db.session.scalar(query)


def _in_order(
    ids: Sequence[int], columns: Columns, on: date, grace_days: int
) -> list[CommitmentRow]:
    if not ids:
        return []
    query = _BY_IDS if columns is TODAY else rows_from(columns).where(Commitment.id.in_(ids))
    values = {"ids": ids} if columns is TODAY else {}
    by_id = {row.id: row for row in rows_of(query, on, grace_days, **values)}
    return [by_id[number] for number in ids]
