"""A file before it is brought in: its rows laid down, corrected, looked at again, dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, insert, update

from portal.core import clock
from portal.core.db import connection, db, lock_row, row_id
from portal.core.i18n import current_locale
from portal.intake.actions.looking import look_at
from portal.intake.columns import Sheet
from portal.intake.enqueueing import LOOK, enqueue_work
from portal.intake.keys import keys_of
from portal.intake.looking import look_of, outcomes
from portal.intake.models import Intake, IntakeRow
from portal.intake.queries.intakes import waiting_rows
from portal.intake.reading import Line, ReadSheet
from portal.intake.verdicts import Verdict
from portal.policy import Person
from portal.services.entered import Source
from portal.services.history import advance, create, hold, record

# Laid down in one statement; and looked at while somebody waits.
AT_ONCE = 500


def stage(sheets: Sequence[ReadSheet], *, file_name: str, source: Source, by: Person) -> Intake:
    """Return the file with all its rows, which the worker looks at; nothing of it is public."""
    assert by.id is not None  # noqa: S101
    intake = Intake(
        file_name=file_name,
        source_title=source.title,
        source_url=source.url or "",
        language=current_locale(),
        unknown=[header for sheet in sheets for header in sheet.unknown][:100],
        author_id=by.id,
        created_at=clock.now(),
    )
    create(intake, "stage", by=by)
    number = row_id(intake)
    for kind in Sheet:
        lines = [line for sheet in sheets if sheet.sheet is kind for line in sheet.lines]
        for start in range(0, len(lines), AT_ONCE):
            rows = [_row(number, kind, line) for line in lines[start : start + AT_ONCE]]
            connection().execute(insert(IntakeRow), rows)
    enqueue_work(LOOK, number)
    return intake


def _row(intake_id: int, sheet: Sheet, line: Line) -> dict[str, object]:
    return {
        "intake_id": intake_id,
        "sheet": sheet,
        "number": line.number,
        "cells": line.cells,
        "cut": list(line.cut),
        "choice": "",
        "verdict": Verdict.WAITING,
        "remarks": [],
        "candidates": [],
        "changes": {},
        "before": {},
        **keys_of(sheet, line.cells),
    }


def correct(
    row: IntakeRow,
    cells: Mapping[str, str],
    *,
    choice: str,
    organisation_id: int | None,
    by: Person,
) -> None:
    """Let a row say something else, or be what was chosen; it is looked at anew.

    What is chosen for the name of a signatory counts for every promise under that name. StepNotOpen
    while the file is looked at, or once it is brought in.
    """
    intake = db.session.get_one(Intake, row.intake_id)
    hold(intake, "row_edited")
    names = {row.name_key}
    row.cells = {name: text for name, text in {**row.cells, **cells}.items() if text}
    row.cut = [name for name in row.cut if name not in cells]
    row.choice = choice
    for key, value in keys_of(row.sheet, row.cells).items():
        setattr(row, key, value)
    row.chosen_organisation_id = organisation_id or row.chosen_organisation_id
    record(intake, "row_edited", by=by)
    db.session.flush()
    _let_wait(row, names | {row.name_key})
    _look_soon(intake, by)
    db.session.expire(row)


def _look_soon(intake: Intake, by: Person) -> None:
    """Look at what waits: at once where that is little, else the worker does."""
    waiting = waiting_rows(intake.id, AT_ONCE)
    if len(waiting) == AT_ONCE:
        advance(intake, "look_again", by=by)
        enqueue_work(LOOK, intake.id)
    else:
        look_at(dict(outcomes(look_of(intake, by=by), waiting)))


def _let_wait(row: IntakeRow, names: set[str]) -> None:
    """Let the row be looked at anew, and all that its name decides."""
    of_file = update(IntakeRow).where(IntakeRow.intake_id == row.intake_id)
    same_name = of_file.where(IntakeRow.name_key.in_(names), IntakeRow.verdict != Verdict.SKIPPED)
    connection().execute(same_name.values(verdict=Verdict.WAITING))
    row.verdict = Verdict.WAITING


def look_again(intake: Intake, *, by: Person) -> None:
    """Look at all rows anew, since what stands here may have changed."""
    advance(intake, "look_again", by=by)
    of_file = update(IntakeRow).where(IntakeRow.intake_id == intake.id)
    connection().execute(of_file.values(verdict=Verdict.WAITING))
    enqueue_work(LOOK, intake.id)


def drop(intake: Intake, *, by: Person) -> None:
    """Bring nothing of the file in, and forget its rows."""
    lock_row(intake)
    advance(intake, "drop", by=by)
    connection().execute(delete(IntakeRow).where(IntakeRow.intake_id == intake.id))
