"""The public list of commitments: filters, order, pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, bindparam, func, or_, select

from portal.commitments.models import FAR, Commitment, commitment_layer, commitment_principle
from portal.commitments.queries.rows import (
    IS_PUBLIC,
    ROWS,
    CommitmentRow,
    last_due,
    late_clause,
    rows_of,
)
from portal.commitments.standing import PUBLIC_STATES
from portal.commitments.words import LATE
from portal.core.db import db, read_row, read_rows
from portal.core.paging import Key, page_of, read_day, read_moment
from portal.organisations.models import Organisation, OrganisationKind
from portal.pact.models import Layer, Principle

PER_PAGE = 25
WITHOUT = "zonder"
MOST_WORDS = 6

_ID = Key(Commitment.id, "id")
ORDERS: dict[str, tuple[Key, ...]] = {
    "termijn": (
        Key(Commitment.sort_latest, "sort_latest", read=read_day),
        Key(Commitment.sort_earliest, "sort_earliest", read=read_day),
        _ID,
    ),
    "nieuwste": (
        Key(Commitment.published_at, "published_at", descending=True, read=read_moment),
        Key(Commitment.id, "id", descending=True),
    ),
    "titel": (Key(func.lower(Commitment.title), "title_key"), _ID),
}
MOST_YEARS = 50


def _outermost(state: str, order: Any) -> ScalarSelect[Any]:
    """Return the first or last day in an index: asked for together, both would look at all."""
    due = select(Commitment.sort_latest).where(
        Commitment.state == state, Commitment.sort_latest < FAR
    )
    return due.order_by(order).limit(1).scalar_subquery()


_ORDERS = (Commitment.sort_latest.asc(), Commitment.sort_latest.desc())
YEARS = select(*(_outermost(state, order) for state in PUBLIC_STATES for order in _ORDERS))
BY_IDS = ROWS.where(Commitment.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks of the list; empty means everything."""

    kinds: Sequence[str] = ()
    organisation_kinds: Sequence[str] = ()
    layers: Sequence[str] = ()
    principles: Sequence[str] = ()
    standings: Sequence[str] = ()
    # A year, or "zonder".
    due: str = ""
    organisation: str = ""
    words: str = ""
    order: str = "termijn"


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list, how many there are in all, and the cursors of its neighbours."""

    rows: Sequence[CommitmentRow]
    count: int
    next: str | None
    previous: str | None


def listing(asked: Asked, cursor: str | None = None) -> Listing:
    """Return the page that begins at `cursor`: three queries, however long the list.

    The first finds the ids in an index; what the list shows is read of those only.
    """
    keys = ORDERS[asked.order]
    columns = [key.column.label(key.name) for key in keys]
    found = _filtered(select(*columns), asked)
    page = page_of(db.session, found, keys, size=PER_PAGE, cursor=cursor)
    count = int(read_row(_filtered(select(func.count()), asked))[0])
    return Listing(_in_order([row.id for row in page.rows]), count, page.next, page.previous)


def due_years() -> list[int]:
    """Return the years from the first to the last in which public commitments are due."""
    days = [day for day in read_row(YEARS) if day is not None]
    if not days:
        return []
    first, last = min(days).year, max(days).year
    return list(range(first, min(last, first + MOST_YEARS) + 1))


def find_organisation_name(slug: str) -> str | None:
    """Return the name of a public organisation, or None."""
    found = select(Organisation.name).where(
        Organisation.slug == slug, Organisation.published_at.is_not(None)
    )
    return db.session.scalar(found)


def _filtered(columns: Select[*tuple[Any, ...]], asked: Asked) -> Select[*tuple[Any, ...]]:
    found = columns.select_from(Commitment).where(IS_PUBLIC, *_clauses(asked))
    if asked.organisation or asked.organisation_kinds or asked.words:
        found = found.join(Organisation, Organisation.id == Commitment.organisation_id)
    return found


def _in_order(ids: Sequence[int]) -> list[CommitmentRow]:
    if not ids:
        return []
    rows = rows_of(read_rows(BY_IDS, ids=ids))
    by_id = {row.id: row for row in rows}
    return [by_id[number] for number in ids]


def _clauses(asked: Asked) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = []
    if asked.kinds:
        clauses.append(Commitment.kind.in_(asked.kinds))
    if asked.organisation_kinds:
        of_kind = select(OrganisationKind.id).where(
            OrganisationKind.slug.in_(asked.organisation_kinds)
        )
        clauses.append(Organisation.kind_id.in_(of_kind))
    if asked.standings:
        clauses.append(or_(*(_stands(standing) for standing in asked.standings)))
    if asked.due:
        clauses.append(_is_due(asked.due))
    if asked.organisation:
        clauses.append(Organisation.slug == asked.organisation)
    clauses += _tagged(asked)
    words = asked.words.split()[:MOST_WORDS]
    return clauses + [_says(word) for word in words]


def _tagged(asked: Asked) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = []
    if asked.layers:
        tagged = select(commitment_layer.c.commitment_id).join(Layer)
        clauses.append(Commitment.id.in_(tagged.where(Layer.slug.in_(asked.layers))))
    if asked.principles:
        tagged = select(commitment_principle.c.commitment_id).join(Principle)
        clauses.append(Commitment.id.in_(tagged.where(Principle.slug.in_(asked.principles))))
    return clauses


def _stands(standing: str) -> ColumnElement[bool]:
    return late_clause(last_due()) if standing == LATE else Commitment.progress == standing


def _is_due(due: str) -> ColumnElement[bool]:
    if due == WITHOUT:
        return and_(Commitment.term_latest.is_(None), Commitment.term_earliest.is_(None))
    last = func.coalesce(Commitment.term_latest, Commitment.term_earliest)
    return last.between(date(int(due), 1, 1), date(int(due), 12, 31))


def _says(word: str) -> ColumnElement[bool]:
    return or_(
        Commitment.title.icontains(word, autoescape=True),
        Commitment.what.icontains(word, autoescape=True),
        Organisation.name.icontains(word, autoescape=True),
    )
