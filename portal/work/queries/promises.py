"""The promises of organisations that ask for something: a message, or to be published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select

from portal.commitments.models import Commitment
from portal.commitments.queries.standing import FIRST_TERM
from portal.commitments.saying import Said, said_of
from portal.commitments.standing import UNFINISHED, quiet_before
from portal.core.db import Columnar
from portal.lifecycle import CommitmentState
from portal.organisations.models import Organisation
from portal.work.part import Part, part_of

# How long before its last day a term is somebody's work.
NEAR = timedelta(days=60)


class PromiseRow(NamedTuple):
    """A promise that runs, with what `said_of` asks of it."""

    id: int
    title: str
    # Of the title.
    language: str
    organisation_id: int
    organisation_name: str
    state: str
    progress: str
    term_latest: date | None
    news_on: date | None
    move_count: int
    first_words: str | None
    first_earliest: date | None
    first_latest: date | None

    def said(self, on: date, grace_days: int) -> Said:
        """Return what is said of it: how late, or how long is left."""
        return said_of(self, on, grace_days)


class DraftRow(NamedTuple):
    """A promise that is not published yet."""

    id: int
    title: str
    # Of the title.
    language: str
    organisation_id: int
    organisation_name: str
    updated_at: datetime


_OF = (Commitment.organisation_id, Organisation.name)
_PROMISES: Columnar = select(
    Commitment.id,
    Commitment.title,
    Commitment.language,
    *_OF,
    Commitment.state,
    Commitment.progress,
    Commitment.term_latest,
    Commitment.news_on,
    Commitment.move_count,
    *FIRST_TERM,
).join(Organisation, Organisation.id == Commitment.organisation_id)
_DRAFTS: Columnar = select(
    Commitment.id, Commitment.title, Commitment.language, *_OF, Commitment.updated_at
).join(Organisation, Organisation.id == Commitment.organisation_id)


def _running(organisations: Sequence[int], clause: ColumnElement[bool]) -> Columnar:
    runs = and_(Commitment.state == CommitmentState.PUBLISHED, Commitment.progress.in_(UNFINISHED))
    return _PROMISES.where(Commitment.organisation_id.in_(organisations), runs, clause)


def due_promises(organisations: Sequence[int], *, on: date) -> Part[PromiseRow]:
    """Return those whose term is near or over, the longest over first."""
    due = _running(organisations, Commitment.term_latest <= on + NEAR)
    return part_of(PromiseRow, due.order_by(Commitment.sort_latest, Commitment.id))


def quiet_promises(organisations: Sequence[int], *, on: date) -> Part[PromiseRow]:
    """Return those without news for a year whose term is far away, the longest quiet first."""
    is_far = or_(Commitment.term_latest.is_(None), Commitment.term_latest > on + NEAR)
    quiet = _running(organisations, and_(is_far, Commitment.news_on < quiet_before(on)))
    return part_of(PromiseRow, quiet.order_by(Commitment.news_on, Commitment.id))


def drafts_of(organisations: Sequence[int]) -> Part[DraftRow]:
    """Return the promises that were never published, the one that was touched last first."""
    drafts = _DRAFTS.where(
        Commitment.organisation_id.in_(organisations), Commitment.state == CommitmentState.DRAFT
    )
    return part_of(DraftRow, drafts.order_by(Commitment.updated_at.desc(), Commitment.id.desc()))
