"""The orders of the list of signatories: by each column of its table, in both directions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import Subquery, func

from portal.commitments.queries.counting import tally
from portal.core.db import Columnar
from portal.core.paging import Key, read_day
from portal.organisations.models import Organisation, OrganisationKind
from portal.signatures.models import Signature

BY_NAME, KIND, NEWS, NEWEST = "naam", "soort", "nieuws", "nieuwste"
NEVER = date(1, 1, 1)
SIGNED = func.coalesce(Signature.signed_latest, NEVER)


class Sorting(NamedTuple):
    """The column of the table that an order sorts by, and whether the largest is on top."""

    column: str
    is_descending: bool


# The columns of the table, each with whether a reader wants the largest on top at first.
COLUMNS: Mapping[str, bool] = {
    BY_NAME: False,
    KIND: False,
    "toezeggingen": True,
    "gereed": True,
    "te-laat": True,
    NEWS: True,
}
_TURNED = {False: "-aflopend", True: "-oplopend"}
# The word in an address -> what it sorts by.
SORTINGS: Mapping[str, Sorting] = {
    **{name: Sorting(name, descends) for name, descends in COLUMNS.items()},
    **{name + _TURNED[descends]: Sorting(name, not descends) for name, descends in COLUMNS.items()},
}
ORDERS = (*SORTINGS, NEWEST)
# Of what `tally` counts: the column that an order sorts by.
_COUNTED = {"toezeggingen": "promised", "gereed": "done", "te-laat": "late"}


def next_order(order: str, column: str) -> str:
    """Return the order that the head of a column leads to: of the column by which it is, turned."""
    return column + _TURNED[COLUMNS[column]] if order == column else column


def is_possible(order: str, *, is_past: bool) -> bool:
    """Return whether a list can have this order; the last news as at an earlier day is unknown."""
    return not (is_past and order in SORTINGS and SORTINGS[order].column == NEWS)


def in_order_of(
    query: Columnar, order: str, *, on: date, grace_days: int, is_past: bool = False
) -> tuple[Columnar, list[Key]]:
    """Return a select of signatories and the keys of an order, which stand behind its columns."""
    names = [Key(Organisation.sort_name, "sort_name"), Key(Organisation.id, "id")]
    if order == NEWEST:
        return query, [Key(SIGNED, "signed", descending=True, read=read_day), *names]
    column, descends = SORTINGS[order]
    if column == BY_NAME:
        return query, [replace(key, descending=descends) for key in names]
    if column == KIND:
        key = Key(OrganisationKind.position, "sorted_by", descends)
        return query.add_columns(key.column.label(key.name)), [key, *names]
    counted = tally(on=on, grace_days=grace_days, is_past=is_past)
    key = _counted_key(counted, column, descends)
    shown = query.add_columns(key.column.label(key.name))
    return shown.outerjoin(counted, counted.c.organisation_id == Organisation.id), [key, *names]


def _counted_key(counted: Subquery, column: str, descends: bool) -> Key:
    """Return the key of what was counted: 0, or no day, where there is nothing."""
    if column == NEWS:
        last = func.coalesce(counted.c.news_on, NEVER)
        return Key(last, "sorted_by", descends, read=read_day)
    return Key(func.coalesce(counted.c[_COUNTED[column]], 0), "sorted_by", descends)
