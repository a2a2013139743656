"""Where an address may break."""

from __future__ import annotations

import pytest
from markupsafe import Markup, escape

from portal.web.breaks import breakable

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
