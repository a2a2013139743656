"""How e-mail addresses are compared."""

from __future__ import annotations


def address_key(address: str) -> str:
    """Return the address as addresses are compared: each key has one account."""
    return address.strip().lower()
