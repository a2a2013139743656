"""The filter that the address of the list names, and the addresses without one part of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from portal.commitments.asked import TagChoices, labels_of
from portal.commitments.queries.filtering import CommitmentFilter
from portal.commitments.queries.listing import LONGEST_LATE, ORDERS
from portal.web.past import AsAt


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
