"""Who got which right over an organisation, when, from whom and why: read from the log."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import aliased

from portal.accounts.models import Account
from portal.core.db import read_as, read_rows
from portal.organisations.models import (
    AccessProposal,
    AccessRequest,
    Invitation,
    Membership,
    Organisation,
    PastMembership,
)
from portal.services.models import HistoryReason, HistoryRow

MOST = 200
# How the log writes down the role of a membership.
_SAID = re.compile(r"account \d+: (\w+)")
_ALWAYS = datetime.min.replace(tzinfo=UTC)


class FormerRow(NamedTuple):
    """Somebody who belonged to an organisation."""

    membership_id: int
    name: str
    role: str
    joined_at: datetime | None
    left_at: datetime
    how: str


class RightRow(NamedTuple):
    """One act about a right: what was done, about whom, by whom (None: see actor) and why."""

    act: str
    at: datetime
    whom: str
    role: str | None
    by: str | None
    actor: str | None
    ground: str | None
    reason: str | None
    language: str | None


class _Log(NamedTuple):
    """A row of the log."""

    subject: str
    subject_id: int
    step: str
    at: datetime
    by: str | None
    actor: str | None
    ground: str | None
    reason: str | None
    language: str | None


class _Subject(NamedTuple):
    """A row that the log speaks of, and the time in which that id was its own."""

    whom: str
    role: str | None
    since: datetime = _ALWAYS
    until: datetime | None = None


_FORMER = (
    select(
        PastMembership.membership_id,
        Account.name,
        PastMembership.role,
        PastMembership.joined_at,
        PastMembership.left_at,
        PastMembership.how,
    )
    .join(Account, Account.id == PastMembership.account_id)
    .order_by(PastMembership.id.desc())
)
_NOW = select(Membership.id, Account.name, Membership.role, Membership.created_at).join(
    Account, Account.id == Membership.account_id
)
_Giver = aliased(Account)
_LOG = (
    select(
        HistoryRow.subject,
        HistoryRow.subject_id,
        HistoryRow.step,
        HistoryRow.at,
        _Giver.name.label("by"),
        HistoryRow.actor,
        HistoryRow.ground,
        HistoryReason.reason,
        HistoryReason.language,
    )
    .outerjoin(_Giver, _Giver.id == HistoryRow.account_id)
    .outerjoin(HistoryReason, HistoryReason.history_id == HistoryRow.id)
    .order_by(HistoryRow.id.desc())
)


def former_people_of(organisation_id: int) -> Sequence[FormerRow]:
    """Return who belonged to an organisation, the last who left first."""
    return read_as(FormerRow, _FORMER.where(PastMembership.organisation_id == organisation_id))


def rights_log(organisation_id: int) -> list[RightRow]:
    """Return what was done about rights over an organisation, newest first, at most MOST acts."""
    subjects = _subjects(organisation_id)
    conditions = [
        and_(HistoryRow.subject == thing, HistoryRow.subject_id.in_(sorted({n for n, _s in rows})))
        for thing, rows in subjects.items()
        if rows
    ]
    made = and_(
        HistoryRow.subject == Organisation.thing,
        HistoryRow.subject_id == organisation_id,
        HistoryRow.step.in_(("created", "entered")),
    )
    rows = read_as(_Log, _LOG.where(or_(made, *conditions)).limit(MOST))
    return [right for row in rows if (right := _right(row, subjects)) is not None]


def _right(row: _Log, subjects: Mapping[str, list[tuple[int, _Subject]]]) -> RightRow | None:
    """Return what a row of the log says; None when it is about a row elsewhere with that id."""
    whom, role, reason = row.by or "", None, row.reason
    if row.subject != Organisation.thing:
        subject = _subject_at(subjects[row.subject], row.subject_id, row.at)
        if subject is None:
            return None
        whom, role = subject.whom, subject.role
    said = _SAID.fullmatch(reason or "")
    if said is not None:
        role, reason = said[1], None
    act = f"{row.subject}:{row.step}"
    return RightRow(act, row.at, whom, role, row.by, row.actor, row.ground, reason, row.language)


def _subject_at(
    known: Sequence[tuple[int, _Subject]], number: int, at: datetime
) -> _Subject | None:
    """Return whose row had this id at a moment: a database may give the last id away again."""
    for own, subject in known:
        is_after = subject.until is not None and at > subject.until
        if own == number and at >= subject.since and not is_after:
            return subject
    return None


def _subjects(organisation_id: int) -> Mapping[str, list[tuple[int, _Subject]]]:
    """Return thing -> id and what it is, for everything that the log may speak of."""
    former = [
        (row.membership_id, _Subject(row.name, row.role, row.joined_at or _ALWAYS, row.left_at))
        for row in former_people_of(organisation_id)
    ]
    now = [
        (row.id, _Subject(row.name, row.role, row.created_at))
        for row in read_rows(_NOW.where(Membership.organisation_id == organisation_id))
    ]
    return {
        Membership.thing: former + now,
        Invitation.thing: _named(
            select(Invitation.id, Invitation.email, Invitation.role).where(
                Invitation.organisation_id == organisation_id
            )
        ),
        AccessProposal.thing: _named(
            select(AccessProposal.id, AccessProposal.email, AccessProposal.role).where(
                AccessProposal.organisation_id == organisation_id
            )
        ),
        AccessRequest.thing: _requesters(organisation_id),
    }


def _requesters(organisation_id: int) -> list[tuple[int, _Subject]]:
    query = (
        select(AccessRequest.id, Account.name)
        .join(Account, Account.id == AccessRequest.author_id)
        .where(AccessRequest.organisation_id == organisation_id)
    )
    return [(row.id, _Subject(row.name, None)) for row in read_rows(query)]


def _named(query: Select[int, str, str]) -> list[tuple[int, _Subject]]:
    return [(number, _Subject(email, role)) for number, email, role in read_rows(query)]
