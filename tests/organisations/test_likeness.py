"""Names that could be meant for one organisation, and the order of lists."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from portal.core.folding import sort_key
from portal.organisations.likeness import Why, likeness, match_name
from portal.organisations.provinces import PROVINCES, find_province, province_name


@pytest.fixture
def gemeenten(shared_data: Path) -> list[dict[str, str]]:
    with (shared_data / "gemeenten.csv").open() as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    "spelling",
    [
        "Gemeente Súdwest-Fryslân",
        "gemeente SÚDWEST FRYSLÂN",
        "Sudwest Fryslan",
        "SudwestFryslan",
        "Súdwest‑Fryslân (gemeente)",
        "Su\u0301dwest-Frysla\u0302n",
        "Ѕudwest-Frуslаn",
    ],
)
def test_it_reads_every_spelling_of_a_name_as_one(spelling: str) -> None:
    assert match_name(spelling) == "sudwestfryslan"


def test_it_looks_for_no_abbreviation_of_a_name_with_more_words_than_names_have() -> None:
    words = [f"{letter}oord" for letter in "abcdefghijklmnopq"]
    few, many = " ".join(words[:8]), " ".join(words)
    assert likeness("abcdefgh", few) is Why.ABBREVIATION
    assert likeness("abcdefghijklmnopq", many) is None


@pytest.mark.parametrize("name", ["a b " * 150_000, "a" + "\u0301\u0328" * 150_000])
def test_it_reads_no_more_of_a_name_than_names_are_long(name: str) -> None:
    assert likeness(name, "Gemeente Utrecht") is None
    assert len(match_name(name)) <= 200
    assert len(sort_key(name)) <= 200


@pytest.mark.parametrize(
    "spelling", ["Voorbeeld B.V.", "Voorbeeld BV", "voorbeeld b.v", "VOORBEELD N.V.", "Vооrbееld"]
)
def test_it_leaves_out_the_legal_form(spelling: str) -> None:
    assert match_name(spelling) == "voorbeeld"


def test_it_keeps_a_name_of_nothing_but_such_words() -> None:
    assert match_name("De Vereniging") == "de"
    assert match_name("Gemeente") == "gemeente"
    assert match_name("Stichting B.V.") == "stichtingbv"


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("PinkRoccade LG", "Pinkroccade Local Government", Why.ABBREVIATION),
        ("PinkRoccade LG", "Pink Roccade Local Government B.V.", Why.ABBREVIATION),
        ("VNG", "Vereniging van Nederlandse Gemeenten", Why.ABBREVIATION),
        ("V.N.G.", "Vereniging van Nederlandse Gemeenten", Why.ABBREVIATION),
        ("Gemeente Utrecht", "Utrecht, gemeente", Why.SAME),
        ("Dimpact", "Coöperatieve vereniging Dimpact U.A.", Why.SAME),
        ("Dimpact", "Dіmpact", Why.SAME),
        ("DIMPACT", "DІМРАСТ", Why.SAME),
        ("Dimpact", "D1mpact", Why.LOOKS_SAME),
        ("Dimpact", "Dlmpact", Why.LOOKS_SAME),
        ("Govern", "Govem", Why.LOOKS_SAME),
        ("Den Haag", "Gemeente 's-Gravenhage", Why.SAME),
        ("Centric", "Centric PSS", Why.PART),
        ("Centric Nederland", "Centric Holding B.V.", Why.PART),
        ("De Connectie", "Shared Service Center De Connectie", Why.PART),
        ("Bergen", "Bergen (L)", Why.PART),
        ("Conduction", "Conducton", Why.TYPO),
        ("Dimpact", "Dimapct", Why.TYPO),
        ("Regio 2", "regio 2", Why.SAME),
    ],
)
def test_it_finds_likeness(one: str, other: str, why: Why) -> None:
    assert likeness(one, other) == likeness(other, one) == why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gemeente Bergen (L)", "Gemeente Bergen (NH)"),
        ("Gemeente Groningen", "Gemeente Midden-Groningen"),
        ("Gemeente Utrecht", "Provincie Utrecht"),
        ("Gemeente Utrecht", "Gemeente Utrechtse Heuvelrug"),
        ("Gemeente Leusden", "Gemeente Heusden"),
        ("Regio 2", "Regio 3"),
        ("Centric", "Dimpact"),
        ("Software Nederland", "Cloud Software"),
        ("Stichting A", "Stichting B"),
    ],
)
def test_it_leaves_different_organisations_apart(one: str, other: str) -> None:
    assert likeness(one, other) is None


def test_it_leaves_every_gemeente_apart_from_every_other(gemeenten: list[dict[str, str]]) -> None:
    names = [f"Gemeente {row['naam']}" for row in gemeenten]
    alike = [pair for pair in combinations(names, 2) if likeness(*pair)]
    assert alike == []
    assert len(names) == len({match_name(name) for name in names}) == 342


def test_it_sorts_by_what_a_reader_sees() -> None:
    in_order = [
        "De Bilt",
        "Den Haag",
        "denekamp",
        "Éemland",
        "Eemsdelta",
        "IJsselstein",
        "Ikazia",
        "Regio 2",
        "Regio 10",
        "'s-Hertogenbosch",
        "Simpelveld",
    ]
    assert sorted(in_order, key=sort_key) == in_order
    assert sort_key("'s-Hertogenbosch") == sort_key("s-Hertogenbosch")


def test_it_sorts_alike_whether_or_not_a_database_heeds_spaces() -> None:
    key = sort_key("Den Haag")
    assert key.isalnum() and key < sort_key("Denekamp")


def test_it_sorts_every_gemeente_under_its_first_letter(gemeenten: list[dict[str, str]]) -> None:
    names = [row["naam"] for row in gemeenten]
    assert all(sort_key(name)[0] == name.lower()[0] for name in names)
    assert all(sort_key(name).isascii() and sort_key(name).isalnum() for name in names)
    bergen = [name for name in sorted(names, key=sort_key) if name.startswith("Bergen")]
    assert bergen == ["Bergen (L)", "Bergen (NH)", "Bergen op Zoom"]


def test_it_sorts_a_name_without_letters_before_all_others() -> None:
    assert sort_key("?!") < sort_key("1e lijn") < sort_key("Aalten")


def test_it_knows_the_province_of_every_gemeente(gemeenten: list[dict[str, str]]) -> None:
    found = Counter(find_province(row["provincie"]) for row in gemeenten)
    assert set(found) == set(PROVINCES) and len(PROVINCES) == 12
    assert find_province("Friesland") == find_province("fryslân") == "fryslan"
    assert find_province("Holland") is None
    assert province_name("noord-brabant") == "Noord-Brabant"
    assert province_name(None) is None
