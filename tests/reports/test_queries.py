"""What a yearly report says stays, whatever becomes known or happens later."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest
from flask import Flask

from portal.commitments.models import Commitment
from portal.commitments.queries.during import Happening
from portal.commitments.queries.filtering import WITHOUT, CommitmentFilter
from portal.commitments.queries.outcomes import ALL, KIND, LAYER, PRINCIPLE, YEAR, promised
from portal.commitments.standing import Standing
from portal.core import clock
from portal.core.db import db, write_section
from portal.core.settings import settings
from portal.organisations.models import Organisation
from portal.policy import VISITOR
from portal.reports import queries
from portal.reports.models import YearlyReport
from portal.signatures.queries.counting import signed
from portal.signatures.queries.filtering import UNKNOWN, SignatoryFilter
from tests import factories as make
from tests.overview.scenes import fill

DAY = date(2021, 12, 31)
SEEDS = range(4)


def everything(report: YearlyReport) -> tuple[Any, ...]:
    """Return every number and every row of a report, as a reader gets them."""
    all_of_them = CommitmentFilter()
    lists = [queries.promises(report, all_of_them, each).rows for each in Happening]
    return (
        set(queries.counted(report)),
        set(queries.signed(report)),
        queries.promises(report, all_of_them).rows,
        queries.signatories(report, SignatoryFilter()).rows,
        lists,
        report.key,
        report.labels,
    )


def add_history(chance: Random, promises: list[Commitment]) -> None:
    """Let things happen that are about the day of the report, before it and after it."""
    for promise in promises:
        if promise.state == "published" and chance.random() < 0.6:
            told_on = chance.choice((date(2021, 5, 1), date(2021, 12, 31), date(2022, 3, 1)))
            make.make_update(promise, progress=chance.choice(("gereed", "loopt")), told_on=told_on)
        if promise.state == "published" and chance.random() < 0.4:
            make.make_term_move(promise, to="eind 2095")
    with write_section():
        for promise in promises[::3]:
            promise.withdrawn_on = date(2021, 6, 1)
            promise.promised_on = date(2023, 1, 1)
            promise.title = "Een andere titel"
        for organisation in db.session.query(Organisation).all():
            organisation.name += " (nieuw)"
            organisation.province = "zeeland"
    for _ in range(3):
        make.make_commitment(promised_on=date(2021, 4, 1), term="in 2021")
        make.make_signature()


@pytest.mark.parametrize("seed", SEEDS)
def test_it_stays_as_it_was_while_history_is_added(app: Flask, seed: int) -> None:
    chance = Random(seed)
    promises = fill(chance)
    report = make.make_report(counted_on=DAY)
    before = everything(report)
    first = set(promised(on=DAY, grace_days=settings().grace_days, is_past=True))

    add_history(chance, promises)

    assert everything(report) == before
    # What is told today of that day did change: else nothing would have been shown.
    assert set(promised(on=DAY, grace_days=settings().grace_days, is_past=True)) != first


@pytest.mark.parametrize("seed", SEEDS)
def test_it_counts_what_the_page_of_that_day_counts(app: Flask, seed: int) -> None:
    fill(Random(seed))
    report = make.make_report(counted_on=DAY)
    shown = {row for row in queries.counted(report) if row.by != queries.HAPPENED}
    assert shown == set(promised(on=DAY, grace_days=settings().grace_days, is_past=True))
    assert set(queries.signed(report)) == set(signed(DAY))


@pytest.mark.parametrize("seed", SEEDS)
def test_each_number_is_the_length_of_its_list(app: Flask, seed: int) -> None:
    fill(Random(seed))
    report = make.make_report(counted_on=DAY)
    fields = {KIND: "organisation_kinds", LAYER: "layers", PRINCIPLE: "principles"}
    rows = queries.counted(report)
    assert len(rows) > 8
    for row in rows:
        chosen: dict[str, Any] = {"standings": (row.outcome,)}
        happening = Happening(str(row.group)) if row.by == queries.HAPPENED else None
        if row.by == YEAR:
            chosen["due"] = row.group or WITHOUT
        elif row.by in fields:
            chosen[fields[row.by]] = (row.group,)
        found = queries.promises(report, CommitmentFilter(**chosen), happening)
        assert found.count == row.number, row
        moved = [each for each in found.rows if each.moved]
        assert len(moved) == row.moved, row
    for signing in queries.signed(report):
        filters = SignatoryFilter(
            signed=str(signing.year) if signing.year else UNKNOWN,
            province=signing.province or "",
            event=str(signing.event_id or ""),
        )
        assert queries.signatories(report, filters).count >= signing.number


def test_what_was_hidden_since_is_counted_and_not_told(app: Flask) -> None:
    promise = make.make_commitment(title="Iets geheims", promised_on=date(2021, 3, 1))
    make.make_commitment(title="Blijft", promised_on=date(2021, 3, 1))
    report = make.make_report(counted_on=DAY)
    with write_section():
        db.session.get_one(Commitment, promise.id).hidden_at = clock.now()
    found = queries.promises(report, CommitmentFilter())
    assert found.count == 2
    assert [row.title for row in found.rows if row.is_hidden] == [""]
    assert {row.title for row in found.rows} == {"", "Blijft"}
    assert sum(row.number for row in queries.counted(report) if row.by == ALL) == 2


def test_it_tells_what_happened_in_its_year_alone(app: Flask) -> None:
    new = make.make_commitment(promised_on=date(2021, 2, 1), term="eind 2090")
    old = make.make_commitment(promised_on=date(2019, 2, 1), term="eind 2090")
    make.make_update(old, progress="gereed", told_on=date(2021, 5, 1))
    make.make_update(new, progress="gereed", told_on=date(2022, 5, 1))
    report = make.make_report(counted_on=DAY)

    def happened(happening: Happening) -> list[str]:
        found = queries.promises(report, CommitmentFilter(), happening)
        return [row.title for row in found.rows]

    assert happened(Happening.PROMISED) == [new.title]
    assert happened(Happening.DONE) == happened(Happening.REPORTED) == [old.title]
    assert not happened(Happening.MOVED) + happened(Happening.WITHDRAWN)


def test_a_filter_that_a_report_does_not_pin_finds_nothing(app: Flask) -> None:
    make.make_commitment(promised_on=date(2021, 3, 1))
    report = make.make_report(counted_on=DAY)
    filters = CommitmentFilter(standings=(Standing.PLANNED,))
    assert queries.promises(report, filters).count == 0


@pytest.mark.parametrize("key", ["2021-9", "2021", "concept-", "concept-x", "02021-1", "2021-01"])
def test_it_knows_no_other_address(app: Flask, key: str) -> None:
    make.make_report(counted_on=DAY)
    with pytest.raises(Exception, match="404"):
        queries.get_report(key)


def test_drafts_are_for_the_vereniging(app: Flask) -> None:
    draft, public = make.make_report(state="draft"), make.make_report()
    seen = db.session.scalars(queries.visible_to(VISITOR)).all()
    assert public in seen
    assert draft not in seen
