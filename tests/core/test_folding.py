"""Text folded for machines."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.folding import fold, shows_nothing, without_unseen


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


@pytest.mark.parametrize(
    "name",
    [
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian
        "\u0dc1\u0dca\u200d\u0dbb\u0dd3",  # Sri, in Sinhala
        "Noor \U0001f469\u200d\U0001f467 \U0001f3f3\ufe0f\u200d\U0001f308",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f Engeland",
        "Naam \U00016ea0\U0003ffff",  # newer than any Unicode that this Python may know
        "Eigen teken \ue000",
        "\u0600\u0661",  # a sign of the category of unseen ones that is seen
    ],
)
def test_a_name_keeps_every_sign_that_shapes_or_shows(name: str) -> None:
    assert without_unseen(name) == name
    assert not shows_nothing(name)


def test_a_name_keeps_no_sign_that_shows_nothing() -> None:
    assert (
        without_unseen("No\u200dor\u200b B\u00ados\ufeff\u2060 \u202eje\u202c\u200c")
        == "Noor Bos je"
    )
    assert shows_nothing("\u200b \u200d\u202e\U000e0067")
