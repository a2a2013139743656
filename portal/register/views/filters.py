"""The filter and order in the address of the list of signatories, and back into an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from portal.core.i18n import gettext as _
from portal.register.queries import BY_NAME, ORDERS
from portal.signatures.queries.facets import SignatoryFacets
from portal.signatures.queries.filtering import STATES, UNKNOWN, SignatoryFilter
from portal.web.narrowing import Narrowing, Way
from portal.web.past import AsAt

MOST_CHARACTERS = 80
FIRST_YEAR, LAST_YEAR = 1900, 2199

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


def order_of(args: MultiDict[str, str]) -> str:
    """Return the order in the arguments of an address; by name when it is unknown."""
    order = args.get("sorteer", "")
    return order if order in ORDERS else BY_NAME


def list_address(
    filters: SignatoryFilter, order: str, at: AsAt | None = None, cursor: str | None = None
) -> str:
    """Return the address of the list with this filter and order as at a day, at `cursor`."""
    arguments: dict[str, Any] = {**filters.arguments(), "na": cursor}
    if at is not None:
        arguments |= at.arguments()
    if order != BY_NAME:
        arguments["sorteer"] = order
    return url_for("register.signatories", **arguments)


def chips_of(
    filters: SignatoryFilter, order: str, choices: Choices, at: AsAt | None = None
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
    return [(label, list_address(others, order, at)) for label, others in without]


def narrowing_of(
    filters: SignatoryFilter, order: str, choices: Choices, facets: SignatoryFacets, at: AsAt
) -> Narrowing | None:
    """Return the kinds of organisation as ways to a shorter list; None where one is chosen."""
    ways = tuple(
        Way(
            name,
            facets.kinds[slug],
            list_address(replace(filters, kinds=(slug,)), order, at),
        )
        for slug, name in choices.kinds.items()
        if slug in facets.kinds
    )
    return Narrowing(_("Soort organisatie"), ways) if not filters.kinds and len(ways) > 1 else None
