"""Commitments as rows of lists, and how many an organisation has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, or_, select

from portal.commitments.models import Commitment, CommitmentDocument, Update
from portal.commitments.standing import PUBLIC_STATES, TOLD, is_late, shown_progress
from portal.commitments.words import KINDS
from portal.core import clock
from portal.core.db import read_rows
from portal.core.i18n import current_locale
from portal.core.settings import settings
from portal.organisations.models import Organisation
from portal.policy import Person
from portal.terms import wording

# Nobody of the organisation wrote a word of it: the vereniging took it from a source.
IS_ENTERED = and_(
    Commitment.author_id.is_(None),
    ~exists().where(Update.commitment_id == Commitment.id, Update.author_id.is_not(None)),
)

IS_PUBLIC = Commitment.state.in_(PUBLIC_STATES)
HAS_EVIDENCE = or_(
    exists(
        select(Update.id).where(
            Update.commitment_id == Commitment.id,
            or_(Update.evidence_url.is_not(None), Update.evidence_id.is_not(None)),
        )
    ),
    exists(
        select(CommitmentDocument.id).where(
            CommitmentDocument.commitment_id == Commitment.id, CommitmentDocument.is_evidence
        )
    ),
)

ROWS = select(
    Commitment.id,
    Commitment.slug,
    Commitment.title,
    Commitment.kind,
    Commitment.state,
    Commitment.progress,
    Commitment.term_words,
    Commitment.term_earliest,
    Commitment.term_latest,
    Commitment.move_count,
    Commitment.update_count,
    Commitment.done_on,
    Commitment.published_at,
    HAS_EVIDENCE.label("has_evidence"),
    Commitment.organisation_id,
    Organisation.name.label("organisation_name"),
    Organisation.slug.label("organisation_slug"),
).join(Organisation, Organisation.id == Commitment.organisation_id)

LATEST = (
    ROWS.where(Commitment.state == "published")
    .order_by(Commitment.published_at.desc(), Commitment.id.desc())
    .limit(bindparam("most"))
)
OF_ORGANISATION = ROWS.where(
    Commitment.organisation_id == bindparam("organisation_id"), IS_PUBLIC
).order_by(Commitment.sort_latest, Commitment.sort_earliest, Commitment.id)


RUNNING = tuple(word for word in TOLD if word != "gereed")


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """One commitment in a list, as `commitments/_rows.html` and `_card.html` show it."""

    id: int
    slug: str | None
    title: str
    kind: str
    kind_words: str
    state: str
    # A word that the component `status` knows, being done in time and with evidence included.
    progress: str
    is_late: bool
    move_count: int
    update_count: int
    # As promised; "" when nothing was written.
    term_words: str
    # What was understood, in the language of the page; "" without a date.
    term_dates: str
    organisation_id: int
    organisation_name: str
    organisation_slug: str | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many commitments of an organisation are public, done, late, and told to run."""

    published: int = 0
    done: int = 0
    late: int = 0
    running: int = 0


def late_clause(last_due: Any) -> ColumnElement[bool]:
    """Return what `is_late` says, for a query; `last_due` is the day that `last_due()` gives."""
    return and_(
        Commitment.state == "published",
        Commitment.progress.in_(RUNNING),
        Commitment.term_latest < last_due,
    )


def _counts() -> Select[*tuple[Any, ...]]:
    is_done = and_(Commitment.state == "published", Commitment.progress == "gereed")
    is_over = late_clause(bindparam("last_due"))
    is_running = and_(
        Commitment.state == "published", Commitment.progress.in_(("loopt", "vertraagd"))
    )
    counted = (Commitment.state == "published", is_done, is_over, and_(is_running, ~is_over))
    return (
        select(
            Commitment.organisation_id,
            *(func.sum(case((clause, 1), else_=0)) for clause in counted),
        )
        .where(Commitment.organisation_id.in_(bindparam("ids", expanding=True)), IS_PUBLIC)
        .group_by(Commitment.organisation_id)
    )


COUNTS = _counts()


def last_due() -> date:
    """Return the first day on which a term may end without being late today."""
    return clock.today() - timedelta(days=settings().grace_days)


def rows_of(found: Iterable[Any]) -> list[CommitmentRow]:
    """Return what lists show of rows of `ROWS`."""
    today, grace, locale = clock.today(), settings().grace_days, current_locale()
    return [_row(row, today, grace, locale) for row in found]


def _row(row: Any, today: date, grace: int, locale: str) -> CommitmentRow:
    latest = row.term_latest
    return CommitmentRow(
        id=row.id,
        slug=row.slug,
        title=row.title,
        kind=row.kind,
        kind_words=str(KINDS[row.kind]),
        state=row.state,
        progress=shown_progress(
            row.progress, latest=latest, done_on=row.done_on, has_evidence=bool(row.has_evidence)
        ),
        is_late=is_late(row.state, row.progress, latest, today=today, grace_days=grace),
        move_count=row.move_count,
        update_count=row.update_count,
        term_words=row.term_words,
        term_dates=wording.dates(row.term_earliest, latest, locale),
        organisation_id=row.organisation_id,
        organisation_name=row.organisation_name,
        organisation_slug=row.organisation_slug,
        published_at=row.published_at,
    )


def visible_clause(viewer: Person) -> ColumnElement[bool]:
    """Return which commitments `viewer` may read: the same as `can(COMMITMENT_READ)`."""
    organisations = list(viewer.roles) if viewer.is_confirmed else []
    return or_(IS_PUBLIC, Commitment.organisation_id.in_(organisations))


def latest_published(most: int) -> list[CommitmentRow]:
    """Return what was published last, the newest first."""
    return rows_of(read_rows(LATEST, most=most))


def published_of(organisation_id: int) -> list[CommitmentRow]:
    """Return every public commitment of an organisation, the first term first."""
    return rows_of(read_rows(OF_ORGANISATION, organisation_id=organisation_id))


def visible_rows_of(organisation_id: int, viewer: Person) -> list[CommitmentRow]:
    """Return what `viewer` may read of an organisation: drafts first, nothing discarded."""
    found = ROWS.where(
        Commitment.organisation_id == organisation_id,
        Commitment.state != "discarded",
        visible_clause(viewer),
    )
    is_public = case((IS_PUBLIC, 1), else_=0)
    ordered = found.order_by(is_public, Commitment.sort_latest, Commitment.id)
    return rows_of(read_rows(ordered))


def counts_by_organisation(ids: Sequence[int]) -> dict[int, Counts]:
    """Return organisation id -> counts, in one query; who has no commitments is not in it."""
    if not ids:
        return {}
    return {row[0]: Counts(*row[1:]) for row in read_rows(COUNTS, ids=ids, last_due=last_due())}
