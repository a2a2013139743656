"""The filter of the list of commitments, from an address and back."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from portal.commitments.asked import TagChoices, filters_of
from portal.commitments.queries.filtering import CommitmentFilter
from portal.commitments.views.filters import order_of

TAGS = TagChoices(
    layers={"data": "Data", "proces": "Proces"},
    principles={"standaarden": "Standaarden"},
    organisation_kinds={"gemeente": "Gemeente", "leverancier": "Leverancier"},
)
FILTERS = (
    CommitmentFilter(),
    CommitmentFilter(kinds=("plan",), standings=("gereed", "te-laat"), due="2026"),
    CommitmentFilter(
        kinds=("whitepaper", "overig"),
        organisation_kinds=("gemeente", "leverancier"),
        layers=("data",),
        principles=("standaarden",),
        standings=("gepland",),
        due="zonder",
        organisation="gemeente-lindewoude",
        words="open koppelvlak",
    ),
)


def address(arguments: dict[str, Any]) -> MultiDict[str, str]:
    return MultiDict(arguments)


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_it_reads_back_what_it_wrote_into_an_address(filters: CommitmentFilter) -> None:
    assert filters_of(address(filters.arguments()), TAGS) == filters


@pytest.mark.parametrize(
    "arguments",
    [
        {"soort": "onzin"},
        {"stand": ["", "laat"]},
        {"laag": "standaarden"},
        {"termijn": "12"},
        {"termijn": "٢٠٢٦"},
        {"q": " \x00 "},
        {"onbekend": "ja", "na": "x"},
    ],
    ids=str,
)
def test_it_leaves_out_what_an_address_cannot_mean(arguments: dict[str, Any]) -> None:
    assert filters_of(address(arguments), TAGS) == CommitmentFilter()


def test_it_knows_each_order_and_else_takes_the_usual_one() -> None:
    assert order_of(address({"sorteer": "titel"})) == "titel"
    assert order_of(address({"sorteer": "onzin"})) == "laat"
