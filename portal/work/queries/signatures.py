"""Signatures on their way: what somebody must do, and for whom they wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from portal.core.columns import Moment
from portal.core.db import Columnar, read_rows
from portal.lifecycle import SignatureState
from portal.organisations.models import Organisation
from portal.services.models import HistoryRow
from portal.signatures.models import Signature
from portal.work.part import Part, part_of

TO_DO = (SignatureState.DRAFT, SignatureState.MORE_ASKED)
FOR_OTHERS = (SignatureState.AWAITING_CONFIRMATION, SignatureState.CONFIRMED)
# From so few nobody can tell how long it usually takes.
FEWEST, LOOKED_BACK = 5, 40

_Before = aliased(HistoryRow)


class SignatureRow(NamedTuple):
    """A signature that is on its way."""

    id: int
    organisation_id: int
    organisation_name: str
    state: SignatureState
    signatory_name: str
    # Of its last step.
    since: datetime


_SINCE = func.coalesce(
    select(func.max(HistoryRow.at))
    .where(
        HistoryRow.subject == Signature.thing,
        HistoryRow.subject_id == Signature.id,
        HistoryRow.to_state == Signature.state,
    )
    .correlate(Signature)
    .scalar_subquery(),
    Signature.created_at,
    type_=Moment(),
)
_SIGNATURES: Columnar = select(
    Signature.id,
    Signature.organisation_id,
    Organisation.name,
    Signature.state,
    Signature.signatory_name,
    _SINCE,
).join(Organisation, Organisation.id == Signature.organisation_id)

_BEGAN = (
    select(func.max(_Before.at, type_=Moment()))
    .where(
        _Before.subject == HistoryRow.subject,
        _Before.subject_id == HistoryRow.subject_id,
        _Before.to_state == HistoryRow.from_state,
        _Before.id < HistoryRow.id,
    )
    .scalar_subquery()
)


def _in_states(organisations: Sequence[int], states: Sequence[SignatureState]) -> Columnar:
    ours = _SIGNATURES.where(
        Signature.organisation_id.in_(organisations), Signature.state.in_(states)
    )
    return ours.order_by(_SINCE, Signature.id)


def signatures_to_do(writes: Sequence[int]) -> Part[SignatureRow]:
    """Return the signatures that their own people must finish, the oldest first."""
    return part_of(SignatureRow, _in_states(writes, TO_DO))


def signatures_to_affirm(owns: Sequence[int]) -> Part[SignatureRow]:
    """Return the signatures of the past of which an eigenaar says whether they are right."""
    return part_of(SignatureRow, _in_states(owns, (SignatureState.AWAITING_OWNER,)))


def signatures_waiting(organisations: Sequence[int]) -> Part[SignatureRow]:
    """Return the signatures that wait for somebody else, the oldest first."""
    return part_of(SignatureRow, _in_states(organisations, FOR_OTHERS))


def usual_waits() -> dict[SignatureState, timedelta]:
    """Return how long a signature usually waited in a state; states with too few are left out.

    The middle of the last that went on from it, by the log.
    """
    moved = (
        select(HistoryRow.from_state, HistoryRow.at, _BEGAN)
        .where(
            HistoryRow.subject == Signature.thing,
            HistoryRow.step.in_(("confirm", "admit")),
        )
        .order_by(HistoryRow.id.desc())
        .limit(LOOKED_BACK)
    )
    waits: dict[SignatureState, list[timedelta]] = defaultdict(list)
    for state, ended, began in read_rows(moved):
        if state is not None and began is not None:
            waits[SignatureState(state)].append(ended - began)
    return {state: _middle(each) for state, each in waits.items() if len(each) >= FEWEST}


def _middle(waits: Sequence[timedelta]) -> timedelta:
    return timedelta(seconds=median(wait.total_seconds() for wait in waits))
