"""One working day: the same time on the next; no weekends, no holidays, no shift in summer."""

from __future__ import annotations

from datetime import datetime

import pytest

from portal.core.clock import AMSTERDAM
from portal.moderation.working_days import is_working_day, one_working_day_after, public_holidays


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("came", "over"),
    [
        ("2026-11-23 15:00", "2026-11-24 15:00"),  # Monday
        ("2026-11-26 09:30", "2026-11-27 09:30"),  # Thursday
        ("2026-11-27 15:00", "2026-11-30 15:00"),  # Friday
        ("2026-11-27 23:59", "2026-11-30 23:59"),
        ("2026-11-28 00:00", "2026-12-01 00:00"),  # Saturday
        ("2026-11-29 22:00", "2026-12-01 00:00"),  # Sunday
        ("2026-03-27 15:00", "2026-03-30 15:00"),  # summer time begins between
        ("2026-10-23 15:00", "2026-10-26 15:00"),  # and ends
        ("2026-12-24 15:00", "2026-12-28 15:00"),  # Christmas: Friday and Saturday
        ("2026-12-25 11:00", "2026-12-29 00:00"),
        ("2024-12-24 16:00", "2024-12-27 16:00"),  # Christmas: Wednesday and Thursday
        ("2026-12-31 09:00", "2027-01-04 09:00"),  # New Year's Day, a Friday
        ("2026-04-02 15:00", "2026-04-07 15:00"),  # Good Friday to Easter Monday
        ("2026-05-13 15:00", "2026-05-15 15:00"),  # Ascension Day
        ("2026-05-22 15:00", "2026-05-26 15:00"),  # Whit Monday
    ],
)
def test_it_is_over_at_the_same_time_on_the_next_working_day(came: str, over: str) -> None:
    assert one_working_day_after(at(came)) == at(over)


@pytest.mark.parametrize(
    ("day", "is_one"),
    [
        ("2026-04-27", False),  # King's Day, a Monday
        ("2031-04-25", True),  # 27 April 2031 is a Sunday: King's Day is the Saturday before
        ("2031-04-28", True),
        ("2026-04-06", False),  # Easter Monday
        ("2026-12-25", False),
        ("2025-05-05", False),  # Liberation Day is a day off in years that five divides
        ("2026-05-05", True),
        ("2026-12-24", True),
        ("2026-12-26", False),
    ],
)
def test_it_knows_the_days_off_of_the_netherlands(day: str, is_one: bool) -> None:
    assert is_working_day(at(f"{day} 12:00")) is is_one


def test_it_moves_kings_day_from_a_sunday_to_the_day_before() -> None:
    april = {day.day for day in public_holidays(2031) if day.month == 4}
    assert 26 in april
    assert 27 not in april


def test_it_reads_the_clock_of_amsterdam() -> None:
    sunday_night_in_utc = datetime.fromisoformat("2026-11-29T23:30:00+00:00")
    assert is_working_day(sunday_night_in_utc)
    assert one_working_day_after(sunday_night_in_utc) == at("2026-12-01 00:30")
