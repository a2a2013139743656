"""The one filter of commitments: lists, counts and figures all narrow by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, select

from portal.commitments.models import Commitment, commitment_layer, commitment_principle
from portal.commitments.queries.standing import TODAY, Columns, Days, standing_clause
from portal.commitments.standing import BY_SOURCE, REPORTABLE, Standing
from portal.organisations.models import Organisation, OrganisationKind
from portal.pact.models import Layer, Principle
from portal.services.finding import word_index

WITHOUT = "zonder"

Shown = TypeVarTuple("Shown")

# Written out, as it stands in the index that the figures are counted in.
_PUBLISHED: ColumnElement[str] = literal_column("'published'")


@dataclass(frozen=True, slots=True)
class CommitmentFilter:
    """Which public commitments a list shows; an empty field narrows nothing."""

    kinds: tuple[str, ...] = ()
    organisation_kinds: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    principles: tuple[str, ...] = ()
    # Of `Standing`.
    standings: tuple[str, ...] = ()
    # A year, or "zonder".
    due: str = ""
    # The slug of one.
    organisation: str = ""
    words: str = ""

    def arguments(self) -> dict[str, str | list[str]]:
        """Return the arguments for the address of the list with this filter."""
        arguments: dict[str, str | list[str]] = {
            "q": self.words,
            "soort": list(self.kinds),
            "stand": [str(standing) for standing in self.standings],
            "organisatiesoort": list(self.organisation_kinds),
            "laag": list(self.layers),
            "thema": list(self.principles),
            "termijn": self.due,
            "organisatie": self.organisation,
        }
        return {name: value for name, value in arguments.items() if value}


# What the figures count: a promise that was withdrawn is public, but not among them.
PROMISED = CommitmentFilter(standings=(*REPORTABLE, *BY_SOURCE))
DONE = CommitmentFilter(standings=(Standing.DONE,))
SILENT = CommitmentFilter(standings=(Standing.SILENT,))
DONE_BY_SOURCE = CommitmentFilter(standings=(Standing.DONE_BY_SOURCE,))
LATE = CommitmentFilter(standings=(Standing.LATE,))
QUIET = CommitmentFilter(standings=(Standing.QUIET,))


def matching(
    query: Select[*Shown],
    filters: CommitmentFilter,
    days: Days,
    columns: Columns = TODAY,
) -> Select[*Shown]:
    """Return `query`, a select of columns of commitments, narrowed to the public ones of `filters`.

    `days` say what is late or quiet; `columns` are those of the day.
    """
    narrowed = query.select_from(Commitment).where(
        columns.is_public, *_clauses(filters, days, columns)
    )
    if filters.organisation or filters.organisation_kinds:
        narrowed = narrowed.join(Organisation, Organisation.id == Commitment.organisation_id)
    return narrowed


def counting(filters: CommitmentFilter, days: Days, columns: Columns = TODAY) -> Select[int]:
    """Return the select that counts the commitments that `matching` would select."""
    if columns is TODAY and filters == CommitmentFilter(standings=filters.standings):
        columns = _in_index(filters)
    return matching(select(func.count()), filters, days, columns)


def _in_index(filters: CommitmentFilter) -> Columns:
    """Return the columns by which the database may count in the index of what is published.

    A public commitment that was not withdrawn is published, so the count stays the same; one that
    was moved may have been withdrawn since.
    """
    if not filters.standings or {Standing.WITHDRAWN, Standing.MOVED} & set(filters.standings):
        return TODAY
    is_public = and_(Commitment.state == _PUBLISHED, Commitment.hidden_at.is_(None))
    return TODAY._replace(is_public=is_public, state=_PUBLISHED)


def _clauses(filters: CommitmentFilter, days: Days, columns: Columns) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = []
    if filters.kinds:
        clauses.append(Commitment.kind.in_(filters.kinds))
    if filters.organisation_kinds:
        of_kind = select(OrganisationKind.id).where(
            OrganisationKind.slug.in_(filters.organisation_kinds)
        )
        clauses.append(Organisation.kind_id.in_(of_kind))
    if filters.standings:
        clauses.append(standing_clause(filters.standings, days, columns))
    if filters.due:
        clauses.append(_is_due(filters.due, columns))
    if filters.organisation:
        clauses.append(Organisation.slug == filters.organisation)
    clauses += _tagged(filters)
    holding = word_index().commitments(filters.words) if filters.words else None
    return clauses if holding is None else [*clauses, Commitment.id.in_(holding)]


def _tagged(filters: CommitmentFilter) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = []
    if filters.layers:
        tagged = select(commitment_layer.c.commitment_id).join(Layer)
        clauses.append(Commitment.id.in_(tagged.where(Layer.slug.in_(filters.layers))))
    if filters.principles:
        tagged = select(commitment_principle.c.commitment_id).join(Principle)
        clauses.append(Commitment.id.in_(tagged.where(Principle.slug.in_(filters.principles))))
    return clauses


def _is_due(due: str, columns: Columns) -> ColumnElement[bool]:
    if due == WITHOUT:
        return and_(columns.term_latest.is_(None), columns.term_earliest.is_(None))
    last = func.coalesce(columns.term_latest, columns.term_earliest)
    return last.between(date(int(due), 1, 1), date(int(due), 12, 31))
