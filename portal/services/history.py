"""The one mover of states, and the log that it writes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Executable, insert, select

from portal.core import clock
from portal.core.db import connection, db, lock_row, row_id
from portal.core.errors import ReasonMissing, StepNotOpen
from portal.lifecycle import Step, is_open, step_of
from portal.policy import Person
from portal.services.models import HistoryRow

ADD = insert(HistoryRow)


def _write(thing: str, number: int, step: str, *, by: Person | None, **facts: Any) -> None:
    """Write the row itself: nobody changes it, so the session need not keep an eye on it."""
    values = {
        "subject": thing,
        "subject_id": number,
        "step": step,
        "account_id": by.id if by is not None else None,
        "at": clock.now(),
        **facts,
    }
    connection().execute(ADD, values)


def _log(
    item: Any,
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
        to_state=step.target,
        actor=actor,
        ground=ground or None,
        reason=reason or None,
    )


def create(
    item: Any, step_name: str, *, by: Person | None, actor: str | None = None, reason: str = ""
) -> None:
    """Give a new `item` its first state and write the history row of its making."""
    step = step_of(item.thing, step_name)
    item.state = step.target
    db.session.add(item)
    db.session.flush()
    _log(item, step, None, by, actor, None, reason)


def create_row(
    adding: Executable, thing: str, step_name: str, *, by: Person | None, **values: Any
) -> Any:
    """Add a row past the session, as `create` does with an object; return what `adding` returns.

    For what is made often: an object takes several times as long. `adding` gets `values` and the
    first state, and returns the `id` of the new row.
    """
    step = step_of(thing, step_name)
    row = connection().execute(adding, {**values, "state": step.target}).one()
    nothing = {"from_state": None, "actor": None, "ground": None, "reason": None}
    _write(thing, row.id, step.name, by=by, to_state=step.target, **nothing)
    return row


def advance(
    item: Any,
    step_name: str,
    *,
    by: Person | None,
    actor: str | None = None,
    ground: str = "",
    reason: str = "",
) -> None:
    """Take the step: lock, look again, set the state, write one history row.

    Refused with StepNotOpen when somebody was first, with ReasonMissing without words where the
    table asks for them. Who may is decided at the door.
    """
    step = step_of(item.thing, step_name)
    lock_row(item)
    if not is_open(step, item.state):
        raise StepNotOpen(item, step_name)
    if step.needs_reason and not reason.strip():
        raise ReasonMissing
    from_state = item.state
    item.state = step.target
    _log(item, step, from_state, by, actor, ground, reason.strip())


def record(
    item: Any,
    act: str,
    *,
    by: Person | None,
    actor: str | None = None,
    reason: str = "",
) -> None:
    """Write a history row of an act that moves no state: an edit, a moved term, a new role."""
    state = getattr(item, "state", None)
    _write(
        item.thing,
        row_id(item),
        act,
        by=by,
        from_state=state,
        to_state=state,
        actor=actor,
        ground=None,
        reason=reason.strip() or None,
    )


def history_of(thing: str, subject_id: int) -> list[HistoryRow]:
    """Return the rows of one thing, oldest first."""
    found = select(HistoryRow).where(
        HistoryRow.subject == thing, HistoryRow.subject_id == subject_id
    )
    return list(db.session.scalars(found.order_by(HistoryRow.id)))


def last_row(thing: str, subject_id: int) -> HistoryRow | None:
    """Return the latest row of one thing."""
    found = select(HistoryRow).where(
        HistoryRow.subject == thing, HistoryRow.subject_id == subject_id
    )
    return db.session.scalars(found.order_by(HistoryRow.id.desc()).limit(1)).first()
