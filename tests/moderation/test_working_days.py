"""One working day: same time on the next, weekends do not count, summer time does not shift it."""

from __future__ import annotations

from datetime import datetime

import pytest

from portal.core.clock import AMSTERDAM
from portal.moderation.working_days import is_working_day, one_working_day_after


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
    ],
)
def test_it_is_over_at_the_same_time_on_the_next_working_day(came: str, over: str) -> None:
    assert one_working_day_after(at(came)) == at(over)


def test_it_reads_the_clock_of_amsterdam() -> None:
    sunday_night_in_utc = datetime.fromisoformat("2026-11-29T23:30:00+00:00")
    assert is_working_day(sunday_night_in_utc)
    assert one_working_day_after(sunday_night_in_utc) == at("2026-12-01 00:30")
