"""Addresses of websites and domains of mailboxes."""

from __future__ import annotations

import pytest

from portal.organisations.websites import (
    WebsiteRefused,
    domain_of_mail,
    domain_of_website,
    is_of_domain,
    read_website,
)


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
def test_it_takes_a_website_as_people_type_it(typed: str, kept: str) -> None:
    assert read_website(typed) == kept


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
def test_it_refuses_what_is_no_website(typed: str, app: object) -> None:
    with pytest.raises(WebsiteRefused) as refusal:
        read_website(typed)
    assert str(refusal.value.args[0]).endswith(".")


def test_it_takes_the_domain_of_a_website() -> None:
    assert domain_of_website("https://www.utrecht.nl/over") == "utrecht.nl"
    assert domain_of_website("https://open.utrecht.nl:8080") == "open.utrecht.nl"


def test_it_knows_no_domain_of_a_mailbox_that_anybody_can_get() -> None:
    assert domain_of_mail("Jan@Utrecht.NL") == "utrecht.nl"
    assert domain_of_mail("jan@gmail.com") is None
    assert domain_of_mail("jan@localhost") is None


def test_it_sees_a_mailbox_at_or_below_a_domain() -> None:
    assert is_of_domain("jan@utrecht.nl", "utrecht.nl")
    assert is_of_domain("jan@ict.utrecht.nl", "utrecht.nl")
    assert not is_of_domain("jan@nietutrecht.nl", "utrecht.nl")
    assert not is_of_domain("jan@gmail.com", "gmail.com")
    assert not is_of_domain("jan@utrecht.nl", None)
