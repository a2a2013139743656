"""The one mover of states, and the log that it writes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVarTuple

from sqlalchemy import Row, Select, insert, select
from sqlalchemy.orm.attributes import set_attribute
from sqlalchemy.sql.selectable import TypedReturnsRows

from portal.core import clock
from portal.core.db import connection, db, lock_row, row_id
from portal.core.errors import ReasonMissing, StepNotOpen
from portal.lifecycle import SAME, Recorded, Stateful, Step, is_open_for, step_of
from portal.policy import Person
from portal.services.models import HistoryReason, HistoryRow

ADD = insert(HistoryRow)
ADD_WITH_REASON = ADD.returning(HistoryRow.id)
ADD_REASON = insert(HistoryReason)

Columns = TypeVarTuple("Columns")


def reason_hash(reason: str) -> str:
    """Return the fingerprint of a reason that stays in the log: SHA-256 over its UTF-8."""
    return hashlib.sha256(reason.encode()).hexdigest()


def _write(
    thing: str, number: int, step: str, *, by: Person | None, reason: str | None, **more: str | None
) -> None:
    """Write the row past the session, which nothing gains by it: no history row ever changes."""
    values = {
        "subject": thing,
        "subject_id": number,
        "step": step,
        "account_id": by.id if by is not None else None,
        "at": clock.now(),
        "reason_sha256": reason_hash(reason) if reason else None,
        **more,
    }
    if not reason:
        connection().execute(ADD, values)
        return
    history_id = connection().execute(ADD_WITH_REASON, values).scalar_one()
    connection().execute(ADD_REASON, {"history_id": history_id, "reason": reason})


def _log(
    item: Recorded,
    step: Step,
    from_state: str | None,
    by: Person | None,
    actor: str | None,
    ground: str | None,
    reason: str | None,
) -> None:
    _write(
        item.thing,
        row_id(item),
        step.name,
        by=by,
        from_state=from_state,
        to_state=from_state if step.target is SAME else step.target,
        actor=actor,
        ground=ground or None,
        reason=reason or None,
    )


def create(
    item: Stateful, step_name: str, *, by: Person | None, actor: str | None = None, reason: str = ""
) -> None:
    """Give a new `item` its first state and write the history row of its making."""
    step = step_of(item.thing, step_name)
    set_attribute(item, "state", _first_state(step))
    db.session.add(item)
    db.session.flush()
    _log(item, step, None, by, actor, None, reason)


def create_row(
    adding: TypedReturnsRows[*Columns],
    thing: str,
    step_name: str,
    *,
    by: Person | None,
    **values: object,
) -> Row[*Columns]:
    """Insert a row past the session, as `create` does with an object; return what `adding` returns.

    For what is made often: an object takes several times as long. `adding` is an insert; it gets
    `values` and the first state, and must return the `id` of the new row.
    """
    step = step_of(thing, step_name)
    state = _first_state(step)
    row = connection().execute(adding, {**values, "state": state}).one()
    nothing = {"from_state": None, "actor": None, "ground": None, "reason": None}
    _write(thing, row.id, step.name, by=by, to_state=state, **nothing)
    return row


def _first_state(step: Step) -> StrEnum:
    if step.target is SAME:
        raise ValueError(f"{step.name} gives a {step.thing} no first state")
    return step.target


def hold(item: Recorded, step_name: str, *, reason: str = "") -> Step:
    """Lock `item`, look again, and return the step when it can be taken or recorded now.

    Raises StepNotOpen when somebody else was first, ReasonMissing without a reason where the
    table asks for one, and KeyError for a step that the table does not know. An action that
    changes something before it is recorded begins with this.
    """
    step = step_of(item.thing, step_name)
    if step.sources or step.hides is not None:
        lock_row(item)
    if not is_open_for(step, item):
        raise StepNotOpen(item, step_name)
    if step.needs_reason and not reason.strip():
        raise ReasonMissing
    return step


def hold_if_open(item: Stateful, step_name: str) -> bool:
    """Lock `item`, look again, and return whether the step can be taken now.

    For what follows from another act: somebody else may have settled it just before.
    """
    lock_row(item)
    return is_open_for(step_of(item.thing, step_name), item)


def advance(
    item: Stateful,
    step_name: str,
    *,
    by: Person | None,
    actor: str | None = None,
    ground: str = "",
    reason: str = "",
) -> None:
    """Take the step: lock, look again, set the state, write one history row.

    Raises what `hold` raises. Whether `by` may take it has been decided at the door.
    """
    step = hold(item, step_name, reason=reason)
    if step.target is SAME:
        raise ValueError(f"{step_name} moves a {item.thing} nowhere: it is recorded")
    from_state = item.state
    set_attribute(item, "state", step.target)
    _log(item, step, from_state, by, actor, ground, reason.strip())


def record(
    item: Recorded,
    act: str,
    *,
    by: Person | None,
    actor: str | None = None,
    ground: str = "",
    reason: str = "",
) -> None:
    """Write a history row of an act that moves no state: an edit, a moved term, a new role.

    Raises what `hold` raises.
    """
    step = hold(item, act, reason=reason)
    if step.target is not SAME:
        raise ValueError(f"{act} moves a {item.thing}: it is a step to take")
    _log(item, step, getattr(item, "state", None), by, actor, ground, reason.strip())


def history_of(thing: str, subject_id: int) -> list[HistoryRow]:
    """Return the rows of one thing, oldest first."""
    return list(db.session.scalars(_rows_of(thing, subject_id).order_by(HistoryRow.id)))


def last_row(thing: str, subject_id: int, step: str = "") -> HistoryRow | None:
    """Return the latest row of one thing, or its latest of one step; None without any."""
    query = _rows_of(thing, subject_id).order_by(HistoryRow.id.desc()).limit(1)
    if step:
        query = query.where(HistoryRow.step == step)
    return db.session.scalars(query).first()


def is_repeated(thing: str, subject_id: int, step: str, *, by: Person) -> bool:
    """Return whether the step that is refused now was taken last, by the same person.

    What the refused act changed before it was refused is forgotten.
    """
    db.session.rollback()
    last = last_row(thing, subject_id)
    return last is not None and (last.step, last.account_id) == (step, by.id)


def acted_since(decision_id: int, account_id: int, *, but: Sequence[str]) -> bool:
    """Return whether an account did anything since, except with things in `but`."""
    query = select(HistoryRow.id).where(
        HistoryRow.account_id == account_id,
        HistoryRow.id > decision_id,
        HistoryRow.subject.not_in(but),
    )
    return db.session.scalars(query.limit(1)).first() is not None


def _rows_of(thing: str, subject_id: int) -> Select[HistoryRow]:
    return select(HistoryRow).where(
        HistoryRow.subject == thing, HistoryRow.subject_id == subject_id
    )
