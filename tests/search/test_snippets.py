"""Pieces of a text with the words marked."""

from __future__ import annotations

from portal.search.queries.matching import Meant
from portal.search.snippets import marked, snippet

MEANT = [Meant("koppeling", (1,), (2,), (), frozenset({"koppeling", "koppelingen", "fotos"}))]


def shown(text: str) -> str:
    return "".join(
        f"[{piece.text}]" if piece.is_marked else piece.text for piece in snippet(text, MEANT)
    )


def test_it_marks_words_as_they_were_typed() -> None:
    assert shown("Een KOPPELING, foto’s en Koppelingen.") == (
        "Een [KOPPELING], [foto’s] en [Koppelingen]."
    )


def test_it_marks_no_part_of_another_word() -> None:
    assert shown("Ontkoppelingen niet") == "Ontkoppelingen niet"


def test_it_begins_a_little_before_the_first_word_and_cuts_no_word() -> None:
    text = "voor " * 60 + "koppeling" + " daarna" * 60
    found = shown(text)
    assert found.startswith("… voor ")
    assert found.endswith(" daarna …")
    assert "[koppeling]" in found
    assert len(found) < 320


def test_a_text_without_the_words_begins_at_its_beginning() -> None:
    assert shown("niets " * 100).startswith("niets niets")


def test_a_long_text_without_spaces_is_cut() -> None:
    assert len(shown("a" * 5000)) < 320


def test_markup_stays_text() -> None:
    pieces = marked("<b>koppeling</b>", MEANT)
    assert [piece.text for piece in pieces] == ["<b>", "koppeling", "</b>"]
