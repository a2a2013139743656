"""How late a promise is, in words."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from portal.commitments.words import late_words


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
