"""Every number beside a choice is how many hits it opens."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from portal.search.kinds import Kind
from portal.search.queries import Narrowing, answer_to

NARROWED = (
    Narrowing(),
    Narrowing(kind=Kind.COMMITMENT),
    Narrowing(organisation="bronrivier-software-bv"),
    Narrowing(year=2026),
    Narrowing(kind=Kind.UPDATE, year=2026, organisation="bronrivier-software-bv"),
    Narrowing(standing="loopt"),
    Narrowing(standing="bestaat-niet"),
    Narrowing(organisation="bestaat-niet"),
)


@pytest.mark.parametrize("narrowing", NARROWED, ids=str)
@pytest.mark.parametrize("text", ["koppelvlak", "gemeente", "lindewoude", "bronrivier"])
def test_each_choice_opens_as_many_as_it_says(
    searched: Flask, text: str, narrowing: Narrowing
) -> None:
    facets = answer_to(text, narrowing).facets
    assert facets is not None

    def opened(**chosen: object) -> int:
        return answer_to(text, replace(narrowing, **chosen)).total  # type: ignore[arg-type]

    assert all(opened(kind=kind) == number for kind, number in facets.kinds.items())
    assert all(opened(year=year) == number for year, number in facets.years.items())
    assert all(opened(organisation=each.slug) == each.number for each in facets.organisations)
    assert all(opened(standing=each) == number for each, number in facets.standings.items())


def test_it_counts_by_organisation_year_and_standing(searched: Flask) -> None:
    facets = answer_to("koppelvlak").facets
    assert facets is not None
    # A comment is said by somebody, not by an organisation.
    assert [(each.name, each.number) for each in facets.organisations] == [
        ("Bronrivier Software BV", 2)
    ]
    assert sum(facets.years.values()) == 3
    assert sum(facets.standings.values()) >= 1


def test_a_narrowed_question_finds_only_that(searched: Flask) -> None:
    answer = answer_to("lindewoude", Narrowing(organisation="gemeente-butermar"))
    assert [hit.source.title for hit in answer.hits] == ["Formulieren in twee talen"]
    assert answer.total == 1
