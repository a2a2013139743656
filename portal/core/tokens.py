"""Random tokens for links and cookies; only their hash is stored."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """Return a fresh token of 256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return what is stored of a token: its SHA-256 in hex."""
    return hashlib.sha256(token.encode()).hexdigest()
