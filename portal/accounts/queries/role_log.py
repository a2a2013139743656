"""Who was invited to a role in the vereniging, and who got or lost one."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, false, null, select, true, union_all
from sqlalchemy.orm import aliased

from portal.accounts.models import Account, StaffInvitation
from portal.core.db import read_as
from portal.services.models import HistoryRow

MOST_SHOWN = 100
_Actor = aliased(Account)

_GIVEN = (
    select(
        HistoryRow.id.label("history_id"),
        Account.name.label("name"),
        null().label("email"),
        null().label("role"),
        HistoryRow.step.label("step"),
        HistoryRow.at.label("at"),
        _Actor.name.label("actor"),
        (HistoryRow.account_id == HistoryRow.subject_id).label("is_own"),
    )
    .join(HistoryRow, HistoryRow.subject_id == Account.id)
    .outerjoin(_Actor, _Actor.id == HistoryRow.account_id)
    .where(
        HistoryRow.subject == Account.thing,
        HistoryRow.step.in_(
            ("moderator_given", "moderator_taken", "beheerder_given", "beheerder_taken")
        ),
    )
)
_INVITED = (
    select(
        HistoryRow.id,
        null(),
        StaffInvitation.email,
        StaffInvitation.role,
        HistoryRow.step,
        HistoryRow.at,
        _Actor.name,
        false(),
    )
    .join(HistoryRow, HistoryRow.subject_id == StaffInvitation.id)
    .outerjoin(_Actor, _Actor.id == HistoryRow.account_id)
    .where(HistoryRow.subject == StaffInvitation.thing)
)


class RoleLogRow(NamedTuple):
    """An act about a role in the vereniging: an invitation, or that it was given or taken."""

    history_id: int
    # Of the person who got or lost a role; None of an invitation.
    name: str | None
    # Of an invitation: the address to which it went, and the role.
    email: str | None
    role: str | None
    step: str
    at: datetime
    # None: at the installation.
    by: str | None
    # Whether who got the role took it up on an invitation.
    is_own: bool


def role_log() -> tuple[RoleLogRow, ...]:
    """Return what was done about the roles of everybody, newest first."""
    return _log(true(), true())


def role_log_of(account_id: int, email_key: str) -> tuple[RoleLogRow, ...]:
    """Return what was done about the roles of one account and its address, newest first."""
    return _log(Account.id == account_id, StaffInvitation.email_key == email_key)


def _log(
    of_account: ColumnElement[bool], of_address: ColumnElement[bool]
) -> tuple[RoleLogRow, ...]:
    acts = union_all(_GIVEN.where(of_account), _INVITED.where(of_address)).subquery()
    return read_as(RoleLogRow, select(acts).order_by(acts.c.history_id.desc()).limit(MOST_SHOWN))
