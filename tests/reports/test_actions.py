"""Yearly reports are drafted, thrown away, established, and put right by a next one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from portal.commitments.queries.filtering import CommitmentFilter
from portal.core import clock
from portal.core.db import db, write_section
from portal.core.errors import FieldRefused, StepNotOpen
from portal.lifecycle import ReportState
from portal.reports import actions, queries
from portal.reports.models import PinnedPromise
from tests import factories as make

DAY = date(2021, 12, 31)


def test_it_is_numbered_within_its_year(app: Flask) -> None:
    keys = [make.make_report(counted_on=day).key for day in (DAY, DAY, date(2020, 12, 31), DAY)]
    assert keys == ["2021-1", "2021-2", "2020-1", "2021-3"]


def test_a_draft_that_is_thrown_away_leaves_no_number_and_nothing_pinned(app: Flask) -> None:
    make.make_commitment(promised_on=date(2021, 3, 1))
    make.make_report(state="discarded", counted_on=DAY)
    assert db.session.query(PinnedPromise).count() == 0
    assert make.make_report(counted_on=DAY).key == "2021-1"


def test_it_cannot_be_changed_or_thrown_away_afterwards(app: Flask) -> None:
    report, by = make.make_report(counted_on=DAY), make.make_moderator()
    with pytest.raises(StepNotOpen), write_section():
        actions.edit(
            report, counted_on=DAY, introduction="Anders", earlier=None, correction="", by=by
        )
    with pytest.raises(StepNotOpen), write_section():
        actions.discard(report, by=by)
    assert queries.get_report("2021-1").introduction == ""


def test_an_edited_draft_counts_again(app: Flask) -> None:
    report, by = make.make_report(state="draft", counted_on=DAY), make.make_moderator()
    make.make_commitment(promised_on=date(2020, 3, 1))
    assert queries.promises(report, CommitmentFilter()).count == 0
    for day in (DAY, date(2019, 12, 31)):
        with write_section():
            actions.edit(
                report, counted_on=day, introduction="", earlier=None, correction="", by=by
            )
        assert queries.promises(report, CommitmentFilter()).count == (day == DAY)
    assert report.year == 2019


def test_a_correction_names_what_it_puts_right(app: Flask) -> None:
    first = make.make_report(counted_on=DAY)
    second = make.make_report(counted_on=DAY, earlier=first, correction="Twee ontbraken.")
    assert second.earlier == first
    assert queries.find_later(first) == second
    assert first.state == ReportState.ESTABLISHED


@pytest.mark.parametrize("day", [0, 1])
def test_it_counts_no_day_that_is_not_over(app: Flask, day: int) -> None:
    with pytest.raises(FieldRefused, match="voorbij"), write_section():
        actions.draft(counted_on=clock.today() + timedelta(days=day), by=None)


def test_it_puts_right_no_report_about_another_year(app: Flask) -> None:
    other = make.make_report(counted_on=date(2020, 12, 31))
    with pytest.raises(FieldRefused, match="ander jaar"), write_section():
        actions.draft(counted_on=DAY, earlier=other, correction="Iets.", by=None)


def test_it_says_what_it_puts_right(app: Flask) -> None:
    first = make.make_report(counted_on=DAY)
    with pytest.raises(FieldRefused, match="beter"), write_section():
        actions.draft(counted_on=DAY, earlier=first, by=None)
