"""Every number beside a choice of the filter is the length of the list that the choice opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from flask import Flask

from portal.commitments.asked import TagChoices
from portal.commitments.queries.facets import Facets, facets
from portal.commitments.queries.filtering import CommitmentFilter
from portal.commitments.queries.listing import count
from portal.commitments.views.filters import narrowing_of
from portal.core import clock
from portal.web.past import AsAt
from tests.factories import layer, make_commitment
from tests.harness.indexing import catch_up
from tests.harness.portal import count_queries
from tests.overview.scenes import fill
from tests.register.signers import make_signer

GRACE_DAYS = 30
FILTERS = (
    CommitmentFilter(),
    CommitmentFilter(standings=("te-laat",)),
    CommitmentFilter(organisation_kinds=("leverancier",), layers=("data", "interactie")),
    CommitmentFilter(layers=("data",), due="2020", standings=("gereed", "loopt")),
    CommitmentFilter(words="voorbeeld", kinds=("whitepaper",)),
)
TAGS = TagChoices(
    layers={"interactie": "Interactie", "data": "Data"},
    principles={},
    organisation_kinds={"gemeente": "Gemeente", "leverancier": "Leverancier"},
)


def opened(filters: CommitmentFilter, on: date, *, is_past: bool) -> Mapping[str, Any]:
    """Return what each choice promises and what its list holds, by group."""
    day: dict[str, Any] = {"on": on, "grace_days": GRACE_DAYS, "is_past": is_past}
    numbers = facets(filters, **day)

    def held(group: str, value: str) -> int:
        chosen: Any = value if group == "due" else (value,)
        return count(replace(filters, **{group: chosen}), **day)

    return {
        group: [
            (value, number, held(group, value)) for value, number in getattr(numbers, group).items()
        ]
        for group in Facets.__slots__
    }


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_it_counts_what_each_list_holds(app: Flask, filters: CommitmentFilter) -> None:
    fill(Random(3), most=40)
    catch_up()
    for on in (clock.today(), date(2021, 12, 31)):
        groups = opened(filters, on, is_past=on != clock.today())
        assert any(groups.values())
        for told in groups.values():
            assert all(number == held for _value, number, held in told), told


def test_it_asks_once_for_each_group_however_much_there_is(app: Flask) -> None:
    fill(Random(4), most=12)
    with count_queries() as asked:
        facets(CommitmentFilter(), on=clock.today(), grace_days=GRACE_DAYS)
    assert len(asked) == len(Facets.__slots__)


def test_it_leads_from_what_is_late_to_the_kind_and_then_to_the_layer(app: Flask) -> None:
    supplier = make_signer("Kompas", kind_slug="leverancier")
    late: dict[str, Any] = {"term": "in 2020", "promised_on": date(2019, 7, 3)}
    for slug in ("data", "interactie"):
        make_commitment(supplier, layers=[layer(slug)], **late)
    make_commitment(make_signer("Gemeente Oud-Linde"), **late)
    make_commitment(supplier)

    def ways(filters: CommitmentFilter) -> tuple[str, dict[str, int]]:
        with app.test_request_context("/"):
            numbers = facets(filters, on=clock.today(), grace_days=GRACE_DAYS)
            choice = narrowing_of(filters, "laat", TAGS, numbers, AsAt(clock.today()))
        assert choice is not None
        return choice.title, {way.label: way.number for way in choice.ways}

    is_late = CommitmentFilter(standings=("te-laat",))
    assert ways(CommitmentFilter())[0] == "Status"
    assert ways(is_late) == ("Soort organisatie", {"Gemeente": 1, "Leverancier": 2})
    suppliers = replace(is_late, organisation_kinds=("leverancier",))
    assert ways(suppliers) == ("Laag van Common Ground", {"Interactie": 1, "Data": 1})
