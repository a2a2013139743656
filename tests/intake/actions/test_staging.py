"""A file before it is brought in: corrected, chosen, skipped, dropped."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from portal.core.db import write_section
from portal.core.errors import StepNotOpen
from portal.intake.actions import correct, drop
from portal.intake.queries.intakes import get_intake, get_row
from portal.intake.verdicts import NEW, SKIP, Verdict
from portal.lifecycle import IntakeState
from tests import factories as make
from tests.intake.scenes import PROMISES, SIGNATORIES, looked_at, person, rows_of, told

WRONG = SIGNATORIES.replace("90000007", "12")


def _correct(intake_id: int, row_id: int, cells: dict[str, str], choice: str = "") -> None:
    with write_section():
        row = get_row(intake_id, row_id)
        correct(row, cells, choice=choice, organisation_id=None, by=person())


def test_a_corrected_row_is_looked_at_at_once(app: Flask, tmp_path: Path) -> None:
    make.kind("leverancier")
    intake = looked_at(WRONG, tmp_path)
    (row,) = rows_of(intake)
    assert (row.verdict, "8 cijfers" in told(row)) == (Verdict.WRONG, True)

    _correct(intake.id, row.id, {"kvk": "90000007"})

    (row,) = rows_of(intake)
    assert (row.verdict, row.remarks) == (Verdict.NEW, [])


def test_what_is_in_doubt_is_what_somebody_chooses(app: Flask, tmp_path: Path) -> None:
    make.kind("leverancier")
    there = make.make_organisation(name="Softwarehuis Venen (fictief)")
    intake = looked_at(SIGNATORIES, tmp_path)
    (row,) = rows_of(intake)
    assert (row.verdict, row.candidates) == (Verdict.DOUBTFUL, [there.id])

    _correct(intake.id, row.id, {}, NEW)
    assert rows_of(intake)[0].verdict is Verdict.NEW
    _correct(intake.id, row.id, {}, str(there.id))
    assert rows_of(intake)[0].organisation_id == there.id
    _correct(intake.id, row.id, {}, SKIP)
    assert rows_of(intake)[0].verdict is Verdict.SKIPPED


def test_a_promise_follows_what_is_said_of_its_signatory(app: Flask, tmp_path: Path) -> None:
    make.kind("leverancier")
    (row,) = rows_of(looked_at(PROMISES, tmp_path))
    assert row.verdict is Verdict.WRONG
    assert "staat hier niet" in told(row)


def test_a_dropped_file_is_forgotten_and_never_brought_in(app: Flask, tmp_path: Path) -> None:
    make.kind("leverancier")
    intake = looked_at(SIGNATORIES, tmp_path)
    with write_section():
        drop(get_intake(intake.id), by=person())
    assert get_intake(intake.id).state == IntakeState.DROPPED
    assert rows_of(intake) == []


def test_a_row_is_not_corrected_once_it_is_brought_in(app: Flask) -> None:
    row = make.make_intake_row(make.make_intake(state="in_place"))
    with pytest.raises(StepNotOpen), write_section():
        correct(row, {}, choice=SKIP, organisation_id=None, by=person())
