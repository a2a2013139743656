"""Figures are counted once for all that visitors see, and again after every change of it."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text

from portal.core.db import connection, db, write_section
from portal.kept.models import PublicMark
from portal.kept.triggers import unwatch, watch
from portal.web.figures import counted_once
from tests.factories import make_account, make_commitment


class Counter:
    """Counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> int:
        self.asked += 1
        return self.asked


@pytest.fixture
def counter() -> Counter:
    return Counter()


def test_it_counts_again_when_something_public_changed(app: Flask, counter: Counter) -> None:
    def asked(what: str = "today") -> int:
        db.session.rollback()
        return counted_once("test", what, counter)

    assert [asked(), asked()] == [1, 1]
    assert asked("tomorrow") == 2
    make_account()
    assert asked() == 1
    make_commitment()
    assert [asked(), asked()] == [3, 3]


def test_it_keeps_nothing_of_what_is_being_written(app: Flask, counter: Counter) -> None:
    with write_section():
        db.session.execute(text("UPDATE vereniging SET name = 'Anders'"))
        assert counted_once("test", "today", counter) == 1
    assert counted_once("test", "today", counter) == 2


def test_it_keeps_nothing_where_no_change_is_told(app: Flask, counter: Counter) -> None:
    with write_section():
        unwatch(connection())
    try:
        assert counted_once("test", "today", counter) == 1
        assert counted_once("test", "today", counter) == 2
    finally:
        with write_section():
            watch(connection(), PublicMark.metadata)
    assert counted_once("test", "today", counter) == counted_once("test", "today", counter) == 3
