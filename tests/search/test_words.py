"""Words as they are indexed and asked for."""

from __future__ import annotations

import pytest

from portal.search.words import asked_words, edits, grams, inner_grams, stems, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Coöperatie Súdwest", ["cooperatie", "sudwest"]),
        ("’s-Hertogenbosch", ["s", "hertogenbosch", "shertogenbosch"]),
        ("GP-42", ["gp", "42", "gp42"]),
        ("foto’s", ["fotos"]),
        ("a-b-c-d-e", ["a", "b", "c", "d", "e"]),
        ("zaak­type", ["zaaktype"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
    ],
)
def test_it_cuts_a_text_into_folded_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Wat beloofde mijn gemeente?", ["gemeente"]),
        ("Wat is er beloofd?", ["beloofd"]),
        ("de", ["de"]),
        ("een een twee", ["twee"]),
        ("drie twee drie", ["drie", "twee"]),
    ],
)
def test_it_asks_for_the_words_that_tell(text: str, words: list[str]) -> None:
    assert asked_words(text, 8) == words


def test_it_asks_for_no_more_words_than_it_may() -> None:
    assert asked_words("een1 een2 een3", 2) == ["een1", "een2"]


# What PostgreSQL 18 makes of them with its own dictionaries "dutch" and "english".
@pytest.mark.parametrize(
    ("word", "dutch", "english"),
    [
        ("gemeenten", "gemeent", "gemeenten"),
        ("toezeggingen", "toezegg", "toezeggingen"),
        ("koppelingen", "koppel", "koppelingen"),
        ("promised", "promised", "promis"),
        ("gp42", "gp42", "gp42"),
    ],
)
def test_it_stems_as_postgresql_does(word: str, dutch: str, english: str) -> None:
    assert stems(word) == (dutch, english)


@pytest.mark.parametrize(
    ("one", "other", "most", "steps"),
    [
        ("dimpakt", "dimpact", 1, 1),
        ("centrik", "centric", 1, 1),
        ("lindewuode", "lindewoude", 2, 1),
        ("abc", "abcd", 1, 1),
        ("abcd", "abc", 1, 1),
        ("abcdef", "abc", 2, 3),
        ("abcdefgh", "zyxwvuts", 2, 3),
        ("zelfde", "zelfde", 1, 0),
    ],
)
def test_it_counts_slips_of_a_finger(one: str, other: str, most: int, steps: int) -> None:
    assert edits(one, other, most) == steps


def test_every_part_of_a_word_is_among_its_grams() -> None:
    word = "gegevensuitwisseling"
    parts = (word[start:end] for start in range(17) for end in range(start + 3, 21))
    assert all(inner_grams(part) <= grams(word) for part in parts)
