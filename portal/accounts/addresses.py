"""What two e-mail addresses of one account have in common."""

from __future__ import annotations


def address_key(address: str) -> str:
    """Return what stands for an address: one account each."""
    return address.strip().lower()
