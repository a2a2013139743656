"""What became different between two texts, as readers are told it."""

from __future__ import annotations

import pytest

from portal.core import differences
from portal.core.differences import Fate, words_changed

# Before, after, and both as one: [-went-] and {+came+}.
CHANGED = [
    ("", "", ""),
    ("Wij koppelen.", "Wij koppelen.", "Wij koppelen."),
    ("", "Wij koppelen.", "{+Wij koppelen.+}"),
    ("Wij koppelen.", "", "[-Wij koppelen.-]"),
    ("Wij koppelen graag.", "Wij koppelen niet.", "Wij koppelen [-graag.-]{+niet.+}"),
    ("een plan", "een goed plan", "een {+goed +}plan"),
    ("een goed plan", "een plan", "een [-goed -]plan"),
    ("A b c d e f", "A x c y e f", "A [-b c d -]{+x c y +}e f"),
    ("Eerst.\n\nDan.", "Eerst.\n\nDaarna.", "Eerst.\n\n[-Dan.-]{+Daarna.+}"),
    ("eind 2030", "eind  2030", "eind  2030"),
    ("één ﬁets", "één fiets", "één [-ﬁets-]{+fiets+}"),
]


def written(before: str, after: str) -> str:
    marks = {Fate.KEPT: "{}", Fate.REMOVED: "[-{}-]", Fate.ADDED: "{{+{}+}}"}
    return "".join(marks[each.fate].format(each.text) for each in words_changed(before, after))


@pytest.mark.parametrize(("before", "after", "both"), CHANGED)
def test_it_tells_what_went_and_what_came(before: str, after: str, both: str) -> None:
    assert written(before, after) == both


@pytest.mark.parametrize("most", [differences.MOST_PAIRS, 50, 0])
def test_it_loses_no_word_of_either_text_however_long(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(differences, "MOST_PAIRS", most)
    before = "\n".join(f"regel {n} met de tekst van toen" for n in range(30))
    after = before.replace("regel 7 met", "regel 7 zonder").replace("regel 20 ", "")
    stretches = words_changed(before, after)
    assert "".join(s.text for s in stretches if s.fate != Fate.ADDED) == before
    assert "".join(s.text for s in stretches if s.fate != Fate.REMOVED) == after


def test_of_a_long_text_it_compares_the_lines_that_differ() -> None:
    lines = [f"regel {n} met de tekst van toen" for n in range(300)]
    before, after = "\n".join(lines), "\n".join([*lines[:150], "regel 150 van nu", *lines[151:]])
    removed = [s.text for s in words_changed(before, after) if s.fate == Fate.REMOVED]
    assert removed == ["met de tekst van toen\n"]


@pytest.mark.parametrize(
    ("text", "words", "space", "has_own_end"),
    [
        ("31 ", "31", " ", False),
        ("snel.\n\n", "snel.", "\n\n", True),
        ("eerst, ", "eerst,", " ", True),
        ("snel.” ", "snel.”", " ", True),
        ("(jaar) ", "(jaar)", " ", False),
        (" \n", "", " \n", False),
    ],
)
def test_words_stand_apart_from_the_spaces_behind_them(
    text: str, words: str, space: str, has_own_end: bool
) -> None:
    stretch = differences.Stretch(Fate.ADDED, text)
    assert (stretch.words, stretch.space, stretch.has_own_end) == (words, space, has_own_end)
