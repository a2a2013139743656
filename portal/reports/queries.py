"""Every read of yearly reports, and of what they pin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.types import String
from werkzeug.exceptions import NotFound

from portal.commitments.models import Commitment
from portal.commitments.queries.during import Happening
from portal.commitments.queries.filtering import CommitmentFilter
from portal.commitments.queries.outcomes import (
    ALL,
    KIND,
    LAYER,
    OUTCOMES,
    PRINCIPLE,
    YEAR,
    Counted,
)
from portal.commitments.queries.standing import IS_PUBLIC
from portal.commitments.standing import Standing
from portal.core.db import db, read_as
from portal.core.paging import Key, Listing, listing_of
from portal.lifecycle import ReportState
from portal.organisations.models import Organisation
from portal.policy import Person
from portal.reports.models import DRAFT, PinnedGroup, PinnedPromise, PinnedSignatory, YearlyReport
from portal.signatures.queries.counting import Signed
from portal.signatures.queries.filtering import UNKNOWN, SignatoryFilter

PAGE_SIZE = 50
LONGEST_NUMBER = 9
# What promises are counted by besides what pictures of today count them by.
HAPPENED = "happened"


class PromiseRow(NamedTuple):
    """A promise in the list of a report; without its words when it was hidden since."""

    slug: str | None
    title: str
    language: str
    organisation_name: str
    term_words: str
    term_language: str
    outcome: str
    moved: int
    is_hidden: bool


class SignatoryRow(NamedTuple):
    """A signatory in the list of a report; without its name when it is public no more."""

    slug: str | None
    name: str
    signed_year: int | None
    is_hidden: bool


def visible_to(viewer: Person) -> Select[YearlyReport]:
    """Return the reports that `viewer` may read."""
    is_steward = viewer.is_confirmed and (viewer.is_moderator or viewer.is_beheerder)
    is_public = YearlyReport.state == ReportState.ESTABLISHED
    return select(YearlyReport).where(or_(is_public, true()) if is_steward else is_public)


def get_report(key: str) -> YearlyReport:
    """Return the report that addresses name so ("2025-1", "concept-7"), or 404."""
    first, _dash, last = key.partition("-")
    if not (last.isascii() and last.isdigit() and len(last) < LONGEST_NUMBER):
        raise NotFound
    number = int(last)
    if first == DRAFT:
        mine = and_(YearlyReport.id == number, YearlyReport.state == ReportState.DRAFT)
    else:
        year = int(first) if first.isascii() and first.isdigit() else 0
        mine = and_(YearlyReport.year == year, YearlyReport.number == number)
    report = db.session.scalars(select(YearlyReport).where(mine)).first()
    # With zeros before it, a number would name the same in ways without end.
    if report is None or report.key != key:
        raise NotFound
    return report


def get_by_id(report_id: int) -> YearlyReport:
    """Return the report with this id, or 404."""
    report = db.session.get(YearlyReport, report_id)
    if report is None:
        raise NotFound
    return report


def established() -> Sequence[YearlyReport]:
    """Return the reports that readers can open, the newest first."""
    newest = (YearlyReport.year.desc(), YearlyReport.number.desc())
    is_public = YearlyReport.state == ReportState.ESTABLISHED
    return list(db.session.scalars(select(YearlyReport).where(is_public).order_by(*newest)))


def drafts() -> Sequence[YearlyReport]:
    """Return the reports that are not established, the newest first."""
    is_draft = YearlyReport.state == ReportState.DRAFT
    newest = YearlyReport.id.desc()
    return list(db.session.scalars(select(YearlyReport).where(is_draft).order_by(newest)))


def find_later(report: YearlyReport) -> YearlyReport | None:
    """Return the established report that puts this one right, None without one."""
    later = select(YearlyReport).where(
        YearlyReport.earlier_id == report.id, YearlyReport.state == ReportState.ESTABLISHED
    )
    return db.session.scalars(later.order_by(YearlyReport.number)).first()


def last_number(year: int) -> int:
    """Return the last number that a report of this year has; 0 without any."""
    numbers = select(func.max(YearlyReport.number)).where(YearlyReport.year == year)
    return db.session.scalar(numbers) or 0


def counted(report: YearlyReport) -> tuple[Counted, ...]:
    """Return how the promises of a report stood, by all that it divides them by."""
    numbers = (PinnedPromise.outcome, func.count(), func.sum(PinnedPromise.moved))
    mine = PinnedPromise.report_id == report.id
    whole = select(literal(ALL), cast(null(), String), *numbers).where(mine)
    groups = (
        select(PinnedGroup.by, PinnedGroup.slug, *numbers)
        .where(mine)
        .join_from(PinnedPromise, PinnedGroup, PinnedGroup.promise_id == PinnedPromise.id)
    )
    rows = [
        *read_as(Counted, whole.group_by(PinnedPromise.outcome)),
        *read_as(Counted, groups.group_by(PinnedGroup.by, PinnedGroup.slug, PinnedPromise.outcome)),
    ]
    return tuple(row._replace(group=None) if _is_undated(row) else row for row in rows)


def _is_undated(row: Counted) -> bool:
    return row.by == YEAR and not (row.group or "").isdigit()


def signed(report: YearlyReport) -> tuple[Signed, ...]:
    """Return who were signatories by the day of a report: when, where, and at which event."""
    shown = (
        PinnedSignatory.signed_year,
        PinnedSignatory.province,
        PinnedSignatory.event_id,
        PinnedSignatory.event_name,
        PinnedSignatory.held_on,
    )
    mine = PinnedSignatory.report_id == report.id
    return read_as(Signed, select(*shown, func.count()).where(mine).group_by(*shown))


def promises(
    report: YearlyReport,
    filters: CommitmentFilter,
    happening: Happening | None = None,
    cursor: str | None = None,
) -> Listing[PromiseRow]:
    """Return the promises of a report with this filter, as the report pinned them."""
    is_hidden = ~IS_PUBLIC
    columns = (
        PinnedPromise.id,
        Commitment.slug,
        PinnedPromise.title,
        PinnedPromise.language,
        PinnedPromise.organisation_name,
        PinnedPromise.term_words,
        PinnedPromise.term_language,
        PinnedPromise.outcome,
        PinnedPromise.moved,
        is_hidden.label("is_hidden"),
    )
    chosen: Select[*tuple[Any, ...]] = select(*columns)
    query = chosen.join(Commitment, Commitment.id == PinnedPromise.commitment_id).where(
        PinnedPromise.report_id == report.id, *_clauses(filters, happening)
    )
    keys = [Key(PinnedPromise.id, "id")]
    page = listing_of(db.session, query, keys, size=PAGE_SIZE, cursor=cursor)
    rows = [_shown(PromiseRow(*row[1:])) for row in page.rows]
    return Listing(rows, page.next, page.previous, page.start, page.count)


def _shown(row: PromiseRow) -> PromiseRow:
    return (
        row._replace(title="", organisation_name="", slug=None, term_words="")
        if (row.is_hidden)
        else row
    )


def _clauses(filters: CommitmentFilter, happening: Happening | None) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = []
    if filters.standings:
        outcomes = set(filters.standings) & set(OUTCOMES)
        ways: list[ColumnElement[bool]] = [PinnedPromise.outcome.in_(outcomes)]
        if Standing.MOVED in filters.standings:
            ways.append(PinnedPromise.moved > 0)
        clauses.append(or_(*ways))
    groups: dict[str, Sequence[str]] = {
        KIND: filters.organisation_kinds,
        LAYER: filters.layers,
        PRINCIPLE: filters.principles,
        YEAR: (filters.due,) if filters.due else (),
        HAPPENED: (happening,) if happening else (),
    }
    return clauses + [_is_in(by, slugs) for by, slugs in groups.items() if slugs]


def _is_in(by: str, slugs: Sequence[str]) -> ColumnElement[bool]:
    return exists().where(
        PinnedGroup.promise_id == PinnedPromise.id,
        PinnedGroup.by == by,
        PinnedGroup.slug.in_([str(slug) for slug in slugs]),
    )


def signatories(
    report: YearlyReport, filters: SignatoryFilter, cursor: str | None = None
) -> Listing[SignatoryRow]:
    """Return the signatories of a report with this filter, as the report pinned them."""
    is_hidden = Organisation.published_at.is_(None)
    columns: Select[*tuple[Any, ...]] = select(
        PinnedSignatory.id,
        Organisation.slug,
        PinnedSignatory.name,
        PinnedSignatory.signed_year,
        is_hidden.label("is_hidden"),
    )
    query = columns.join(Organisation, Organisation.id == PinnedSignatory.organisation_id).where(
        PinnedSignatory.report_id == report.id, *_signing_clauses(filters)
    )
    keys = [Key(PinnedSignatory.id, "id")]
    page = listing_of(db.session, query, keys, size=PAGE_SIZE, cursor=cursor)
    rows = [SignatoryRow(*row[1:]) for row in page.rows]
    shown = [row._replace(name="", slug=None) if row.is_hidden else row for row in rows]
    return Listing(shown, page.next, page.previous, page.start, page.count)


def _signing_clauses(filters: SignatoryFilter) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = []
    if filters.province:
        clauses.append(PinnedSignatory.province == filters.province)
    if filters.signed == UNKNOWN:
        clauses.append(PinnedSignatory.signed_year.is_(None))
    elif filters.signed:
        clauses.append(PinnedSignatory.signed_year == int(filters.signed))
    if filters.event:
        clauses.append(PinnedSignatory.event_id == int(filters.event))
    return clauses


def events_of(report: YearlyReport) -> dict[str, str]:
    """Return the events at which signatories of a report signed: their numbers and names."""
    shown = select(PinnedSignatory.event_id, PinnedSignatory.event_name)
    mine = shown.where(PinnedSignatory.report_id == report.id).distinct()
    return {str(number): name or "" for number, name in db.session.execute(mine) if number}
