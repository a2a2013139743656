"""Reading signatories: what is counted is what the list holds."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound

from portal.commitments.queries.counting import Counts
from portal.core import clock
from portal.core.db import write_section
from portal.register import queries
from portal.register.queries.ordering import SORTINGS, next_order
from portal.signatures.queries.filtering import STANDING, SignatoryFilter
from tests.factories import make_commitment, make_organisation, make_signing_event
from tests.register.signers import make_signer, signature_of

GRACE_DAYS = 30
DAY: dict[str, Any] = {"on": clock.today(), "grace_days": GRACE_DAYS}


def names(filters: SignatoryFilter, order: str = queries.BY_NAME) -> list[str]:
    found = queries.listing(filters, on=clock.today(), grace_days=GRACE_DAYS, order=order)
    assert found.count == len(found.rows)
    return [row.name for row in found.rows]


class TestListing:
    def test_it_holds_whoever_signed_in_the_order_that_is_wanted(self, app: Flask) -> None:
        make_signer("Gemeente Bûtermar", signed_on=date(2019, 7, 3))
        make_signer("Gemeente Ganzenwaard", signed_on=date(2021, 6, 1), state="ended")
        make_organisation(name="Tekende niet (fictief)", is_public=True)
        both = ["Gemeente Bûtermar", "Gemeente Ganzenwaard"]
        assert names(SignatoryFilter()) == both
        assert names(SignatoryFilter(), queries.NEWEST) == both[::-1]
        assert names(STANDING) == both[:1]


class TestOrders:
    """The table, in each order and both directions, page by page."""

    def fill(self) -> None:
        kinds = ("gemeente", "leverancier")
        for number in range(60):
            signer = make_signer(f"Voorbeeld {number:02}", kind_slug=kinds[number % 2])
            for _ in range(number % 3):
                make_commitment(signer, term="in 2020", promised_on=date(2019, 7, 3))
            if number % 4 == 0:
                make_commitment(signer, progress="gereed")

    def told(self, row: queries.SignatoryCard, column: str) -> Any:
        counts = row.counts or Counts()
        of_kind = ("Gemeente", "Leverancier").index(row.name_nl)
        return {
            "naam": row.sort_name,
            "soort": of_kind,
            "toezeggingen": counts.published,
            "gereed": counts.done,
            "te-laat": counts.late,
            "nieuws": row.news_on or date.min,
        }[column]

    def test_it_shows_every_row_once_in_the_order_that_its_page_shows(self, app: Flask) -> None:
        self.fill()
        for order, (column, is_descending) in SORTINGS.items():
            rows, cursor = [], None
            while page := queries.listing(
                SignatoryFilter(), **DAY, order=order, cursor=cursor, with_news=True
            ):
                assert page.start == len(rows) + 1
                rows += page.rows
                cursor = page.next
                if cursor is None:
                    break
            names = [(self.told(row, column), row.sort_name) for row in rows]
            assert len({row.id for row in rows}) == len(rows) == 60
            told = [value for value, _name in names]
            assert told == sorted(told, reverse=is_descending), order
            # Those that are alike stand by name.
            if column != "naam":
                assert all(a[1] < b[1] for a, b in pairwise(names) if a[0] == b[0]), order
            sheet = queries.taken(SignatoryFilter(), **DAY, order=order)
            assert [one.card.id for one in sheet] == [row.id for row in rows]

    def test_it_turns_the_order_of_a_column_and_begins_another_as_one_wants_it(self) -> None:
        assert next_order("te-laat", "te-laat") == "te-laat-oplopend"
        assert next_order("te-laat-oplopend", "te-laat") == "te-laat"
        assert next_order("te-laat", "naam") == "naam"
        assert next_order("naam", "naam") == "naam-aflopend"


class TestFigures:
    def test_it_counts_as_many_signatories_as_its_list_holds(self, app: Flask) -> None:
        make_signer("Gemeente Bûtermar", province="fryslan")
        make_signer("Gemeente Oud-Linde", province="fryslan")
        make_signer("Gemeente Ganzenwaard", province="utrecht", state="ended")
        found = queries.figures(on=clock.today(), grace_days=GRACE_DAYS)
        assert isinstance(found.signatories.filters, SignatoryFilter)
        assert found.signatories.number == len(names(found.signatories.filters)) == 2
        assert found.provinces == 1


class TestGetSignatory:
    def test_it_knows_no_address_of_what_is_not_public(self, app: Flask) -> None:
        signer = make_signer("Gemeente Bûtermar")
        assert signer.slug is not None
        assert queries.get_signatory(signer.slug).id == signer.id
        make_organisation(name="Geheim plan (fictief)")
        with pytest.raises(NotFound):
            queries.get_signatory("geheim-plan-fictief")


class TestPast:
    def test_it_holds_who_had_signed_by_a_day_as_they_stood_then(self, app: Flask) -> None:
        make_signer("Gemeente Bûtermar", signed_on=date(2019, 7, 3))
        ended = make_signer("Gemeente Ganzenwaard", signed_on=date(2020, 6, 1), state="ended")
        make_signer("Gemeente Oud-Linde", signed_on=date(2022, 1, 1))
        with write_section():
            signature_of(ended).ended_on = date(2021, 12, 31)

        def standing(day: date) -> list[str]:
            found = queries.listing(STANDING, on=day, grace_days=GRACE_DAYS, is_past=True)
            assert found.count == len(found.rows)
            return [row.name for row in found.rows]

        assert standing(date(2019, 7, 2)) == []
        assert standing(date(2019, 7, 3)) == ["Gemeente Bûtermar"]
        assert standing(date(2021, 12, 30)) == ["Gemeente Bûtermar", "Gemeente Ganzenwaard"]
        assert standing(date(2021, 12, 31)) == ["Gemeente Bûtermar"]
        former = SignatoryFilter(state="voormalig")
        day = {"on": date(2022, 6, 1), "grace_days": GRACE_DAYS, "is_past": True}
        assert [row.state for row in queries.listing(former, **day).rows] == ["ended"]


class TestEventNamed:
    def test_it_knows_the_events_that_there_are(self, app: Flask) -> None:
        event = make_signing_event(name="Congres")
        assert queries.event_named(str(event.id)) == {str(event.id): "Congres"}
        for other in ("", f"0{event.id}", str(event.id + 1), "x", "9" * 30):
            assert queries.event_named(other) == {}

    def test_it_narrows_the_list_with_the_year(self, app: Flask) -> None:
        there = make_signer("Gemeente Bûtermar", signed_on=date(2019, 7, 3))
        make_signer("Gemeente Oud-Linde", signed_on=date(2019, 12, 31))
        unknown = make_signer("Gemeente Ganzenwaard", signed_on=date(2020, 1, 1))
        event = make_signing_event()
        with write_section():
            signature_of(there).event_id = event.id
            signature_of(unknown).signed_latest = None
        assert names(SignatoryFilter(event=str(event.id))) == ["Gemeente Bûtermar"]
        assert names(SignatoryFilter(signed="2019")) == ["Gemeente Bûtermar", "Gemeente Oud-Linde"]
        assert names(SignatoryFilter(signed="2020")) == []
        assert names(SignatoryFilter(signed="onbekend")) == ["Gemeente Ganzenwaard"]
