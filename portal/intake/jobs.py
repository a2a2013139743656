"""What the worker does with a file: it looks, brings in, takes back, and goes on where it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from portal.core.db import db, write_section
from portal.intake.actions import look_at, prepare, publish, take_back
from portal.intake.enqueueing import BRING_IN, LOOK, TAKE_BACK
from portal.intake.looking import look_of, outcomes
from portal.intake.models import Intake
from portal.intake.queries.intakes import fit_rows, waiting_rows
from portal.lifecycle import IntakeState
from portal.organisations.queries import person_of
from portal.policy import Person
from portal.services.history import advance
from portal.services.jobs import Hopeless, does

LOOKED_AT_ONCE, MADE_AT_ONCE = 100, 50
Progress = Callable[[int], None]


def _nobody(_number: int) -> None:
    """Tell nobody how far it is: the page counts the rows."""


def _find(intake_id: int, state: IntakeState) -> Intake | None:
    """Return the file while it is in this state; None when the work was done before."""
    intake = db.session.get(Intake, intake_id)
    return intake if intake is not None and intake.state == state else None


def _importer(intake: Intake) -> Person:
    """Return who brings the file in; Hopeless when that account is gone."""
    person = person_of(intake.author_id)
    if person is None:
        raise Hopeless("the account that brings the file in is gone")
    return person


def look(intake_id: int, progress: Progress = _nobody) -> None:
    """Look at every row that waits, and let somebody decide."""
    while (intake := _find(intake_id, IntakeState.LOOKING)) is not None:
        rows = waiting_rows(intake_id, LOOKED_AT_ONCE)
        by = _importer(intake)
        # Outside the write section: what names are like takes its time.
        seen = dict(outcomes(look_of(intake, by=by), rows))
        with write_section():
            look_at(seen)
            if not rows:
                advance(db.session.get_one(Intake, intake_id), "looked", by=None, actor="portaal")
        progress(len(rows))


def bring_in(intake_id: int, progress: Progress = _nobody) -> None:
    """Make what the rows ask for, some at a time; then let everybody see it at once."""
    while _find(intake_id, IntakeState.PLACING) is not None:
        numbers = fit_rows(intake_id, MADE_AT_ONCE)
        with write_section():
            intake = db.session.get_one(Intake, intake_id)
            by = _importer(intake)
            if numbers:
                prepare(intake, numbers, by=by)
            else:
                publish(intake, by=by)
        progress(len(numbers))


def call_back(intake_id: int) -> None:
    """Take back what came with the file."""
    with write_section():
        intake = _find(intake_id, IntakeState.TAKING_BACK)
        if intake is not None:
            take_back(intake, by=_importer(intake))


@does(LOOK)
def _look(payload: dict[str, Any]) -> None:
    look(payload["intake_id"])


@does(BRING_IN)
def _bring_in(payload: dict[str, Any]) -> None:
    bring_in(payload["intake_id"])


@does(TAKE_BACK)
def _take_back(payload: dict[str, Any]) -> None:
    call_back(payload["intake_id"])
