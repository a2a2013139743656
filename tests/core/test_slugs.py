"""The last part of an address."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from portal.core.folding import plain_letters
from portal.core.slugs import NAMELESS, free_slug, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Gemeente Súdwest-Fryslân", "gemeente-sudwest-fryslan"),
        ("'s-Hertogenbosch", "s-hertogenbosch"),
        ("’t Gooi & Vechtstreek", "t-gooi-vechtstreek"),
        ("Coöperatie Één B.V.", "cooperatie-een-b-v"),
        ("  --Plan  van aanpak (versie 2)--  ", "plan-van-aanpak-versie-2"),
        ("Straße, Ærø, Łódź", "strasse-aero-lodz"),
        ("IJsselstein", "ijsselstein"),
        ("../../etc/passwd", "etc-passwd"),
        ("Привет", NAMELESS),
        ("?!", NAMELESS),
        ("", NAMELESS),
    ],
)
def test_it_writes_a_text_as_an_address(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_it_cuts_a_long_text_after_a_word() -> None:
    assert slugify("een twee drie vier", limit=9) == "een-twee"
    assert slugify("een twee drie vier", limit=8) == "een-twee"
    assert slugify("onafgebroken", limit=5) == "onafg"
    assert len(slugify("woord " * 500)) <= 100


def test_it_counts_on_until_a_slug_is_free() -> None:
    taken = {"bergen", "bergen-2"}
    assert free_slug("bergen", taken.__contains__) == "bergen-3"
    assert free_slug("breda", taken.__contains__) == "breda"


def test_it_leaves_letters_of_other_alphabets() -> None:
    assert plain_letters("Dіmpact Zoë") == "Dіmpact Zoe"


def test_it_gives_every_gemeente_an_address_of_its_own(shared_data: Path) -> None:
    with (shared_data / "gemeenten.csv").open() as file:
        names = [row["naam"] for row in csv.DictReader(file)]
    slugs = [slugify(name) for name in names]
    assert len(set(slugs)) == len(names) == 342
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs)
