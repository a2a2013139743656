"""How far we are, in figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from portal.commitments.queries.filtering import (
    DONE,
    LATE,
    PROMISED,
    SILENT,
    CommitmentFilter,
    counting,
)
from portal.commitments.queries.standing import DAYS, days_of
from portal.core.db import connection
from portal.organisations.models import Organisation
from portal.signatures.queries.filtering import STANDING, SignatoryFilter, matching


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, and the filter of the list that it counts."""

    number: int
    filters: CommitmentFilter | SignatoryFilter


@dataclass(frozen=True, slots=True)
class Figures:
    """How far we are, in figures."""

    signatories: Figure
    # In how many provinces there is a signatory.
    provinces: int
    commitments: Figure
    done: Figure
    late: Figure
    # Taken from a source, while nobody of the signatory has said anything of them here.
    silent: Figure


_STANDING = matching(select(func.count(), func.count(Organisation.province.distinct())), STANDING)
_COUNTED = (PROMISED, DONE, LATE, SILENT)
_FIGURES = select(
    _STANDING.subquery(),
    *(counting(filters, DAYS).scalar_subquery() for filters in _COUNTED),
)


def figures(*, on: date, grace_days: int) -> Figures:
    """Return how far we are on `on`, which is today."""
    row = connection().execute(_FIGURES, days_of(on, grace_days).values()).one()
    signatories, provinces, *counted = row
    promised, done, late, silent = map(Figure, counted, _COUNTED)
    return Figures(Figure(signatories, STANDING), provinces, promised, done, late, silent)
