"""How many commitments organisations have, and how far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, select

from portal.commitments.models import Commitment
from portal.commitments.queries.filtering import DONE, DONE_BY_SOURCE, LATE, PROMISED, SILENT
from portal.commitments.queries.standing import IS_PUBLIC, last_due, standing_clause
from portal.commitments.standing import Progress
from portal.core.db import read_rows


class Counts(NamedTuple):
    """How many commitments of an organisation are published, and of those how far."""

    published: int = 0
    done: int = 0
    late: int = 0
    running: int = 0
    # Nobody of the organisation has said anything of them here; a source says that some are done.
    silent: int = 0
    done_by_source: int = 0


def _counts() -> Select[int, int, int, int, int, int, int]:
    """Count by the filters of the lists in which the same commitments stand."""
    promised, done, late, silent, done_by_source = (
        standing_clause(filters.standings, bindparam("last_due"))
        for filters in (PROMISED, DONE, LATE, SILENT, DONE_BY_SOURCE)
    )
    is_running = Commitment.progress.in_((Progress.RUNNING, Progress.DELAYED))

    def counted(clause: ColumnElement[bool]) -> ColumnElement[int]:
        return func.sum(case((clause, 1), else_=0))

    return (
        select(
            Commitment.organisation_id,
            counted(promised),
            counted(done),
            counted(late),
            counted(and_(is_running, ~late)),
            counted(silent),
            counted(done_by_source),
        )
        .where(Commitment.organisation_id.in_(bindparam("ids", expanding=True)), IS_PUBLIC)
        .group_by(Commitment.organisation_id)
    )


_COUNTS = _counts()


def counts_by_organisation(ids: Sequence[int], *, on: date, grace_days: int) -> dict[int, Counts]:
    """Return organisation id -> counts, in one query; those without commitments are left out."""
    if not ids:
        return {}
    rows = read_rows(_COUNTS, ids=ids, last_due=last_due(on, grace_days))
    return {row[0]: Counts(*row[1:]) for row in rows}
