"""Proposals of public organisations to change who they are, and what each would change."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select
from werkzeug.exceptions import NotFound

from portal.accounts.models import Account
from portal.core.db import db, read_as
from portal.lifecycle import ProposalState
from portal.organisations.identity import FIELDS, LABELS, Value
from portal.organisations.models import IdentityProposal, Organisation, OrganisationKind
from portal.organisations.queries.kinds import kind_name
from portal.services.models import HistoryReason, HistoryRow

OPEN = (ProposalState.PENDING, ProposalState.CHANGE_ASKED)
MOST_PLACED = 50


class ChangeRow(NamedTuple):
    """One field of a proposal: its label, what stands, and what is to stand."""

    field: str
    label: str
    old: str
    new: str

    @property
    def is_changed(self) -> bool:
        return self.old != self.new


class ProposalRow(NamedTuple):
    """A proposal of an organisation: who made it, what became of it, and why."""

    id: int
    organisation_id: int
    organisation_name: str
    state: ProposalState
    old: dict[str, Value]
    new: dict[str, Value]
    renamed_on: date | None
    note: str
    language: str
    source_url: str | None
    created_at: datetime
    author_id: int | None
    author_name: str | None
    # The last step with it: when, by whom, on which ground and why.
    at: datetime
    by: str | None
    ground: str | None
    reason: str | None
    reason_language: str | None

    @property
    def concerned_organisation_ids(self) -> tuple[int, ...]:
        return (self.organisation_id,)

    @property
    def concerned_emails(self) -> tuple[str, ...]:
        return ()


_LAST = (
    select(HistoryRow.subject_id, func.max(HistoryRow.id).label("history_id"))
    .where(HistoryRow.subject == IdentityProposal.thing)
    .group_by(HistoryRow.subject_id)
    .subquery()
)
_AUTHOR, _MOVER = Account.__table__.alias("author"), Account.__table__.alias("mover")
_ROWS = (
    select(
        IdentityProposal.id,
        IdentityProposal.organisation_id,
        Organisation.name,
        IdentityProposal.state,
        IdentityProposal.old,
        IdentityProposal.new,
        IdentityProposal.renamed_on,
        IdentityProposal.note,
        IdentityProposal.language,
        IdentityProposal.source_url,
        IdentityProposal.created_at,
        IdentityProposal.author_id,
        _AUTHOR.c.name.label("author_name"),
        HistoryRow.at,
        _MOVER.c.name.label("mover_name"),
        HistoryRow.ground,
        HistoryReason.reason,
        HistoryReason.language.label("reason_language"),
    )
    .join(Organisation, Organisation.id == IdentityProposal.organisation_id)
    .join(_LAST, _LAST.c.subject_id == IdentityProposal.id)
    .join(HistoryRow, HistoryRow.id == _LAST.c.history_id)
    .outerjoin(HistoryReason, HistoryReason.history_id == HistoryRow.id)
    .outerjoin(_AUTHOR, _AUTHOR.c.id == IdentityProposal.author_id)
    .outerjoin(_MOVER, _MOVER.c.id == HistoryRow.account_id)
    .order_by(IdentityProposal.id.desc())
)


def get_proposal(proposal_id: int) -> IdentityProposal:
    """Return a proposal, or 404."""
    proposal = db.session.get(IdentityProposal, proposal_id)
    if proposal is None:
        raise NotFound
    return proposal


def find_open_proposal(organisation_id: int) -> IdentityProposal | None:
    """Return the proposal that waits for a moderator or came back to be changed, None without."""
    query = select(IdentityProposal).where(
        IdentityProposal.organisation_id == organisation_id, IdentityProposal.state.in_(OPEN)
    )
    return db.session.scalars(query).first()


def newest_placed_proposal(organisation_id: int) -> IdentityProposal | None:
    """Return the proposal that was placed last and not set back, None without one."""
    query = select(IdentityProposal).where(
        IdentityProposal.organisation_id == organisation_id,
        IdentityProposal.state == ProposalState.PLACED,
    )
    # Only one is open at a time: the one that was made last was placed last.
    return db.session.scalars(query.order_by(IdentityProposal.id.desc()).limit(1)).first()


def proposals_of(organisation_id: int) -> list[ProposalRow]:
    """Return every proposal of an organisation, the newest first."""
    query = _ROWS.where(IdentityProposal.organisation_id == organisation_id)
    return list(read_as(ProposalRow, query))


def open_proposal_row(organisation_id: int) -> ProposalRow | None:
    """Return the proposal that waits or came back, with who made it; None without one."""
    query = _ROWS.where(
        IdentityProposal.organisation_id == organisation_id, IdentityProposal.state.in_(OPEN)
    )
    return next(iter(read_as(ProposalRow, query)), None)


def placed_proposals() -> list[ProposalRow]:
    """Return the fifty proposals that were placed last, or set back since; the newest first."""
    states = (ProposalState.PLACED, ProposalState.SET_BACK)
    query = _ROWS.where(IdentityProposal.state.in_(states))
    newest = query.order_by(None).order_by(
        IdentityProposal.decided_at.desc(), IdentityProposal.id.desc()
    )
    return list(read_as(ProposalRow, newest.limit(MOST_PLACED)))


def changes_of(old: dict[str, Value], new: dict[str, Value], locale: str) -> list[ChangeRow]:
    """Return every field of a proposal that is filled in on either side, kinds by their names."""
    rows = [
        ChangeRow(name, str(LABELS[name]), _words(name, old, locale), _words(name, new, locale))
        for name in FIELDS
    ]
    return [row for row in rows if row.old or row.new]


def _words(name: str, values: dict[str, Value], locale: str) -> str:
    value = values[name]
    if name != "kind_id":
        return str(value or "")
    kind = db.session.get(OrganisationKind, value)
    return kind_name(kind, locale) if kind is not None else str(value)
