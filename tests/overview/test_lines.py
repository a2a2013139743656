"""What a bar on a timeline says: from the first to the last day, and what was promised first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal.overview.lines import Line, lines_of
from portal.overview.periods import period_of
from portal.overview.queries import Spanning

TODAY = date(2020, 7, 1)
YEAR = period_of("2020", [2019, 2020, 2021], TODAY)


def line(earliest: date | None, latest: date | None, **values: Any) -> Line:
    row = Spanning(
        id=1,
        slug="plan",
        title="Plan",
        language="nl",
        organisation_name="Gemeente Lindewoude",
        outcome="binnen-termijn",
        term_words="ooit",
        term_language="nl",
        earliest=earliest,
        latest=latest,
        promised_on=date(2020, 4, 1),
        **{
            "move_count": 0,
            "first_words": None,
            "first_earliest": None,
            "first_latest": None,
            **values,
        },
    )
    (found,) = lines_of([row], YEAR, TODAY)
    return found


@pytest.fixture(autouse=True)
def in_dutch(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"):
        yield


@pytest.mark.parametrize(
    ("earliest", "latest", "start", "width", "sides"),
    [
        (date(2020, 4, 1), date(2020, 6, 30), "25%", "25%", 2),
        # From before the period, and beyond it: no edge where it goes on.
        (date(2019, 1, 1), date(2020, 3, 31), "0%", "25%", 1),
        (date(2020, 10, 1), date(2021, 3, 31), "75%", "25%", 1),
        # "Voor 1 juli" counts from the promise, "vanaf juli" has no end.
        (None, date(2020, 6, 30), "25%", "25%", 1),
        (date(2020, 7, 1), None, "50%", "50%", 1),
        # A single day is wide enough to be seen.
        (date(2020, 12, 31), date(2020, 12, 31), "99.2%", "0.8%", 2),
    ],
)
def test_it_runs_from_the_first_to_the_last_day_that_the_words_mean(
    earliest: date | None, latest: date | None, start: str, width: str, sides: int
) -> None:
    drawing = line(earliest, latest).drawing
    assert f'<rect class="shape shape--open" x="{start}" width="{width}"' in drawing
    # Above and below it is always closed.
    assert drawing.count('class="shape__border"') == sides + 2
    assert "shape__old" not in drawing


def test_it_has_its_first_place_in_outline_when_it_was_moved() -> None:
    moved = line(
        date(2020, 7, 1),
        date(2020, 9, 30),
        move_count=1,
        first_words="begin 2020",
        first_earliest=date(2020, 1, 1),
        first_latest=date(2020, 3, 31),
    )
    assert '<rect class="shape__old" x="0%" width="25%"' in moved.drawing
    assert moved.first_dates == "1 januari tot en met 31 maart 2020"
    assert moved.dates == "1 juli tot en met 30 september 2020"


def test_it_has_today_as_a_line_while_that_lies_within() -> None:
    assert '<line class="drawing__today" x1="50%"' in line(TODAY, TODAY).drawing
    (other,) = lines_of([line(TODAY, TODAY).row], YEAR, date(2021, 1, 1))
    assert "drawing__today" not in other.drawing
