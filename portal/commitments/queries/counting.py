"""How many commitments organisations have, and how far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, bindparam, case, func, or_, select

from portal.commitments.models import Commitment
from portal.commitments.queries.filtering import DONE, DONE_BY_SOURCE, LATE, PROMISED, QUIET, SILENT
from portal.commitments.queries.rows import IS_OF_VERENIGING
from portal.commitments.queries.standing import (
    DAYS,
    IS_PUBLIC,
    TODAY,
    Columns,
    columns_on,
    days_of,
    standing_clause,
)
from portal.commitments.standing import REPORTABLE, Progress
from portal.core.db import read_rows


class Counts(NamedTuple):
    """How many commitments of an organisation are published, and of those how far."""

    published: int = 0
    done: int = 0
    late: int = 0
    running: int = 0
    delayed: int = 0
    # Nobody of the organisation has said anything of them here; a source says that some are done.
    silent: int = 0
    done_by_source: int = 0
    # Of those that are unfinished: without news of the signatory for a year, late or not.
    quiet: int = 0

    @property
    def planned(self) -> int:
        """How many have not begun: what is left over."""
        begun = self.done + self.late + self.running + self.delayed
        return self.published - begun - self.silent - self.done_by_source


# The last day with news of the signatory itself; NULL where only sources speak.
OWN_NEWS_ON = case(
    (or_(~IS_OF_VERENIGING, Commitment.progress.in_(REPORTABLE)), Commitment.news_on)
)
_COUNTED = (PROMISED, DONE, LATE, SILENT, DONE_BY_SOURCE, QUIET)


def _counts(columns: Columns) -> Select[int, int, int, int, int, int, int, int, int]:
    """Count by the filters of the lists in which the same commitments stand."""
    promised, done, late, silent, done_by_source, quiet = (
        standing_clause(filters.standings, DAYS, columns) for filters in _COUNTED
    )
    is_running = columns.progress == Progress.RUNNING
    is_delayed = columns.progress == Progress.DELAYED

    def counted(clause: ColumnElement[bool]) -> ColumnElement[int]:
        return func.sum(case((clause, 1), else_=0))

    def on_time(clause: ColumnElement[bool]) -> ColumnElement[int]:
        # Of a term without dates it is unknown whether it is late: then it is not.
        return func.sum(case((late, 0), (clause, 1), else_=0))

    return (
        select(
            Commitment.organisation_id,
            counted(promised),
            counted(done),
            counted(late),
            on_time(is_running),
            on_time(is_delayed),
            counted(silent),
            counted(done_by_source),
            counted(quiet),
        )
        .where(Commitment.organisation_id.in_(bindparam("ids", expanding=True)), columns.is_public)
        .group_by(Commitment.organisation_id)
    )


_COUNTS = _counts(TODAY)


def counts_by_organisation(
    ids: Sequence[int], *, on: date, grace_days: int, is_past: bool = False
) -> dict[int, Counts]:
    """Return organisation id -> counts, in one query; those without commitments are left out.

    `on` is today; with `is_past`, an earlier day, as whose commitments stood then.
    """
    if not ids:
        return {}
    counts = _counts(columns_on(on)) if is_past else _COUNTS
    rows = read_rows(counts, ids=ids, **days_of(on, grace_days).values())
    return {row[0]: Counts(*row[1:]) for row in rows}


def tally(*, on: date, grace_days: int, is_past: bool = False) -> Subquery:
    """Return what lists of organisations are ordered by: promised, done, late and the last news.

    By the same conditions as `counts_by_organisation`; the last news is always that of today.
    """
    columns, days = columns_on(on) if is_past else TODAY, days_of(on, grace_days)
    counted = {"promised": PROMISED, "done": DONE, "late": LATE}
    sums = (
        func.sum(case((standing_clause(filters.standings, days, columns), 1), else_=0)).label(name)
        for name, filters in counted.items()
    )
    shown = (Commitment.organisation_id, *sums, func.max(OWN_NEWS_ON).label("news_on"))
    found = select(*shown).where(columns.is_public).group_by(Commitment.organisation_id)
    return found.subquery("tally")


def last_news_of(ids: Sequence[int]) -> dict[int, date]:
    """Return organisation id -> the last day with its own news of a public commitment."""
    last = select(Commitment.organisation_id, func.max(OWN_NEWS_ON))
    of_them = last.where(Commitment.organisation_id.in_(ids), IS_PUBLIC)
    rows = read_rows(of_them.group_by(Commitment.organisation_id)) if ids else ()
    return {number: news_on for number, news_on in rows if news_on is not None}
