"""SQLite notes how long its tables are once they are long, and no sooner."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import inspect, select, text

from portal.core import clock
from portal.core.db import db, write_section
from portal.services.lengths import LONG
from portal.services.models import HistoryRow
from portal.services.upkeep import run_upkeep


def _act(number: int) -> None:
    with write_section():
        db.session.add(
            HistoryRow(id=number, subject="account", subject_id=1, step="confirm", at=clock.now())
        )


def _noted() -> set[str]:
    """Return the tables of which SQLite noted the length; PostgreSQL has its own ways."""
    if not inspect(db.engine).has_table("sqlite_stat1"):
        return set()
    return set(db.session.scalars(text("SELECT tbl FROM sqlite_stat1")))


@pytest.mark.parametrize("number", [1, LONG - 1, LONG])
def test_it_notes_lengths_from_a_thousand_acts_on(app: Flask, number: int) -> None:
    _act(number)
    run_upkeep()
    is_noted = number >= LONG and db.engine.dialect.name == "sqlite"
    assert ("history" in _noted()) == is_noted


def test_a_reader_reads_on_while_it_is_noted(app: Flask) -> None:
    _act(LONG)
    asked = select(HistoryRow.subject).order_by(HistoryRow.id)
    with db.engine.connect() as reader:
        first = reader.scalars(asked).all()
        run_upkeep()
        assert reader.scalars(asked).all() == first
