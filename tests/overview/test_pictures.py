"""Every number in a picture is the length of the list that it opens: on every day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

import pytest
from flask import Flask, request

from portal.commitments.asked import filters_of, tag_choices
from portal.commitments.queries import outcomes
from portal.commitments.queries.listing import count
from portal.core import clock
from portal.organisations.provinces import PROVINCES
from portal.overview.lists import ListsAt
from portal.overview.pictures import pictures_of_promises, pictures_of_signatories, summary
from portal.register.queries import event_named
from portal.register.queries import listing as signatories
from portal.register.views.filters import Choices
from portal.register.views.filters import filters_of as signatories_of
from portal.signatures.queries import counting, first_signing
from portal.web.drawing import Picture
from portal.web.past import as_at
from tests.overview.scenes import fill

GRACE_DAYS = 30


def length(app: Flask, address: str) -> int:
    """Return how many things the list at an address holds."""
    with app.test_request_context(address):
        at = as_at(first_signing)
        day = {"on": at.on, "is_past": at.is_past}
        if request.path == "/toezeggingen":
            return count(filters_of(request.args, tag_choices()), grace_days=GRACE_DAYS, **day)
        choices = Choices(
            kinds={},
            provinces=PROVINCES,
            states={},
            events=event_named(request.args.get("gelegenheid", "")),
        )
        found = signatories(signatories_of(request.args, choices), grace_days=GRACE_DAYS, **day)
        return found.count


def numbers_in(pictures: Sequence[Picture]) -> Iterator[tuple[str, int]]:
    for picture in pictures:
        for row in picture.rows:
            links = [row, *row.parts, *row.marks]
            yield from ((link.address, link.number) for link in links if link.number)


def drawn(app: Flask, address: str) -> tuple[Picture, ...]:
    with app.test_request_context(address):
        at = as_at(first_signing)
        promised = outcomes.promised(on=at.on, grace_days=GRACE_DAYS, is_past=at.is_past)
        whole = [row for row in promised if row.by == outcomes.ALL]
        return (
            summary(whole, ListsAt(at)),
            *pictures_of_promises(promised, tag_choices(), ListsAt(at)),
            *pictures_of_signatories(counting.signed(at.past), ListsAt(at)),
        )


@pytest.mark.parametrize("seed", [1, 2])
def test_it_counts_what_the_list_holds_that_it_opens(app: Flask, seed: int) -> None:
    fill(Random(seed))
    for word in ("", "2021-12-31", "2022-06-01"):
        pictures = drawn(app, f"/waar-staan-we?peildatum={word}" if word else "/waar-staan-we")
        numbers = list(numbers_in(pictures))
        wrong = {
            address: (number, found)
            for address, number in numbers
            if (found := length(app, address)) != number
        }
        assert len(numbers) > 20
        assert wrong == {}


def test_it_counts_every_promise_once(app: Flask) -> None:
    fill(Random(3), most=12)
    whole, *_others = drawn(app, "/waar-staan-we")
    (row,) = whole.rows
    assert row.number == sum(part.number for part in row.parts)
    assert row.number == length(app, "/toezeggingen")


def test_it_has_the_columns_of_its_table_in_the_order_of_its_bars(app: Flask) -> None:
    rows = [
        outcomes.Counted(outcomes.YEAR, "2020", "op-tijd", 1, 0),
        outcomes.Counted(outcomes.YEAR, "2020", "ingetrokken", 1, 0),
        outcomes.Counted(outcomes.YEAR, "2021", "te-laat", 1, 0),
    ]
    with app.test_request_context("/waar-staan-we"):
        years = pictures_of_promises(rows, tag_choices(), ListsAt(as_at(first_signing)))[1]
    assert [part.shape for part in years.parts] == ["done", "late", "taken-back"]


def test_it_says_of_what_nobody_reported_only_that(app: Flask) -> None:
    with app.test_request_context("/waar-staan-we"):
        at = as_at(first_signing)
        silent = outcomes.Counted(outcomes.ALL, None, "geen-bericht", 2, 0)
        pictures = pictures_of_promises([silent], tag_choices(), ListsAt(at))
    assert [row.label for row in pictures[0].rows] == ["geen bericht bij dit portaal"]
    assert clock.today() == at.on


def test_it_tells_where_and_at_which_event_somebody_signed(app: Flask) -> None:
    day = date(2019, 7, 3)
    rows = [
        counting.Signed(2019, "utrecht", 7, "iBestuur-congres", day, 2),
        counting.Signed(2019, None, 7, "iBestuur-congres", day, 1),
        counting.Signed(None, None, None, None, None, 1),
    ]
    with app.test_request_context("/waar-staan-we"):
        years, tiles = pictures_of_signatories(rows, ListsAt(as_at(first_signing)))
    assert [(row.label, row.number) for row in years.rows] == [("2019", 3), ("dag onbekend", 1)]
    assert [mark.words for mark in years.rows[0].marks] == ["3 bij iBestuur-congres, 3 juli 2019"]
    assert {row.place: row.number for row in tiles.rows if row.number} == {"utrecht": 2}
    assert len(tiles.rows) == len(PROVINCES)
