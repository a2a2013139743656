"""The filter that the address of the list names, and the addresses without one part of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from portal.commitments.asked import TagChoices, labels_of
from portal.commitments.queries.facets import Facets
from portal.commitments.queries.filtering import CommitmentFilter
from portal.commitments.queries.listing import LONGEST_LATE, ORDERS
from portal.commitments.standing import Standing
from portal.commitments.words import STANDINGS
from portal.core.i18n import gettext as _
from portal.web.narrowing import Narrowing, Way
from portal.web.past import AsAt

# The ways to stand in which every promise is once: what a reader asks for first.
FIRST_ASKED = (
    Standing.LATE,
    Standing.OPEN,
    Standing.DONE,
    Standing.SILENT,
    Standing.DONE_BY_SOURCE,
    Standing.WITHDRAWN,
)


def order_of(args: MultiDict[str, str]) -> str:
    """Return the order that an address names, or the usual one."""
    order = args.get("sorteer", "")
    return order if order in ORDERS else LONGEST_LATE


def list_address(
    filters: CommitmentFilter, order: str, at: AsAt | None = None, cursor: str | None = None
) -> str:
    """Return the address of the list with this filter and order as at a day, at `cursor`."""
    arguments: dict[str, Any] = {**filters.arguments(), "na": cursor}
    if at is not None:
        arguments |= at.arguments()
    if order != LONGEST_LATE:
        arguments["sorteer"] = order
    return url_for("commitments.index", **arguments)


def chips_of(
    filters: CommitmentFilter, order: str, tags: TagChoices, at: AsAt | None = None
) -> list[tuple[str, str]]:
    """Return each part of the filter: its label, and the address of the list without it."""
    return [
        (label, list_address(replace(filters, **change), order, at))
        for label, change in labels_of(filters, tags)
    ]


def narrowing_of(
    filters: CommitmentFilter, order: str, tags: TagChoices, facets: Facets, at: AsAt
) -> Narrowing | None:
    """Return the next choice that makes the list shorter, each way with what it opens.

    None where nothing is left to choose.
    """
    standings: Mapping[str, object] = {way: STANDINGS[way] for way in FIRST_ASKED}
    groups: tuple[tuple[str, str, Mapping[str, object], Mapping[str, int]], ...] = (
        ("standings", _("Status"), standings, facets.standings),
        (
            "organisation_kinds",
            _("Soort organisatie"),
            tags.organisation_kinds,
            facets.organisation_kinds,
        ),
        ("layers", _("Laag van Common Ground"), tags.layers, facets.layers),
        ("principles", _("Thema"), tags.principles, facets.principles),
    )
    for field, title, names, numbers in groups:
        ways = tuple(
            Way(str(name), numbers[value], _chosen(filters, field, value, order, at))
            for value, name in names.items()
            if value in numbers
        )
        if not getattr(filters, field) and len(ways) > 1:
            return Narrowing(title, ways)
    return None


def _chosen(filters: CommitmentFilter, field: str, value: str, order: str, at: AsAt) -> str:
    changed: dict[str, Any] = {field: (value,)}
    return list_address(replace(filters, **changed), order, at)
