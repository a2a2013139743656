"""What is read of files that are brought in."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound

from portal.intake.queries.intakes import get_row, newest_intakes, shown_rows, verdict_counts
from portal.intake.verdicts import Verdict
from tests import factories as make


def test_the_counts_are_those_of_the_lists_that_they_open(app: Flask) -> None:
    intake = make.make_intake()
    for verdict in (Verdict.NEW, Verdict.NEW, Verdict.WRONG):
        make.make_intake_row(intake, verdict=verdict)
    make.make_intake_row(make.make_intake(), verdict=Verdict.NEW)

    counts = verdict_counts(intake.id)

    assert counts == {Verdict.NEW: 2, Verdict.WRONG: 1}
    for verdict, number in counts.items():
        page = shown_rows(intake.id, verdict=verdict, fate=None, cursor=None)
        assert len(page.rows) == number


def test_a_row_of_another_file_is_not_found(app: Flask) -> None:
    row = make.make_intake_row(make.make_intake())
    with pytest.raises(NotFound):
        get_row(make.make_intake().id, row.id)


def test_the_newest_file_stands_first(app: Flask) -> None:
    numbers = [make.make_intake().id for _ in range(2)]
    assert [line.id for line in newest_intakes()] == numbers[::-1]
