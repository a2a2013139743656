"""What the address of the list asks for, and the addresses without one of its filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from portal.commitments.queries import Asked
from portal.commitments.queries.listing import ORDERS, WITHOUT, find_organisation_name
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
    """Return what can be filtered on."""
    locale = current_locale()
    return TagChoices(
        {tag.slug: tag.name for tag in layers()},
        {tag.slug: tag.name for tag in principles()},
        {kind.slug: kind_name(kind, locale) for kind in kinds()},
    )


def asked_of(args: MultiDict[str, str], tags: TagChoices) -> Asked:
    """Return what the address asks for; what it cannot mean is left out."""
    order = args.get("sorteer", "")
    return Asked(
        kinds=_known(args, "soort", KINDS),
        organisation_kinds=_known(args, "organisatiesoort", tags.organisation_kinds),
        layers=_known(args, "laag", tags.layers),
        principles=_known(args, "thema", tags.principles),
        standings=_known(args, "stand", STANDINGS),
        due=_due(args.get("termijn", "")),
        organisation=_words(args.get("organisatie", "")),
        words=_words(args.get("q", "")),
        order=order if order in ORDERS else "termijn",
    )


def filters_on(asked: Asked, tags: TagChoices) -> list[tuple[str, str]]:
    """Return each filter that is on: its words, and the address of the list without it."""
    on = [("soort", kind, str(KINDS[kind])) for kind in asked.kinds]
    on += [
        ("organisatiesoort", kind, tags.organisation_kinds[kind])
        for kind in asked.organisation_kinds
    ]
    on += [("laag", slug, tags.layers[slug]) for slug in asked.layers]
    on += [("thema", slug, tags.principles[slug]) for slug in asked.principles]
    on += [("stand", standing, str(STANDINGS[standing])) for standing in asked.standings]
    if asked.due:
        is_year = asked.due != WITHOUT
        words = _("termijn in %(year)s", year=asked.due) if is_year else _("zonder termijn")
        on.append(("termijn", asked.due, words))
    if asked.organisation:
        name = find_organisation_name(asked.organisation) or asked.organisation
        on.append(("organisatie", asked.organisation, name))
    if asked.words:
        on.append(("q", asked.words, _("zoekwoorden: %(words)s", words=asked.words)))
    return [(words, _without(name, value)) for name, value, words in on]


def _known(args: MultiDict[str, str], name: str, known: dict[str, Any]) -> tuple[str, ...]:
    asked = args.getlist(name)
    return tuple(value for value in known if value in asked)


def _words(value: str) -> str:
    return " ".join(value.replace("\x00", "").split())[:MOST_CHARACTERS]


def _due(value: str) -> str:
    is_number = len(value) == 4 and value.isascii() and value.isdigit()
    is_year = is_number and FIRST_YEAR <= int(value) <= LAST_YEAR
    return value if value == WITHOUT or is_year else ""


def _without(name: str, value: str) -> str:
    kept = request.args.to_dict(flat=False)
    kept.pop("na", None)
    if name in ("q", "organisatie", "termijn"):
        kept.pop(name, None)
    else:
        kept[name] = [other for other in kept.get(name, []) if other != value]
    return list_url({k: v for k, v in kept.items() if v})


def list_url(arguments: dict[str, Any]) -> str:
    """Return the address of the list with these arguments."""
    return url_for("commitments.index", **arguments)
