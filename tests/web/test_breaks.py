"""Where an address or a long word may break."""

from __future__ import annotations

import pytest
from markupsafe import Markup, escape

from portal.web.breaks import SOFT_HYPHEN, breakable, parted

ADDRESSES = [
    ("portaal@voorbeeldvereniging.example", "portaal@ voorbeeldvereniging .example"),
    ("eerste.tweede@x.example", "eerste .tweede@ x .example"),
    ("https://a.example/tooi/id/gm0344", "https://a .example/ tooi/ id/ gm0344"),
    ("www.x.example/lijst?soort=a&laag=b#top", "www .x .example/ lijst ?soort =a &laag =b #top"),
    ("raad...@x.example", "raad ...@ x .example"),
    ("<b>@x.example", "<b>@ x .example"),
    ("", ""),
    (None, ""),
]


@pytest.mark.parametrize(("address", "parts"), ADDRESSES)
def test_it_breaks_between_the_parts_of_an_address(address: str | None, parts: str) -> None:
    shown = breakable(address)
    assert shown == Markup("<wbr>").join(parts.split(" "))
    assert shown.replace(Markup("<wbr>"), "") == escape(address or "")


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("Toegankelijkheidsverklaring", "Toegankelijkheids-verklaring"),
        ("Stichting Informatievoorzieningsplan", "Stichting Informatievoorzienings-plan"),
        ("arbeidsongeschiktheidsverzekering", "arbeidsongeschiktheids-verzekering"),
        ("SAMENWERKINGSVERBANDEN", "SAMENWERKINGSVERBANDEN"),
        ("Begin met iets", "Begin met iets"),
        ("werkingsgebied", "werkingsgebied"),
        ("", ""),
    ],
)
def test_it_parts_a_long_compound_where_it_is_joined(words: str, parts: str) -> None:
    assert parted(words) == parts.replace("-", SOFT_HYPHEN)
    assert parted(words).replace(SOFT_HYPHEN, "") == words
