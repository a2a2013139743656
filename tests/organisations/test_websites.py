"""Domains of websites and of mailboxes."""

from __future__ import annotations

from portal.organisations.websites import domain_of_mail, domain_of_website, is_of_domain


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
