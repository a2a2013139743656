"""Figures are counted once for all that visitors see, and again after every change of it."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.core.db import connection, db, write_section
from portal.kept.marks import CurrentMark
from portal.kept.models import PublicMark
from portal.kept.triggers import unwatch, watch
from portal.web.figures import counted_once
from tests.factories import make_commitment


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
        return counted_once("changing", what, counter)

    assert [asked(), asked()] == [1, 1]
    assert [asked("tomorrow"), asked()] == [2, 1]
    make_commitment(state="draft")
    make_commitment()
    assert [asked(), asked()] == [3, 3]


def test_it_keeps_nothing_of_what_is_being_written(app: Flask, counter: Counter) -> None:
    with write_section():
        assert counted_once("written", "today", counter) == 1
    assert counted_once("written", "today", counter) == 2


def test_it_keeps_nothing_where_no_change_is_told(app: Flask, counter: Counter) -> None:
    with write_section():
        unwatch(connection())
    tells = CurrentMark()
    assert [tells(), tells()] == [None, None]
    with write_section():
        watch(connection(), PublicMark.metadata)
    assert tells() is not None
