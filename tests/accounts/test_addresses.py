"""When two e-mail addresses are one account."""

from __future__ import annotations

from portal.accounts.addresses import address_key


def test_it_is_one_for_one_account() -> None:
    assert address_key(" Naam@Example.ORG ") == address_key("naam@example.org")
