"""The filter and order in the address of the list of signatories, and back into an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from flask import url_for
from werkzeug.datastructures import MultiDict

from portal.core.i18n import gettext as _
from portal.register.queries import BY_NAME, NEWEST, ORDERS
from portal.register.queries.ordering import COLUMNS, NEWS, SORTINGS, is_possible, next_order
from portal.signatures.queries.facets import SignatoryFacets
from portal.signatures.queries.filtering import STATES, UNKNOWN, SignatoryFilter
from portal.web.narrowing import Narrowing, Way
from portal.web.past import AsAt

MOST_CHARACTERS = 80
FIRST_YEAR, LAST_YEAR = 1900, 2199
# The word in an address for the list as a table.
TABLE = "tabel"
# In which orders cards are offered: those that need no head of a column.
ORDERS_OF_CARDS = (BY_NAME, NEWEST, "toezeggingen", "gereed", "te-laat")

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """Slug -> name of every kind, province, status and event that can be filtered on."""

    kinds: Names
    provinces: Names
    states: Names
    # Number -> name.
    events: Names


def filters_of(args: MultiDict[str, str], choices: Choices) -> SignatoryFilter:
    """Return the filter in the arguments of an address; unknown values are left out."""
    province, state = args.get("provincie", ""), args.get("status", "")
    signed, event = args.get("getekend", ""), args.get("gelegenheid", "")
    kinds = dict.fromkeys(args.getlist("soort"))
    return SignatoryFilter(
        kinds=tuple(slug for slug in kinds if slug in choices.kinds),
        province=province if province in choices.provinces else "",
        state=state if state in STATES else "",
        words=" ".join(args.get("q", "").split())[:MOST_CHARACTERS],
        signed=signed if signed == UNKNOWN or _is_year(signed) else "",
        event=event if event in choices.events else "",
    )


def _is_year(word: str) -> bool:
    is_number = len(word) == 4 and word.isascii() and word.isdigit()
    return is_number and FIRST_YEAR <= int(word) <= LAST_YEAR


class Shape(NamedTuple):
    """How a list is shown: in which order, and as cards or as a table."""

    order: str = BY_NAME
    is_table: bool = False

    def arguments(self) -> dict[str, str]:
        """Return the arguments in the address of the list in this shape."""
        arguments = {"sorteer": self.order} if self.order != BY_NAME else {}
        return arguments | ({"weergave": TABLE} if self.is_table else {})


class Head(NamedTuple):
    """The head of a column of the table, which is the way to the list in that order."""

    column: str
    label: str
    # Of `aria-sort`; "" for a column by which the list is not ordered.
    sort: str
    address: str


def shape_of(args: MultiDict[str, str], at: AsAt) -> Shape:
    """Return the shape in the arguments of an address; by name when the order is unknown."""
    order, is_table = args.get("sorteer", ""), args.get("weergave") == TABLE
    offered = ORDERS if is_table else ORDERS_OF_CARDS
    is_known = order in offered and is_possible(order, is_past=at.is_past)
    return Shape(order if is_known else BY_NAME, is_table)


def other_shape(shape: Shape) -> Shape:
    """Return the shape of the same list as a table, or of a table as cards."""
    if not shape.is_table:
        return Shape(shape.order, is_table=True)
    return Shape(shape.order if shape.order in ORDERS_OF_CARDS else BY_NAME)


def shape_labels(shape: Shape) -> list[str]:
    """Return what the title of the list says of its shape; nothing of the usual one."""
    labels = [_("als tabel")] if shape.is_table else []
    if shape.order == NEWEST:
        return [*labels, _("laatst ondertekend bovenaan")]
    if shape.order == BY_NAME:
        return labels
    column, descends = SORTINGS[shape.order]
    label = _column_labels()[column]
    words = _("%(column)s, aflopend") if descends else _("%(column)s, oplopend")
    return [*labels, words % {"column": label.lower()}]


def _column_labels() -> Mapping[str, str]:
    told = (_("Toegezegd"), _("Gereed"), _("Te laat"), _("Laatste nieuws"))
    return dict(zip(COLUMNS, (_("Naam"), _("Soort"), *told), strict=True))


def heads_of(filters: SignatoryFilter, shape: Shape, at: AsAt) -> list[Head]:
    """Return the heads of the columns; the last news as at an earlier day is not known."""
    heads = []
    for column, label in _column_labels().items():
        order = next_order(shape.order, column)
        address = list_address(filters, Shape(order, is_table=True), at)
        heads.append(Head(column, label, _way(shape.order, column), address))
    return [head for head in heads if not (at.is_past and head.column == NEWS)]


def _way(order: str, column: str) -> str:
    """Return in which direction an order sorts by a column; "" when it does not."""
    sorting = SORTINGS.get(order)
    if sorting is None or sorting.column != column:
        return ""
    return "descending" if sorting.is_descending else "ascending"


def list_address(
    filters: SignatoryFilter,
    shape: Shape,
    at: AsAt | None = None,
    cursor: str | None = None,
) -> str:
    """Return the address of the list with this filter and shape as at a day, at `cursor`."""
    arguments: dict[str, Any] = {**filters.arguments(), "na": cursor}
    if at is not None:
        arguments |= at.arguments()
    arguments |= shape.arguments()
    return url_for("register.signatories", **arguments)


def chips_of(
    filters: SignatoryFilter, shape: Shape, choices: Choices, at: AsAt | None = None
) -> list[tuple[str, str]]:
    """Return each filter that is on: its label, and the address of the list without it."""
    without = [
        (choices.kinds[slug], replace(filters, kinds=tuple(k for k in filters.kinds if k != slug)))
        for slug in filters.kinds
    ]
    if filters.province:
        without.append((choices.provinces[filters.province], replace(filters, province="")))
    if filters.state:
        without.append((choices.states[filters.state], replace(filters, state="")))
    if filters.signed:
        is_year = filters.signed != UNKNOWN
        label = _("getekend in %(year)s", year=filters.signed) if is_year else _("dag onbekend")
        without.append((label, replace(filters, signed="")))
    if filters.event:
        without.append((choices.events[filters.event], replace(filters, event="")))
    if filters.words:
        without.append((f"“{filters.words}”", replace(filters, words="")))
    return [(label, list_address(others, shape, at)) for label, others in without]


def narrowing_of(
    filters: SignatoryFilter, shape: Shape, choices: Choices, facets: SignatoryFacets, at: AsAt
) -> Narrowing | None:
    """Return the kinds of organisation as ways to a shorter list; None where one is chosen."""
    ways = tuple(
        Way(
            name,
            facets.kinds[slug],
            list_address(replace(filters, kinds=(slug,)), shape, at),
        )
        for slug, name in choices.kinds.items()
        if slug in facets.kinds
    )
    return Narrowing(_("Soort organisatie"), ways) if not filters.kinds and len(ways) > 1 else None
