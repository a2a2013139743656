"""Which stretch of time a timeline shows, and where a day lies in it."""

from __future__ import annotations

from datetime import date

import pytest

from portal.overview.periods import DAY, period_of

TODAY = date(2026, 4, 29)
YEARS = range(2019, 2041)


@pytest.mark.parametrize(
    ("word", "start", "end", "pieces", "beside"),
    [
        ("", date(2021, 1, 1), date(2030, 12, 31), 10, ("2019-2028", "2031-2040")),
        ("2019-2028", date(2019, 1, 1), date(2028, 12, 31), 10, ("", "2029-2038")),
        ("2039-2048", date(2039, 1, 1), date(2040, 12, 31), 2, ("2029-2038", "")),
        ("2024", date(2024, 1, 1), date(2024, 12, 31), 4, ("2023", "2025")),
        ("2019", date(2019, 1, 1), date(2019, 12, 31), 4, ("", "2020")),
        ("2024-k1", date(2024, 1, 1), date(2024, 3, 31), 3, ("2023-k4", "2024-k2")),
        ("2019-k1", date(2019, 1, 1), date(2019, 3, 31), 3, ("", "2019-k2")),
        ("2040-k4", date(2040, 10, 1), date(2040, 12, 31), 3, ("2040-k3", "")),
    ],
)
def test_it_shows_a_period_with_the_ways_to_those_beside_it(
    word: str, start: date, end: date, pieces: int, beside: tuple[str, str]
) -> None:
    period = period_of(word, YEARS, TODAY)
    assert (period.start, period.end, len(period.slices)) == (start, end, pieces)
    assert (period.earlier, period.later) == beside
    for one, next_one in zip(period.slices, period.slices[1:], strict=False):
        assert one.end + DAY == next_one.start


@pytest.mark.parametrize("word", ["2018", "2041-k1", "2024-k5", "2024-", "x", "٢٠٢٤", "2024-k1\n"])
def test_it_knows_no_other_periods(word: str) -> None:
    assert period_of(word, YEARS, TODAY) == period_of("", YEARS, TODAY)


def test_it_shows_this_year_where_nothing_has_a_date() -> None:
    assert [piece.word for piece in period_of("", [], TODAY).slices] == ["2026"]


def test_it_leads_from_what_it_shows_to_what_a_piece_shows() -> None:
    quarter = period_of("2024", YEARS, TODAY).slices[2]
    narrow = period_of(quarter.word, YEARS, TODAY)
    assert (narrow.start, narrow.end, narrow.wider) == (quarter.start, quarter.end, "2024")
    assert period_of("2024", YEARS, TODAY).wider == ""


@pytest.mark.parametrize(
    ("day", "place"),
    [
        (date(2023, 12, 31), 0),
        (date(2024, 1, 1), 0),
        (date(2024, 4, 1), 25),
        (date(2024, 8, 16), 62.5),
        (date(2025, 1, 1), 100),
        (date(2031, 1, 1), 100),
    ],
)
def test_it_places_a_day_within_its_piece(day: date, place: float) -> None:
    assert period_of("2024", YEARS, TODAY).place(day) == pytest.approx(place)
