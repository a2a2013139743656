"""The filter of commitments that an address names, and the words for each part of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from portal.commitments.queries.filtering import WITHOUT, CommitmentFilter
from portal.commitments.queries.listing import find_organisation_name
from portal.commitments.words import KINDS, STANDINGS
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.organisations.queries import kind_name, kinds
from portal.pact.queries import layers, principles

MOST_CHARACTERS = 100
FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass(frozen=True, slots=True)
class TagChoices:
    """Slug -> name of every layer, theme and kind of organisation, in the page's language."""

    layers: dict[str, str]
    principles: dict[str, str]
    organisation_kinds: dict[str, str]


def tag_choices() -> TagChoices:
    """Return the tags that the list can be filtered on."""
    locale = current_locale()
    return TagChoices(
        {tag.slug: tag.name for tag in layers()},
        {tag.slug: tag.name for tag in principles()},
        {kind.slug: kind_name(kind, locale) for kind in kinds()},
    )


def filters_of(args: MultiDict[str, str], tags: TagChoices) -> CommitmentFilter:
    """Return the filter that an address names; values that do not exist are left out."""
    return CommitmentFilter(
        kinds=_known(args, "soort", KINDS),
        organisation_kinds=_known(args, "organisatiesoort", tags.organisation_kinds),
        layers=_known(args, "laag", tags.layers),
        principles=_known(args, "thema", tags.principles),
        standings=_known(args, "stand", STANDINGS),
        due=_due(args.get("termijn", "")),
        organisation=_text(args.get("organisatie", "")),
        words=_text(args.get("q", "")),
    )


def labels_of(filters: CommitmentFilter, tags: TagChoices) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each part of the filter: its label, and what changes in the filter without it."""
    words: dict[str, Mapping[str, object]] = {
        "kinds": KINDS,
        "organisation_kinds": tags.organisation_kinds,
        "layers": tags.layers,
        "principles": tags.principles,
        "standings": STANDINGS,
    }
    for name, of_value in words.items():
        chosen = getattr(filters, name)
        for value in chosen:
            yield str(of_value[value]), {name: tuple(other for other in chosen if other != value)}
    for name, label in _single(filters):
        yield label, {name: ""}


def _single(filters: CommitmentFilter) -> Iterator[tuple[str, str]]:
    if filters.due:
        is_year = filters.due != WITHOUT
        label = _("termijn in %(year)s", year=filters.due) if is_year else _("geen datum")
        yield "due", label
    if filters.organisation:
        yield "organisation", find_organisation_name(filters.organisation) or filters.organisation
    if filters.words:
        yield "words", f"“{filters.words}”"


def _known(args: MultiDict[str, str], name: str, known: Mapping[str, object]) -> tuple[str, ...]:
    values = args.getlist(name)
    return tuple(value for value in known if value in values)


def _text(value: str) -> str:
    return " ".join(value.replace("\x00", "").split())[:MOST_CHARACTERS]


def _due(value: str) -> str:
    is_number = len(value) == 4 and value.isascii() and value.isdigit()
    is_year = is_number and FIRST_YEAR <= int(value) <= LAST_YEAR
    return value if value == WITHOUT or is_year else ""
