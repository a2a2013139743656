"""Commitments as rows of lists."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, case, or_, select

from portal.commitments.models import Commitment, Update
from portal.commitments.queries.standing import (
    FIRST_TERM,
    IS_PUBLIC,
    TODAY,
    Columns,
    columns_on,
)
from portal.commitments.saying import said_of
from portal.commitments.standing import (
    Progress,
    shown_move,
    shown_progress,
)
from portal.commitments.words import KINDS
from portal.core.db import Columnar, read_as
from portal.core.i18n import current_locale
from portal.lifecycle import CommitmentState
from portal.lifecycle.claims import TAKEN_OVER, EnteredAs, Stance
from portal.organisations.models import Organisation
from portal.policy import Person
from portal.terms import wording

_DONE_SOURCE = (
    select(Update.source_title)
    .where(
        Update.commitment_id == Commitment.id,
        Update.entered_as == EnteredAs.VERENIGING,
        Update.retracted_at.is_(None),
        Update.hidden_at.is_(None),
    )
    .order_by(Update.told_on.desc(), Update.id.desc())
    .limit(1)
    .correlate(Commitment)
    .scalar_subquery()
)

# `Stored` begins with these six, and a row of a list does too.
_NAMED = (
    Commitment.id,
    Commitment.slug,
    Commitment.short_number,
    Commitment.title,
    Commitment.language,
    Commitment.kind,
)
_WHOSE = (
    Commitment.entered_as,
    Commitment.stance,
    Commitment.stance_at,
    Commitment.stance_reason,
    Commitment.source_title,
    Commitment.source_url,
)

# As `Commitment.is_of_vereniging` says it.
IS_OF_VERENIGING = and_(
    Commitment.entered_as == EnteredAs.VERENIGING,
    or_(Commitment.stance.is_(None), Commitment.stance.not_in(TAKEN_OVER)),
)


class Stored(NamedTuple):
    """What `rows_from` selects, in its order."""

    id: int
    slug: str | None
    short_number: int | None
    title: str
    language: str
    kind: str
    state: str
    progress: str
    term_words: str
    term_language: str
    term_earliest: date | None
    term_latest: date | None
    move_count: int
    earlier_count: int
    update_count: int
    done_on: date | None
    news_on: date | None
    first_words: str | None
    first_earliest: date | None
    first_latest: date | None
    published_at: datetime | None
    has_evidence: bool
    entered_as: EnteredAs
    stance: Stance | None
    stance_at: datetime | None
    stance_reason: str | None
    source_title: str
    source_url: str | None
    done_source: str | None
    organisation_id: int
    organisation_name: str
    organisation_slug: str | None
    is_hidden: bool
    is_frozen: bool


class CommitmentRow(NamedTuple):
    """One commitment in a list, as `commitments/_rows.html` shows it."""

    id: int
    slug: str | None
    # None for a draft.
    short_number: int | None
    title: str
    # Of the title.
    language: str
    kind: str
    kind_words: str
    state: str
    # A word that the component `status` knows, being done in time and with evidence included.
    progress: str
    # "11 maanden te laat"; "" while it is not late.
    late_words: str
    # "nog 12 dagen"; "" for what is late, has no date or is over.
    left_words: str
    # Whether there is no news of the signatory for a year.
    is_quiet: bool
    # A word that the component `status` knows; "" for a term that was never moved.
    move: str
    # "2 keer, eerst begin oktober 2019".
    moved_words: str
    update_count: int
    # As promised; "" when nothing was written.
    term_words: str
    term_language: str
    # What was understood, in the language of the page; "" without a date.
    term_dates: str
    # Whose word it is, as the component `said_by` shows it.
    entered_as: EnteredAs
    stance: Stance | None
    stance_at: datetime | None
    stance_reason: str | None
    source_title: str
    source_url: str | None
    # The title of the source that says that it is done; None where none does.
    done_source: str | None
    organisation_id: int
    organisation_name: str
    organisation_slug: str | None
    published_at: datetime | None
    # Only its own people have a hidden one in a list.
    is_hidden: bool
    # The vereniging looks into a report about its organisation.
    is_frozen: bool

    @property
    def is_late(self) -> bool:
        """Whether the term and the grace after it have passed while it is not done."""
        return bool(self.late_words)


def done_source(columns: Columns = TODAY) -> ColumnElement[str | None]:
    """Return the title of the source that says that a commitment is done; NULL for any other."""
    return case((columns.progress == Progress.DONE_BY_SOURCE, _DONE_SOURCE))


def rows_from(columns: Columns) -> Columnar:
    """Return the select of what lists show, for `rows_of`; `columns` say how each stands."""
    return select(
        *_NAMED,
        columns.state,
        columns.progress,
        columns.term_words,
        columns.term_language,
        columns.term_earliest,
        columns.term_latest,
        columns.move_count,
        columns.earlier_count,
        Commitment.update_count,
        columns.done_on,
        columns.news_on,
        *FIRST_TERM,
        Commitment.published_at,
        columns.has_evidence.label("has_evidence"),
        *_WHOSE,
        done_source(columns).label("done_source"),
        Commitment.organisation_id,
        Organisation.name.label("organisation_name"),
        Organisation.slug.label("organisation_slug"),
        Commitment.hidden_at.is_not(None).label("is_hidden"),
        Organisation.frozen_at.is_not(None).label("is_frozen"),
    ).join(Organisation, Organisation.id == Commitment.organisation_id)


_ROWS = rows_from(TODAY)
_LATEST = (
    _ROWS.where(Commitment.state == CommitmentState.PUBLISHED, Commitment.hidden_at.is_(None))
    .order_by(Commitment.published_at.desc(), Commitment.id.desc())
    .limit(bindparam("most"))
)
_FIRST_TERM = (Commitment.sort_group, Commitment.sort_latest, Commitment.sort_earliest)
_OF_ORGANISATION = _ROWS.where(
    Commitment.organisation_id == bindparam("organisation_id"), IS_PUBLIC
).order_by(*_FIRST_TERM, Commitment.id)


def rows_of(query: Columnar, on: date, grace_days: int, **values: object) -> list[CommitmentRow]:
    """Return what lists show of a select that `rows_from` began."""
    locale = current_locale()
    return [_row(row, on, grace_days, locale) for row in read_as(Stored, query, **values)]


def _row(row: Stored, on: date, grace_days: int, locale: str) -> CommitmentRow:
    return CommitmentRow(
        *row[:6],
        kind_words=str(KINDS[row.kind]),
        state=row.state,
        progress=_shown_progress(row),
        **said_of(row, on, grace_days)._asdict(),
        move=shown_move(row.move_count, row.earlier_count),
        update_count=row.update_count,
        term_words=row.term_words,
        term_language=row.term_language,
        term_dates=wording.dates(row.term_earliest, row.term_latest, locale),
        entered_as=row.entered_as,
        stance=row.stance,
        stance_at=row.stance_at,
        stance_reason=row.stance_reason,
        source_title=row.source_title,
        source_url=row.source_url,
        done_source=row.done_source,
        organisation_id=row.organisation_id,
        organisation_name=row.organisation_name,
        organisation_slug=row.organisation_slug,
        published_at=row.published_at,
        is_hidden=bool(row.is_hidden),
        is_frozen=bool(row.is_frozen),
    )


def _shown_progress(row: Stored) -> str:
    return shown_progress(
        row.progress,
        latest=row.term_latest,
        done_on=row.done_on,
        has_evidence=bool(row.has_evidence),
    )


def visible_clause(viewer: Person) -> ColumnElement[bool]:
    """Return the condition that `viewer` may read a commitment, as `can(COMMITMENT_READ)` says."""
    organisations = list(viewer.roles) if viewer.is_confirmed else []
    own = Commitment.organisation_id.in_(organisations)
    if not (viewer.is_confirmed and viewer.is_moderator):
        return or_(IS_PUBLIC, own)
    is_outside = Commitment.organisation_id.not_in(list(viewer.ties))
    return or_(IS_PUBLIC, own, and_(IS_OF_VERENIGING, is_outside))


def latest_published(most: int, *, on: date, grace_days: int) -> list[CommitmentRow]:
    """Return the `most` commitments that were published last, the newest first."""
    return rows_of(_LATEST, on, grace_days, most=most)


def published_of(
    organisation_id: int, *, on: date, grace_days: int, is_past: bool = False
) -> list[CommitmentRow]:
    """Return every public commitment of an organisation: what runs, the first term first.

    `on` is today; with `is_past`, they are shown as they stood on that day, in today's order.
    """
    if is_past:
        columns = columns_on(on)
        of_it = rows_from(columns).where(
            Commitment.organisation_id == organisation_id, columns.is_public
        )
        return rows_of(of_it.order_by(*_FIRST_TERM, Commitment.id), on, grace_days)
    return rows_of(_OF_ORGANISATION, on, grace_days, organisation_id=organisation_id)


def visible_rows_of(
    organisation_id: int, viewer: Person, *, on: date, grace_days: int
) -> list[CommitmentRow]:
    """Return what `viewer` may read of an organisation: drafts first, nothing discarded."""
    readable = _ROWS.where(
        Commitment.organisation_id == organisation_id,
        Commitment.state != CommitmentState.DISCARDED,
        visible_clause(viewer),
    )
    is_public = case((IS_PUBLIC, 1), else_=0)
    ordered = readable.order_by(is_public, Commitment.sort_latest, Commitment.id)
    return rows_of(ordered, on, grace_days)
