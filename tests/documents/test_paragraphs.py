"""Drawn lines become paragraphs and points of a list again."""

from __future__ import annotations

import pytest

from portal.documents.paragraphs import paragraphs

WIDE = "Wij maken koppelvlakken volgens de standaard en doen"


@pytest.mark.parametrize(
    ("drawn", "written"),
    [
        ("", ""),
        (f"{WIDE}\ndat samen.\nDaarna volgt meer.", f"{WIDE} dat samen.\n\nDaarna volgt meer."),
        ("Inleiding\nWij beginnen.", "Inleiding\n\nWij beginnen."),
        ("• een\n• twee\ndrie", "- een\n- twee drie"),
        ("Plan:\n• een", "Plan:\n\n- een"),
    ],
)
def test_it_joins_lines_and_marks_points(drawn: str, written: str) -> None:
    assert paragraphs(drawn) == written
