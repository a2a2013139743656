"""Words with which somebody says that a promise has no date."""

from __future__ import annotations

from datetime import date

import pytest

from portal import terms


@pytest.mark.parametrize(
    "words",
    ["doorlopend", "Doorlopend.", " “doorlopend” ", "geen datum", "ZONDER  einddatum", "ongoing"],
)
def test_it_knows_the_words_for_no_date(words: str) -> None:
    assert terms.is_open_ended(words)
    assert terms.read(words, date(2026, 11, 29)) is None


@pytest.mark.parametrize(
    "words", ["", "z.s.m.", "eind 2027", "doorlopend tot eind 2027", "lopend", "geen idee"]
)
def test_it_takes_nothing_else_for_them(words: str) -> None:
    assert not terms.is_open_ended(words)


@pytest.mark.parametrize(
    "words", ["z.s.m.", "ZSM", "“zo spoedig  mogelijk”", "binnenkort.", "t.z.t.", "ASAP", "soon"]
)
def test_it_knows_words_that_name_no_moment(words: str) -> None:
    assert terms.is_vague(words)
    assert terms.read(words, date(2026, 11, 29)) is None


@pytest.mark.parametrize("words", ["", "doorlopend", "eind 2027", "31 februari 2030", "geen idee"])
def test_it_calls_nothing_else_vague(words: str) -> None:
    assert not terms.is_vague(words)
