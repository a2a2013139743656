"""A few promises or signatories side by side; which ones stands in the address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from portal.commitments.asked import tag_choices
from portal.commitments.queries.filtering import CommitmentFilter
from portal.commitments.queries.listing import listing
from portal.core import clock
from portal.core.settings import settings
from portal.organisations.provinces import PROVINCES
from portal.register import queries
from portal.register.queries.comparing import (
    MOST,
    Promise,
    promises_beside,
    signatories_beside,
)
from portal.register.queries.signatories import SignatoryCard
from portal.register.views.blueprint import bp
from portal.register.views.signatories import COUNTED
from portal.signatures.queries.filtering import SignatoryFilter
from portal.web.address import in_short
from portal.web.guard import public

PROMISES, SIGNATORIES = "toezegging", "ondertekenaar"
# More than this is not even looked up.
MOST_ASKED = 12
MOST_CHARACTERS = 200
MOST_FOUND = 8


class Chosen(NamedTuple):
    """What an address asks for: promises or signatories, and which."""

    kind: str
    slugs: Sequence[str]

    def address(self, slugs: Sequence[str]) -> str:
        """Return the page with these of the same kind instead."""
        arguments: dict[str, Any] = {self.kind: slugs}
        return url_for("register.compare", **arguments)


class Beside(NamedTuple):
    """What stands side by side, what was too much, and what is not there."""

    items: Sequence[Promise | SignatoryCard]
    refused: Sequence[str]
    missing: int

    @property
    def slugs(self) -> list[str]:
        """The slugs of what stands there."""
        return [item.slug for item in self.items]


class Addable(NamedTuple):
    """What may be added: its name, a remark, and the address of the page with it."""

    name: str
    remark: str
    address: str


@bp.get("/naast-elkaar")
@public()
@in_short
def compare() -> ResponseReturnValue:
    """What was chosen in a list, side by side: four at most."""
    chosen, words = chosen_of(request.args), request.args.get("q", "").strip()[:MOST_CHARACTERS]
    beside = beside_of(chosen)
    return render_template(
        "register/compare.html",
        chosen=chosen,
        beside=beside,
        without=[chosen.address(others_of(beside.slugs, slug)) for slug in beside.slugs],
        words=words,
        addable=_addable(chosen, beside.slugs, words),
        **_names(),
    )


def chosen_of(args: MultiDict[str, str]) -> Chosen:
    """Return what an address asks for; promises when it names both."""
    kind = SIGNATORIES if SIGNATORIES in args and PROMISES not in args else PROMISES
    slugs = dict.fromkeys(slug.strip()[:MOST_CHARACTERS] for slug in args.getlist(kind))
    return Chosen(kind, list(slugs)[:MOST_ASKED])


def beside_of(chosen: Chosen) -> Beside:
    """Return what of that is public; what is more than fits is named, not shown."""
    on, grace_days = clock.today(), settings().grace_days
    reader = promises_beside if chosen.kind == PROMISES else signatories_beside
    every: Sequence[Promise | SignatoryCard] = reader(chosen.slugs, on=on, grace_days=grace_days)
    refused = [item.name for item in every[MOST:]]
    return Beside(every[:MOST], refused, len(chosen.slugs) - len(every))


def others_of(slugs: Sequence[str], slug: str) -> list[str]:
    """Return the slugs without one."""
    return [other for other in slugs if other != slug]


def _addable(chosen: Chosen, slugs: Sequence[str], words: str) -> list[Addable]:
    """Return what a reader finds by words and may add; nothing while there is no room."""
    if not words or len(slugs) >= MOST:
        return []
    on, grace_days = clock.today(), settings().grace_days
    named: Iterable[tuple[str, str, str]]
    if chosen.kind == PROMISES:
        rows = listing(CommitmentFilter(words=words), on=on, grace_days=grace_days).rows
        named = ((row.slug or "", row.title, row.organisation_name) for row in rows)
    else:
        cards = queries.listing(SignatoryFilter(words=words), on=on, grace_days=grace_days).rows
        named = ((card.slug, card.name, "") for card in cards)
    return [
        Addable(name, remark, chosen.address([*slugs, slug]))
        for slug, name, remark in named
        if slug not in slugs
    ][:MOST_FOUND]


def _names() -> dict[str, object]:
    """Return the names of what cells hold by slug, and the lists that numbers open."""
    return {
        "tags": tag_choices(),
        "provinces": PROVINCES,
        "counted": {name: each.arguments() for name, each in COUNTED.items()},
        "most": MOST,
    }
