"""Whom to remind of what: the running promises of signatories, with the people who write there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select

from portal.accounts.models import Account
from portal.commitments.models import Commitment, SentReminder, TermMove, Update
from portal.commitments.schedule import (
    FIRST,
    KEPT_FOR,
    MONTHLY,
    Promise,
    Reminder,
    due_reminder,
    months_after,
)
from portal.commitments.standing import UNFINISHED
from portal.core import clock
from portal.core.columns import Moment
from portal.core.db import Columnar, read_as, read_rows
from portal.lifecycle import CommitmentState, SignatureState
from portal.lifecycle.claims import TAKEN_OVER, EnteredAs
from portal.organisations.models import Membership, Organisation
from portal.policy import WRITERS, editor_of_organisation
from portal.signatures.models import Signature

# So many promises are looked at together.
BATCH = 200


class RunningRow(NamedTuple):
    """A promise that runs, of an organisation that is a signatory."""

    id: int
    slug: str
    title: str
    organisation_id: int
    organisation_name: str
    term_words: str
    term_language: str
    term_earliest: date | None
    term_latest: date | None
    state: str
    progress: str
    published_at: datetime
    moved_at: datetime | None
    stance_at: datetime | None
    reported_at: datetime | None
    news_on: date | None

    @property
    def promise(self) -> Promise:
        """What counts for its reminders."""
        moments = (self.published_at, self.moved_at, self.stance_at)
        since = max(moment for moment in moments if moment is not None)
        return Promise(self.term_latest, since, self.reported_at, self.news_on)


class WriterRow(NamedTuple):
    """Somebody who writes for an organisation, and since when."""

    organisation_id: int
    account_id: int
    name: str
    email: str
    locale: str
    joined_at: datetime


class Due(NamedTuple):
    """A reminder for one person of one promise."""

    row: RunningRow
    reminder: Reminder


_MOVED_AT = (
    select(func.max(TermMove.moved_at, type_=Moment()))
    .where(TermMove.commitment_id == Commitment.id)
    .correlate(Commitment)
    .scalar_subquery()
)
# What the signatory says itself, or took over.
IS_OWN = or_(Update.entered_as == EnteredAs.SIGNATORY, Update.stance.in_(TAKEN_OVER))
_REPORTED_AT = (
    select(func.max(Update.created_at, type_=Moment()))
    .where(Update.commitment_id == Commitment.id, Update.retracted_at.is_(None), IS_OWN)
    .correlate(Commitment)
    .scalar_subquery()
)
_IS_SIGNATORY = exists().where(
    Signature.organisation_id == Commitment.organisation_id,
    Signature.state == SignatureState.ADMITTED,
)
_PROMISES: Columnar = (
    select(
        Commitment.id,
        Commitment.slug,
        Commitment.title,
        Commitment.organisation_id,
        Organisation.name,
        Commitment.term_words,
        Commitment.term_language,
        Commitment.term_earliest,
        Commitment.term_latest,
        Commitment.state,
        Commitment.progress,
        Commitment.published_at,
        _MOVED_AT,
        Commitment.stance_at,
        _REPORTED_AT,
        Commitment.news_on,
    )
    .join(Organisation, Organisation.id == Commitment.organisation_id)
    .where(
        Commitment.state == CommitmentState.PUBLISHED,
        Commitment.hidden_at.is_(None),
        Commitment.progress.in_(UNFINISHED),
        # Nobody can write for one that is frozen.
        Organisation.frozen_at.is_(None),
        _IS_SIGNATORY,
    )
    .order_by(Commitment.id)
)
_RUNNING: Columnar = _PROMISES.where(Commitment.id > bindparam("after")).limit(BATCH)
_UNTIL: Columnar = _PROMISES.where(Commitment.term_latest <= bindparam("until"))
_AGAIN: Columnar = _PROMISES.where(Commitment.id.in_(bindparam("ids", expanding=True)))
_WRITERS: Columnar = (
    select(
        Membership.organisation_id,
        Account.id,
        Account.name,
        Account.email,
        Account.locale,
        Membership.created_at,
    )
    .join(Account, Account.id == Membership.account_id)
    .where(
        Membership.organisation_id.in_(bindparam("organisations", expanding=True)),
        Membership.role.in_([str(role) for role in WRITERS[editor_of_organisation]]),
        Account.confirmed_at.is_not(None),
        Account.blocked_at.is_(None),
    )
    .order_by(Account.id)
)
_SENT = select(
    SentReminder.commitment_id,
    SentReminder.account_id,
    SentReminder.about,
    SentReminder.occasion,
).where(SentReminder.commitment_id.in_(bindparam("commitments", expanding=True)))
_TODAY = select(SentReminder.account_id).where(SentReminder.sent_on == bindparam("on")).distinct()


def due_by_person(*, on: date, grace_days: int) -> Mapping[WriterRow, Sequence[Due]]:
    """Return what each person is to be reminded of on `on`, who got no reminder that day yet."""
    found: dict[int, list[Due]] = defaultdict(list)
    people: dict[int, WriterRow] = {}
    told = {row[0] for row in read_rows(_TODAY, on=on)}
    for batch in _batches(on, grace_days):
        for writer, due in _for_people(batch):
            if writer.account_id not in told:
                people.setdefault(writer.account_id, writer)
                found[writer.account_id].append(due)
    return {people[number]: sorted(dues, key=_urgency) for number, dues in found.items()}


def running_until(until: date) -> Sequence[RunningRow]:
    """Return the promises that run and end on `until` at the latest, those that passed as well."""
    rows = read_as(RunningRow, _UNTIL, until=until)
    return sorted(rows, key=lambda row: (row.term_latest or until, row.id))


def writers_for(organisation_ids: Sequence[int]) -> Sequence[WriterRow]:
    """Return who writes for these organisations and gets mail, in the order of their accounts."""
    return read_as(WriterRow, _WRITERS, organisations=organisation_ids)


def still_due(dues: Sequence[Due], *, on: date, grace_days: int) -> list[Due]:
    """Return those of some reminders that are due as it is now, each with its promise of now."""
    rows = {row.id: row for row in read_as(RunningRow, _AGAIN, ids=[due.row.id for due in dues])}
    return [
        Due(rows[due.row.id], due.reminder)
        for due in dues
        if due.row.id in rows
        and due_reminder(rows[due.row.id].promise, on, grace_days) == due.reminder
    ]


def not_told(dues: Sequence[Due]) -> list[Due]:
    """Return those of some reminders of which nobody was reminded yet."""
    numbers = [due.row.id for due in dues]
    sent = {
        (number, about, occasion)
        for number, _account, about, occasion in read_rows(_SENT, commitments=numbers)
    }
    keys = [(due.row.id, due.reminder.about, due.reminder.occasion) for due in dues]
    return [due for due, key in zip(dues, keys, strict=True) if key not in sent]


def _urgency(due: Due) -> tuple[date, int]:
    return due.reminder.about, due.row.id


def _batches(on: date, grace_days: int) -> Iterator[list[Due]]:
    """Give the promises of which a reminder is due, so many at a time."""
    after = 0
    query = _RUNNING.where(_may_be_due(on, grace_days))
    while rows := read_as(RunningRow, query, after=after):
        after = rows[-1].id
        reminders = ((row, due_reminder(row.promise, on, grace_days)) for row in rows)
        yield [Due(row, reminder) for row, reminder in reminders if reminder is not None]


def _may_be_due(on: date, grace_days: int) -> ColumnElement[bool]:
    """Return the condition without which no reminder can be due: not every promise is read."""
    first = months_after(on - KEPT_FOR - timedelta(days=grace_days), -len(MONTHLY))
    is_near = Commitment.term_latest.between(first - timedelta(days=1), on + FIRST)
    is_old = and_(
        Commitment.term_latest.is_(None),
        Commitment.published_at < clock.end_of(months_after(on, -12)),
    )
    return or_(is_near, is_old)


def _for_people(dues: Sequence[Due]) -> Iterator[tuple[WriterRow, Due]]:
    """Give each of these reminders with everybody who did not get it yet."""
    if not dues:
        return
    sent = {tuple(row) for row in read_rows(_SENT, commitments=[due.row.id for due in dues])}
    writers = defaultdict(list)
    organisations = sorted({due.row.organisation_id for due in dues})
    for writer in writers_for(organisations):
        writers[writer.organisation_id].append(writer)
    for due in dues:
        for writer in writers[due.row.organisation_id]:
            key = (due.row.id, writer.account_id, due.reminder.about, due.reminder.occasion)
            is_new = clock.day_of(writer.joined_at) > due.reminder.due_on
            if key not in sent and not is_new:
                yield writer, due
