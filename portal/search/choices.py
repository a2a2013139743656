"""What a search is narrowed to and could be, in words, each with the address that leads there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flask import url_for

from portal.commitments.queries.listing import find_organisation_name
from portal.commitments.words import STANDINGS
from portal.core.i18n import gettext as _
from portal.search.asked import Asked
from portal.search.kinds import LABELS
from portal.search.queries import Facets


class Choice(NamedTuple):
    """A further choice: how many hits it opens, and where; a chosen one leads back."""

    label: str
    number: int
    address: str
    is_chosen: bool


class Group(NamedTuple):
    """The choices of one kind, of which one may be chosen."""

    legend: str
    choices: Sequence[Choice]


def chips_of(asked: Asked) -> list[tuple[str, str]]:
    """Return what is chosen besides the words: its label, and the address without it."""
    chosen = asked.narrowing
    without: list[tuple[str, dict[str, object]]] = []
    if chosen.kind:
        without.append((str(LABELS[chosen.kind]), {"kind": None}))
    if chosen.standing:
        without.append((str(STANDINGS[chosen.standing]), {"standing": ""}))
    if chosen.organisation:
        name = find_organisation_name(chosen.organisation)
        without.append((name or chosen.organisation, {"organisation": ""}))
    if chosen.year:
        without.append((str(chosen.year), {"year": None}))
    return [(label, _address(asked, **changed)) for label, changed in without]


def groups_of(asked: Asked, facets: Facets) -> list[Group]:
    """Return what the hits can be narrowed to besides a kind; a group that parts none is out."""
    chosen = asked.narrowing
    organisations = [
        _choice(asked, each.name, each.number, "organisation", each.slug)
        for each in facets.organisations
    ]
    standings = [
        _choice(asked, str(STANDINGS[standing]), number, "standing", standing)
        for standing, number in facets.standings.items()
    ]
    years = [
        _choice(asked, str(year), number, "year", year) for year, number in facets.years.items()
    ]
    groups = (
        (_("Organisatie"), organisations, chosen.organisation),
        (_("Hoe het staat met de toezegging"), standings, chosen.standing),
        (_("Jaar"), years, chosen.year),
    )
    return [Group(legend, choices) for legend, choices, one in groups if one or len(choices) > 1]


def _choice(asked: Asked, label: str, number: int, name: str, value: str | int) -> Choice:
    is_chosen = getattr(asked.narrowing, name) == value
    empty = None if name == "year" else ""
    return Choice(
        label, number, _address(asked, **{name: empty if is_chosen else value}), is_chosen
    )


def _address(asked: Asked, **changed: object) -> str:
    return url_for("search.show", **asked.arguments(**changed))  # type: ignore[arg-type]
