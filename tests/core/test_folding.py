"""Text folded for machines."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Coöperatie SÚDWEST-Fryslân", "cooperatie sudwest-fryslan"),
        ("Ĳsselstein en ĳs", "ijsselstein en ijs"),
        ("’s-Hertogenbosch ‘t Gooi", "'s-hertogenbosch 't gooi"),
        ("„Samen” «open» “nu”", '"samen" "open" "nu"'),
        ("2019–2020 — plan‑A − 1", "2019-2020 - plan-a - 1"),
        ("af\u00adspraak en ge\u200bheim\ufeff", "afspraak en geheim"),
        ("een\u00a0twee\u2009drie", "een twee drie"),
        ("Straße, Ærø, Łódź", "strasse, aero, lodz"),
        ("ﬁnanciën…", "financien..."),
        ("eerst\ndan", "eerst\ndan"),
        ("", ""),
    ],
)
def test_it_takes_every_spelling_to_one(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_it_folds_each_sign_once_and_for_all() -> None:
    signs = (chr(number) for number in range(sys.maxunicode + 1) if not 0xD800 <= number < 0xE000)
    folded = {sign: once for sign in signs if (once := fold(sign)) != sign}
    assert len(folded) > 1000
    assert [sign for sign, once in folded.items() if fold(once) != once] == []


@given(st.text(max_size=20))
def test_it_folds_a_text_once_and_for_all(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text.upper()) == fold(text.upper().lower())
