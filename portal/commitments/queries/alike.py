"""Promises about the same as one promise: by the layers and themes that they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from heapq import merge
from typing import NamedTuple

from sqlalchemy import ColumnElement, Integer, Table, bindparam, func, select

from portal.commitments.models import Commitment, commitment_layer, commitment_principle
from portal.commitments.queries.rows import CommitmentRow, rows_from, rows_of
from portal.commitments.queries.standing import TODAY
from portal.core.db import Columnar, read_rows
from portal.lifecycle import CommitmentState
from portal.pact.models import Layer, Principle

# Below a promise stand the newest of those that share most with it: older ones are not looked at.
MOST_LOOKED_AT = 1000

_NEWEST = (
    select(Commitment.id, Commitment.organisation_id, Commitment.published_at)
    .where(Commitment.state == CommitmentState.PUBLISHED, Commitment.hidden_at.is_(None))
    .order_by(Commitment.published_at.desc(), Commitment.id.desc())
    .limit(MOST_LOOKED_AT)
    .subquery("newest")
)
_NEW = _NEWEST.c


def _with(tags: Table, word: type[Layer | Principle], key: ColumnElement[int]) -> Columnar:
    """Return the select of the newest promises with their layers, or their themes.

    The slugs are joined in the database: a row for each takes twice as long to read.
    """
    return (
        select(_NEW.id, _NEW.organisation_id, func.aggregate_strings(word.slug, " "))
        .select_from(_NEWEST)
        .outerjoin(tags, tags.c.commitment_id == _NEW.id)
        .outerjoin(word, word.id == key)
        .group_by(_NEW.id, _NEW.organisation_id, _NEW.published_at)
        .order_by(_NEW.published_at.desc(), _NEW.id.desc())
    )


_LAYERS = _with(commitment_layer, Layer, commitment_layer.c.layer_id)
_THEMES = _with(commitment_principle, Principle, commitment_principle.c.principle_id)
# As many as are shown at most: a list of any length is written into the statement each time anew.
_SHOWN = ("first", "second", "third", "fourth")
_ROWS = rows_from(TODAY).where(
    Commitment.state == CommitmentState.PUBLISHED,
    Commitment.hidden_at.is_(None),
    Commitment.id.in_([bindparam(name, type_=Integer) for name in _SHOWN]),
)

# ("laag" or "thema", slug).
Tag = tuple[str, str]


class Promise(NamedTuple):
    """A public promise; the one that was published last has the lowest place."""

    place: int
    id: int
    organisation_id: int


# Tags, and public promises that have just those, the newest first; of some tags there are several.
Tagged = Sequence[tuple[frozenset[Tag], Sequence[Promise]]]


def tagged() -> Tagged:
    """Return the newest public promises, by the layers and themes that they have."""
    themes = {number: slugs for number, _organisation, slugs in read_rows(_THEMES)}
    found: defaultdict[tuple[str | None, str | None], list[Promise]] = defaultdict(list)
    for place, (number, organisation_id, layers) in enumerate(read_rows(_LAYERS)):
        found[layers, themes.get(number)].append(Promise(place, number, organisation_id))
    return [(_tags(*slugs), promises) for slugs, promises in found.items()]


def _tags(layers: str | None, themes: str | None) -> frozenset[Tag]:
    of_layers = [("laag", slug) for slug in (layers or "").split()]
    return frozenset([*of_layers, *(("thema", slug) for slug in (themes or "").split())])


def alike_to(
    commitment_id: int,
    organisation_id: int,
    *,
    tags: Collection[Tag],
    among: Tagged,
    on: date,
    grace_days: int,
    most: int = len(_SHOWN),
) -> Sequence[CommitmentRow]:
    """Return the `most` promises, at most four, that share most with these tags; others' first.

    A layer and a theme in common count for more than two layers. None without a common tag.
    """
    others: list[int] = []
    own: list[int] = []
    for promise in _ranked(frozenset(tags), among):
        if promise.organisation_id != organisation_id:
            others.append(promise.id)
        elif promise.id != commitment_id:
            own.append(promise.id)
        if len(others) == most:
            break
    chosen = [*others, *own][:most]
    if not chosen:
        return ()
    asked = dict.fromkeys(_SHOWN, 0) | dict(zip(_SHOWN, chosen, strict=False))
    rows = {row.id: row for row in rows_of(_ROWS, on, grace_days, **asked)}
    return [rows[number] for number in chosen if number in rows]


def _ranked(tags: frozenset[Tag], among: Tagged) -> Iterator[Promise]:
    """Return the promises that share a tag: what shares most first, of equals the newest."""
    ranks: defaultdict[tuple[int, int], list[Sequence[Promise]]] = defaultdict(list)
    for held, promises in among:
        shared = tags & held
        if shared:
            ranks[len({kind for kind, _slug in shared}), len(shared)].append(promises)
    for rank in sorted(ranks, reverse=True):
        yield from merge(*ranks[rank])
