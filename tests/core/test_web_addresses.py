"""Web addresses as people type them."""

from __future__ import annotations

import pytest

from portal.core.web_addresses import WebAddressRefused, read_homepage, read_web_address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("www.utrecht.nl", "https://www.utrecht.nl"),
        (" HTTPS://WWW.Utrecht.NL/ ", "https://www.utrecht.nl"),
        ("http://utrecht.nl:80/a b".replace(" ", "%20"), "http://utrecht.nl/a%20b"),
        ("utrecht.nl:8080", "https://utrecht.nl:8080"),
        ("https://utrecht.nl/over-ons?taal=nl#top", "https://utrecht.nl/over-ons?taal=nl"),
        ("//utrecht.nl/pad", "https://utrecht.nl/pad"),
        ("https://utrecht.nl/<b>", "https://utrecht.nl/%3Cb%3E"),
        ("https://coöperatie.nl", "https://xn--coperatie-17a.nl"),
        ("https://dіmpact.nl", "https://xn--dmpact-pvf.nl"),
    ],
)
def test_it_takes_a_homepage_as_people_type_it(typed: str, kept: str) -> None:
    assert read_homepage(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("utrecht.nl/plan/", "https://utrecht.nl/plan/"),
        ("https://utrecht.nl/", "https://utrecht.nl"),
        ("https://utrecht.nl/plan?a=1#hoofdstuk-2", "https://utrecht.nl/plan?a=1#hoofdstuk-2"),
        ("HTTPS://Utrecht.NL#Plan", "https://utrecht.nl#Plan"),
    ],
)
def test_it_keeps_the_place_on_a_page(typed: str, kept: str) -> None:
    assert read_web_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://utrecht.nl",
        "mailto:info@utrecht.nl",
        "utrecht",
        "https://utrecht" + "\u0301\u0328" * 150_000 + ".nl",
        "https://",
        "https://localhost",
        "https://127.0.0.1",
        "https://2130706433.1",
        "https://[::1]/",
        "https://utrecht.nl@example.org",
        "https://a:b@utrecht.nl",
        "https://utrecht.nl:99999",
        "https://-utrecht.nl",
        "https://utrecht.nl\\@example.org",
        "https://utrecht.nl/a\nb",
        "https://utrecht.nl/" + "a" * 300,
        "",
    ],
)
def test_it_refuses_what_is_no_web_address(typed: str, app: object) -> None:
    for read in (read_homepage, read_web_address):
        with pytest.raises(WebAddressRefused) as refusal:
            read(typed, most=300)
        assert str(refusal.value).endswith(".")
