"""How a short number is written, and which ways of writing it are read."""

from __future__ import annotations

import pytest

from portal.core.short_numbers import read_short_number, short_number


def test_it_writes_a_number_as_letters_do() -> None:
    assert short_number(42) == "GP-42"


@pytest.mark.parametrize("written", ["42", "GP-42", "gp-42", "gp42", "GP 42", " Gp-42 "])
def test_it_reads_what_people_write(written: str) -> None:
    assert read_short_number(written) == 42


@pytest.mark.parametrize(
    "written", ["", "0", "042", "GP", "GP-", "GP--42", "TZ-42", "42a", "-42", "4²", "1" * 10]
)
def test_it_reads_nothing_else(written: str) -> None:
    assert read_short_number(written) is None
