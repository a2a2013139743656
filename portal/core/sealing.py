"""Secrets that the portal must read again: sealed before they are stored.

The key of a seal is derived from SECRET_KEY; what was sealed with a former key, which stands in
SECRET_KEY_FALLBACKS, opens as well and says that it is to be sealed anew.
"""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from portal.core.settings import settings

KEY_BYTES = 32
NONCE_BYTES = 12
NAME_BYTES = 6
# In front of every seal: another way of sealing gets another name.
WAY = "g1."


class SealBroken(ValueError):
    """A seal that no key opens: another key, another owner, or not what was stored."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What was sealed; `is_outdated` when a former key sealed it."""

    text: str
    is_outdated: bool


@lru_cache(maxsize=64)
def _cipher(secret: str, purpose: str) -> AESGCM:
    info = f"groeipact {purpose}".encode()
    derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info)
    return AESGCM(derived.derive(secret.encode()))


def seal(text: str, *, purpose: str, owner: int) -> str:
    """Return `text` sealed with the newest key; only the same purpose and owner open it."""
    nonce = os.urandom(NONCE_BYTES)
    cipher = _cipher(settings().secret_key, purpose)
    sealed = cipher.encrypt(nonce, text.encode(), str(owner).encode())
    return WAY + urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str, *, purpose: str, owner: int) -> Opened:
    """Return what was sealed for this purpose and owner; SealBroken when no key opens it."""
    nonce, body = _parts(sealed)
    for age, secret in enumerate(settings().secret_keys):
        try:
            text = _cipher(secret, purpose).decrypt(nonce, body, str(owner).encode())
        except InvalidTag:
            continue
        return Opened(text.decode(), is_outdated=age > 0)
    raise SealBroken(purpose)


def key_names() -> tuple[str, ...]:
    """Return what our keys are known by, the newest first: a name tells nothing of its key."""
    return tuple(_name_of(secret) for secret in settings().secret_keys)


def _name_of(secret: str) -> str:
    hkdf = HKDF(algorithm=SHA256(), length=NAME_BYTES, salt=None, info=b"groeipact name of a key")
    return hkdf.derive(secret.encode()).hex()


def _parts(sealed: str) -> tuple[bytes, bytes]:
    """Return nonce and body of a seal."""
    try:
        raw = urlsafe_b64decode(sealed.removeprefix(WAY))
    except ValueError as fault:
        raise SealBroken("no seal") from fault
    if not sealed.startswith(WAY) or len(raw) <= NONCE_BYTES:
        raise SealBroken("no seal")
    return raw[:NONCE_BYTES], raw[NONCE_BYTES:]
