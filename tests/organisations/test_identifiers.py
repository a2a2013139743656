"""Numbers of organisations, as people type them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from portal.organisations.identifiers import (
    NAMES,
    SCHEMES,
    IdentifierRefused,
    passes_check_of_eleven,
    read,
    remark_on,
)

RSIN = "123456782"


@pytest.mark.parametrize(
    ("scheme", "typed", "kept"),
    [
        ("kvk", "12345678", "12345678"),
        ("kvk", "01234567", "01234567"),
        ("kvk", "00012345", "00012345"),
        ("kvk", " 12 34.56 78 ", "12345678"),
        ("kvk", "12-345-678", "12345678"),
        ("kvk", "12\u00a0345\u202f678", "12345678"),
        ("rsin", RSIN, RSIN),
        ("rsin", "1234.56.782", RSIN),
        ("rsin", "002564440", "002564440"),
        ("oin", "00000001" + RSIN + "000", "00000001" + RSIN + "000"),
        ("oin", "0000 0001 1234 5678 2000", "00000001" + RSIN + "000"),
        ("oin", "00000003012345670000", "00000003012345670000"),
        ("oin", "00000004123456789000", "00000004123456789000"),
        ("oin", "00000099000000001000", "00000099000000001000"),
        ("oin", "12345678123456789000", "12345678123456789000"),
        ("cbs", "GM0344", "GM0344"),
        ("cbs", "gm 0344", "GM0344"),
        (
            "tooi",
            "https://identifier.overheid.nl/tooi/id/gemeente/gm0344",
            "https://identifier.overheid.nl/tooi/id/gemeente/gm0344",
        ),
        (
            "tooi",
            " HTTP://Identifier.Overheid.nl/tooi/id/Gemeente/GM0344/ ",
            "https://identifier.overheid.nl/tooi/id/gemeente/gm0344",
        ),
        (
            "tooi",
            "https://identifier.overheid.nl/tooi/id/ministerie/mnre1034",
            "https://identifier.overheid.nl/tooi/id/ministerie/mnre1034",
        ),
    ],
)
def test_it_takes_a_number_as_people_type_it(scheme: str, typed: str, kept: str) -> None:
    assert read(scheme, typed) == kept
    assert read(scheme, kept) == kept


@pytest.mark.parametrize(
    ("scheme", "typed", "words"),
    [
        ("kvk", "1234567", "heeft 8 cijfers. U vulde er 7 in"),
        ("kvk", "123456789", "heeft 8 cijfers. U vulde er 9 in"),
        ("kvk", "123456789012", "vestigingsnummer"),
        ("kvk", "KVK 12345678", "alleen uit cijfers"),
        ("kvk", "１２３４５６７８", "alleen uit cijfers"),
        ("kvk", "", "alleen uit cijfers"),
        ("kvk", "00000000", "bestaat niet"),
        ("rsin", "123456789", "klopt niet"),
        ("rsin", "123465782", "klopt niet"),
        ("rsin", "000000000", "klopt niet"),
        ("rsin", "12345678", "heeft 9 cijfers. U vulde er 8 in"),
        ("rsin", "NL123456782B01", "btw-nummer"),
        ("rsin", "12345678X", "alleen uit cijfers"),
        ("oin", "0000000112345678200", "heeft 20 cijfers. U vulde er 19 in"),
        ("oin", "00000001123456789000", "Dat RSIN klopt hier niet"),
        ("oin", "00000001123456782001", "Dat RSIN klopt hier niet"),
        ("oin", "00000003000000000000", "KVK-nummer met vier nullen"),
        ("oin", "00000003123456781000", "KVK-nummer met vier nullen"),
        ("oin", "0000000112345678200A", "alleen uit cijfers"),
        ("cbs", "0344", "GM met vier cijfers"),
        ("cbs", "GM344", "GM met vier cijfers"),
        ("cbs", "PV0026", "GM met vier cijfers"),
        ("cbs", "GM٠٣٤٤", "GM met vier cijfers"),
        ("tooi", "gm0344", "ziet er zo uit"),
        ("tooi", "https://identifier.overheid.nl/tooi/id/gemeente", "ziet er zo uit"),
        ("tooi", "https://identifier.overheid.nl.example.org/tooi/id/a/b", "ziet er zo uit"),
        ("tooi", "https://identifier.overheid.nl/tooi/id/gemeente/gm0344?x=1", "ziet er zo uit"),
        ("tooi", "javascript:alert(1)", "ziet er zo uit"),
        ("tooi", "https://identifier.overheid.nl/tooi/id/gemeente/pv26", "gm met vier cijfers"),
    ],
)
def test_it_says_what_is_wrong(scheme: str, typed: str, words: str, app: object) -> None:
    with pytest.raises(IdentifierRefused) as refusal:
        read(scheme, typed)
    assert words in str(refusal.value.args[0])


def test_it_has_words_of_its_own_for_every_kind_of_number(app: object) -> None:
    messages = set()
    for scheme in SCHEMES:
        with pytest.raises(IdentifierRefused) as refusal:
            read(scheme, "?")
        messages.add(str(refusal.value.args[0]))
    assert len(messages) == len(SCHEMES) == len(NAMES)


def test_it_finds_every_single_wrong_digit_in_an_rsin() -> None:
    for place in range(9):
        for digit in "0123456789":
            changed = RSIN[:place] + digit + RSIN[place + 1 :]
            assert passes_check_of_eleven(changed) == (changed == RSIN)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("12345678123456789000", "geen OIN dat begint met 12345678"),
        ("00000005123456789000", "geen OIN dat begint met 00000005"),
        ("00000099000000001000", "om mee te testen"),
    ],
)
def test_it_remarks_on_an_oin_that_it_takes_all_the_same(
    value: str, words: str, app: object
) -> None:
    assert words in str(remark_on("oin", value))


def test_it_has_no_remark_on_a_known_register() -> None:
    assert remark_on("oin", "00000001" + RSIN + "000") is None
    assert remark_on("oin", "00000004123456789000") is None
    assert remark_on("kvk", "12345678") is None


def test_it_takes_the_code_of_every_gemeente(shared_data: Path) -> None:
    with (shared_data / "gemeenten.csv").open() as file:
        codes = [row["cbs_code"] for row in csv.DictReader(file)]
    assert [read("cbs", code.lower()) for code in codes] == codes
    for code in codes:
        address = f"https://identifier.overheid.nl/tooi/id/gemeente/{code.lower()}"
        assert read("tooi", address.upper().replace("HTTPS", "https")) == address
