"""Every number beside a choice of the filter of signatories is the length of its list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal.core import clock
from portal.register import queries
from portal.signatures.queries.facets import signatory_facets
from portal.signatures.queries.filtering import SignatoryFilter
from tests.harness.indexing import catch_up
from tests.register.signers import make_signer

FILTERS = (
    SignatoryFilter(),
    SignatoryFilter(province="fryslan"),
    SignatoryFilter(kinds=("leverancier",), words="linde"),
    SignatoryFilter(state="voormalig", kinds=("gemeente", "leverancier")),
)


def fill() -> None:
    first, later = date(2019, 7, 3), date(2022, 6, 1)
    make_signer("Gemeente Bûtermar", province="fryslan", signed_on=first)
    make_signer("Gemeente Oud-Linde", province="utrecht", signed_on=first, state="ended")
    make_signer("Kompas & Koppeling BV", kind_slug="leverancier", signed_on=later)
    make_signer("Linde Software BV", kind_slug="leverancier", signed_on=first, state="ended")
    catch_up()


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("past", [None, date(2021, 12, 31)])
def test_it_counts_what_each_list_holds(
    app: Flask, filters: SignatoryFilter, past: date | None
) -> None:
    fill()
    day: dict[str, Any] = {"on": past or clock.today(), "grace_days": 30, "is_past": bool(past)}
    numbers = signatory_facets(filters, past)

    def held(**chosen: Any) -> int:
        return queries.listing(replace(filters, **chosen), **day).count

    assert numbers.states
    assert all(held(kinds=(kind,)) == number for kind, number in numbers.kinds.items())
    assert all(held(province=each) == number for each, number in numbers.provinces.items())
    assert all(held(state=state) == number for state, number in numbers.states.items())


def test_it_leaves_out_what_opens_nothing(app: Flask) -> None:
    fill()
    numbers = signatory_facets(SignatoryFilter(words="linde"))
    assert numbers.kinds == {"gemeente": 1, "leverancier": 1}
    assert (numbers.provinces, numbers.states) == ({"utrecht": 1}, {"voormalig": 2})
