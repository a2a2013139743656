"""Public commitments as tables take them along: all that a list holds, a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from portal.commitments.models import Commitment, commitment_layer, commitment_principle
from portal.commitments.queries.filtering import CommitmentFilter, matching
from portal.commitments.queries.listing import LONGEST_LATE, ORDERS
from portal.commitments.queries.prognoses import EXPECTED
from portal.commitments.queries.rows import Stored, rows_from
from portal.commitments.queries.standing import TODAY, columns_on, days_of
from portal.core.db import Columnar, connection, read_rows
from portal.core.paging import in_order
from portal.organisations.models import Organisation, OrganisationKind
from portal.pact.models import Layer, Principle

AT_ONCE = 500


class Told(NamedTuple):
    """What a commitment says beyond its row in a list."""

    organisation_kind: str
    what: str
    for_whom: str
    why: str
    result: str
    promised_on: date
    withdrawn_on: date | None
    expected: str | None
    updated_at: datetime


class Taken(NamedTuple):
    """One commitment in a table."""

    row: Stored
    told: Told
    # Slugs, in their order.
    layers: Sequence[str]
    principles: Sequence[str]


_TOLD = (
    OrganisationKind.slug,
    Commitment.what,
    Commitment.for_whom,
    Commitment.why,
    Commitment.result,
    Commitment.promised_on,
    Commitment.withdrawn_on,
    EXPECTED,
    Commitment.updated_at,
)
_WIDTH = len(Stored._fields)
_LAYERS: Select[int, str] = (
    select(commitment_layer.c.commitment_id, Layer.slug).join(Layer).order_by(Layer.position)
)
_PRINCIPLES: Select[int, str] = (
    select(commitment_principle.c.commitment_id, Principle.slug)
    .join(Principle)
    .order_by(Principle.position)
)


def taken(
    filters: CommitmentFilter,
    *,
    on: date,
    grace_days: int,
    order: str = LONGEST_LATE,
    is_past: bool = False,
) -> Iterator[Taken]:
    """Yield every commitment of the list with this filter, in its order, however long it is.

    `on` is today; with `is_past`, they are as they stood on that day, in the order of today.
    """
    columns = columns_on(on) if is_past else TODAY
    found = matching(select(Commitment.id), filters, days_of(on, grace_days), columns)
    rows: Columnar = (
        rows_from(columns)
        .add_columns(*_TOLD)
        .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .where(Commitment.id.in_(found))
        .order_by(*in_order(ORDERS[order]))
        .execution_options(yield_per=AT_ONCE)
    )
    for some in connection().execute(rows).partitions():
        yield from _with_tags([tuple(row) for row in some])


def _with_tags(rows: Sequence[tuple[Any, ...]]) -> Iterator[Taken]:
    stored = [Stored._make(row[:_WIDTH]) for row in rows]
    ids = [row.id for row in stored]
    layers = _tags(_LAYERS.where(commitment_layer.c.commitment_id.in_(ids)))
    principles = _tags(_PRINCIPLES.where(commitment_principle.c.commitment_id.in_(ids)))
    for one, row in zip(stored, rows, strict=True):
        told = Told._make(row[_WIDTH:])
        yield Taken(one, told, layers.get(one.id, ()), principles.get(one.id, ()))


def _tags(query: Select[int, str]) -> Mapping[int, Sequence[str]]:
    tags: dict[int, list[str]] = {}
    for number, slug in read_rows(query):
        tags.setdefault(number, []).append(slug)
    return tags
