"""The filter of what changed, read from an address and from what somebody follows; and in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

from portal.commitments.asked import TagChoices, labels_of
from portal.commitments.asked import filters_of as promises_of
from portal.commitments.queries.filtering import CommitmentFilter
from portal.commitments.queries.listing import find_organisation_name
from portal.core.i18n import gettext as _
from portal.following.kinds import LABELS, ChangeKind
from portal.following.queries.changes import find_commitment_title
from portal.following.queries.filtering import ChangeFilter
from portal.organisations.provinces import PROVINCES

MOST_CHARACTERS = 140

Args = MultiDict[str, str]
# What the address of the list of commitments calls otherwise, or what stands in a field above it.
_ABOVE = ("soort", "organisatie", "organisatiesoort")


def filters_of(args: Args, tags: TagChoices) -> ChangeFilter:
    """Return the filter that an address names; values that do not exist are left out."""
    chosen, of_kind = args.getlist("soort"), args.getlist("organisatiesoort")
    province = args.get("provincie", "")
    promised = MultiDict((name, value) for name, value in args.items(True) if name not in _ABOVE)
    promised.setlist("soort", args.getlist("toezeggingsoort"))
    return ChangeFilter(
        kinds=tuple(kind for kind in ChangeKind if kind in chosen),
        organisation=_text(args.get("organisatie", "")),
        commitment=_text(args.get("toezegging", "")),
        organisation_kinds=tuple(kind for kind in tags.organisation_kinds if kind in of_kind),
        province=province if province in PROVINCES else "",
        promises=promises_of(promised, tags),
    )


def written(filters: ChangeFilter) -> str:
    """Return the filter as a row keeps it: the query of an address, in one order."""
    return urlencode(filters.arguments(), doseq=True)


def read_written(what: str) -> ChangeFilter:
    """Return the filter that a row keeps.

    A layer, theme or kind that is gone since stays in it: so it finds nothing, not everything.
    """
    args = MultiDict(parse_qsl(what))
    kept = (args.getlist(name) for name in ("laag", "thema", "organisatiesoort"))
    return filters_of(args, TagChoices(*({value: value for value in values} for values in kept)))


def parts_of(filters: ChangeFilter, tags: TagChoices) -> Iterator[tuple[str, ChangeFilter]]:
    """Give each part of the filter: its label, and the filter without it."""
    if filters.organisation:
        yield _organisation(filters.organisation), replace(filters, organisation="")
    if filters.commitment:
        title = find_commitment_title(filters.commitment)
        yield title or _("een toezegging die niet openbaar is"), replace(filters, commitment="")
    for kind in filters.kinds:
        others = tuple(other for other in filters.kinds if other != kind)
        yield str(LABELS[ChangeKind(kind)]), replace(filters, kinds=others)
    for slug in filters.organisation_kinds:
        left = tuple(other for other in filters.organisation_kinds if other != slug)
        yield tags.organisation_kinds.get(slug, slug), replace(filters, organisation_kinds=left)
    if filters.province:
        yield PROVINCES[filters.province], replace(filters, province="")
    for label, change in _promised(filters.promises, tags):
        yield label, replace(filters, promises=replace(filters.promises, **change))


def name_of(filters: ChangeFilter, tags: TagChoices) -> str:
    """Return in words what a filter lets through: "Alles", or its parts."""
    return ", ".join(label for label, _without in parts_of(filters, tags)) or _("Alles")


def _promised(promises: CommitmentFilter, tags: TagChoices) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the parts of the filter of commitments; tags that are gone by their slug."""
    known = TagChoices(
        {slug: tags.layers.get(slug, slug) for slug in promises.layers},
        {slug: tags.principles.get(slug, slug) for slug in promises.principles},
        {},
    )
    yield from labels_of(promises, known)


def _organisation(slug: str) -> str:
    return find_organisation_name(slug) or _("een organisatie die niet openbaar is")


def _text(value: str) -> str:
    return value.replace("\x00", "")[:MOST_CHARACTERS]
