"""How late a promise is, how long it has to go and how often it was moved, in words."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from portal.commitments.words import Spoken, late_words, left_words, moved_words
from portal.core.i18n import speak


@pytest.mark.parametrize(
    ("latest", "on", "words"),
    [
        (date(2026, 11, 28), date(2026, 11, 29), "1 dag te laat"),
        (date(2026, 10, 30), date(2026, 11, 29), "30 dagen te laat"),
        (date(2026, 10, 29), date(2026, 11, 29), "1 maand te laat"),
        (date(2025, 12, 31), date(2026, 11, 30), "10 maanden te laat"),
        (date(2024, 11, 30), date(2026, 11, 29), "23 maanden te laat"),
        (date(2024, 11, 29), date(2026, 11, 29), "2 jaar te laat"),
        (None, date(2026, 11, 29), ""),
    ],
)
def test_it_says_how_late(app: Flask, latest: date | None, on: date, words: str) -> None:
    assert late_words(latest, on) == words


@pytest.mark.parametrize(
    ("latest", "words"),
    [
        (date(2026, 11, 30), "nog 1 dag"),
        (date(2026, 12, 11), "nog 12 dagen"),
        (date(2026, 12, 29), "nog 1 maand"),
        (date(2027, 3, 10), "nog 3 maanden"),
        (date(2028, 11, 28), "nog 23 maanden"),
        (date(2030, 12, 31), "nog 4 jaar"),
        (date(2026, 11, 29), "vandaag de laatste dag"),
        (date(2026, 11, 28), "voorbij, nog 13 dagen respijt"),
        (date(2026, 11, 15), "voorbij, vandaag de laatste dag respijt"),
        (date(2026, 11, 14), ""),
        (None, ""),
    ],
)
def test_it_says_how_long_is_left(app: Flask, latest: date | None, words: str) -> None:
    assert left_words(latest, date(2026, 11, 29), 14) == words


OCTOBER = Spoken("begin oktober", date(2019, 10, 1), date(2019, 10, 10))


@pytest.mark.parametrize(
    ("count", "first", "words"),
    [
        (0, None, ""),
        (2, OCTOBER, "2 keer, eerst begin oktober 2019"),
        (
            1,
            Spoken("vier weken na de start", date(2019, 10, 2), date(2019, 10, 9)),
            "1 keer, eerst 2 tot en met 9 oktober 2019",
        ),
        (1, Spoken("doorlopend", None, None), "1 keer, eerst doorlopend"),
        (1, Spoken("", None, None), "1 keer, eerst geen datum"),
    ],
)
def test_it_says_what_was_promised_first(
    app: Flask, count: int, first: Spoken | None, words: str
) -> None:
    assert moved_words(count, first) == words


def test_it_says_it_in_english(app: Flask) -> None:
    with speak("en"):
        assert moved_words(2, OCTOBER) == "2 times, first early October 2019"
        assert left_words(date(2026, 12, 11), date(2026, 11, 29), 14) == "12 days left"
