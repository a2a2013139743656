"""What signatories did with the promises of a rappel since they were asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import and_, bindparam, func, select

from portal.commitments.models import Commitment, Prognosis, TermMove, Update
from portal.commitments.queries.reminding import IS_OWN
from portal.commitments.standing import Progress
from portal.core.columns import Moment
from portal.core.db import Columnar, read_rows
from portal.lifecycle import CommitmentState
from portal.lifecycle.claims import EnteredAs
from portal.rappels.models import Rappel, RappelPromise
from portal.rappels.outcomes import Answer, Outcome, newest
from portal.services.models import HistoryRow

_OF_RAPPEL = RappelPromise.rappel_id == bindparam("rappel_id")
_UPDATES: Columnar = (
    select(Update.commitment_id, Update.created_at, Update.progress)
    .join(RappelPromise, RappelPromise.commitment_id == Update.commitment_id)
    .where(_OF_RAPPEL, Update.retracted_at.is_(None), IS_OWN)
)
_MOVES: Columnar = (
    select(TermMove.commitment_id, TermMove.moved_at)
    .join(RappelPromise, RappelPromise.commitment_id == TermMove.commitment_id)
    .where(_OF_RAPPEL, TermMove.entered_as == EnteredAs.SIGNATORY)
)
_PROGNOSES: Columnar = (
    select(Prognosis.commitment_id, Prognosis.created_at)
    .join(RappelPromise, RappelPromise.commitment_id == Prognosis.commitment_id)
    .where(_OF_RAPPEL, Prognosis.recalled_at.is_(None))
)
_TAKEN_BACK: Columnar = (
    select(Commitment.id, func.max(HistoryRow.at, type_=Moment()))
    .join(RappelPromise, RappelPromise.commitment_id == Commitment.id)
    .join(
        HistoryRow,
        and_(
            HistoryRow.subject == Commitment.thing,
            HistoryRow.subject_id == Commitment.id,
            HistoryRow.step.in_(("withdraw", "close")),
        ),
    )
    .where(_OF_RAPPEL, Commitment.state == CommitmentState.WITHDRAWN)
    .group_by(Commitment.id)
)


def answers_to(rappel: Rappel) -> Mapping[int, Answer]:
    """Return the last answer to a rappel of each promise that has one, by its number."""
    given: dict[int, list[Answer]] = defaultdict(list)
    for number, answer in _all(rappel.id):
        given[number].append(answer)
    found = {number: newest(answers, rappel.went_at) for number, answers in given.items()}
    return {number: answer for number, answer in found.items() if answer is not None}


def _all(rappel_id: int) -> Iterator[tuple[int, Answer]]:
    for number, at, progress in read_rows(_UPDATES, rappel_id=rappel_id):
        is_done = progress == Progress.DONE
        yield number, Answer(Outcome.FINISHED if is_done else Outcome.PROGRESS, at)
    for query, outcome in (
        (_MOVES, Outcome.MOVED),
        (_PROGNOSES, Outcome.PROGNOSIS),
        (_TAKEN_BACK, Outcome.TAKEN_BACK),
    ):
        yield from _dated(query, outcome, rappel_id)


def _dated(query: Columnar, outcome: Outcome, rappel_id: int) -> Iterator[tuple[int, Answer]]:
    rows: list[tuple[int, datetime]] = [tuple(row) for row in read_rows(query, rappel_id=rappel_id)]
    for number, at in rows:
        yield number, Answer(outcome, at)
