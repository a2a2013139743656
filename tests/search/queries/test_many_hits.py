"""However many entries a word stands in, and whichever way is taken: the same is found."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.search.queries import Narrowing, answer_to, holding
from tests.search.queries.test_facets import NARROWED
from tests.search.queries.test_finding import FOUND, found_by

# As in a register where every word stands in many thousand entries, and where none does.
WAYS = {
    "other words are listed": {"AS_MANY": 10**9, "AS_MANY_TITLED": 10**9},
    "all that many hits bring": {
        "FEW_HITS": 0,
        "AS_MANY": 0,
        "AS_MANY_TITLED": 0,
        "FEW_WORDS": 0,
    },
}
ASKED = ("gemeente", "gemeente lindewoude", "bronrivir")
# Every second one: each takes a few questions to the database.
QUESTIONS = [text for text, found in FOUND.items() if found][::2]


@pytest.fixture(params=WAYS.values(), ids=WAYS.keys())
def way(request: pytest.FixtureRequest) -> dict[str, int]:
    found: dict[str, int] = request.param
    return found


def test_it_finds_the_same_in_the_same_order(
    searched: Flask, monkeypatch: pytest.MonkeyPatch, way: dict[str, int]
) -> None:
    for name, value in way.items():
        monkeypatch.setattr(holding, name, value)
    assert {text: found_by(text) for text in QUESTIONS} == {text: FOUND[text] for text in QUESTIONS}


def test_it_counts_the_same(
    searched: Flask, monkeypatch: pytest.MonkeyPatch, way: dict[str, int]
) -> None:
    asked = [(text, narrowing) for text in ASKED for narrowing in NARROWED]
    plain = {each: _counted(*each) for each in asked}
    for name, value in way.items():
        monkeypatch.setattr(holding, name, value)
    assert {each: _counted(*each) for each in asked} == plain
    assert any(total for total, _facets in plain.values())


def _counted(text: str, narrowing: Narrowing) -> tuple[int, object]:
    answer = answer_to(text, narrowing)
    return answer.total, answer.facets
