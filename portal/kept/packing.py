"""Text as it travels: with brotli, with gzip, or as it is; each form with an ETag of its own."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable
from functools import lru_cache

import brotli

# Above this a page takes milliseconds, and gains a few percent.
BROTLI_QUALITY = 5
GZIP_LEVEL = 6
# Below this the headers weigh more than what is gained.
LEAST = 256
LONGEST_WISH = 200

PLAIN, BROTLI, GZIP = "", "br", "gzip"


def encoding_for(wish: str) -> str:
    """Return how a client wants text that says so in its Accept-Encoding; PLAIN for all else."""
    return _encoding_for(wish) if len(wish) <= LONGEST_WISH else PLAIN


@lru_cache(maxsize=256)
def _encoding_for(wish: str) -> str:
    taken = {name for name, weight in map(_weighed, wish.lower().split(",")) if weight > 0}
    return BROTLI if BROTLI in taken else GZIP if GZIP in taken else PLAIN


def _weighed(part: str) -> tuple[str, float]:
    name, *parameters = (word.strip() for word in part.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return name, float(parameter[2:])
            except ValueError:
                return name, 0.0
    return name, 1.0


def packed(body: bytes, encoding: str) -> bytes:
    """Return the body in this encoding."""
    if encoding == BROTLI:
        return bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY))
    if encoding == GZIP:
        return gzip.compress(body, GZIP_LEVEL, mtime=0)
    return body


def digest_of(body: bytes) -> str:
    """Return what a body is told apart by."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def tag_of(digest: str, encoding: str) -> str:
    """Return the strong ETag of a body in one encoding: other bytes, another tag."""
    return f'"{digest}-{encoding}"' if encoding else f'"{digest}"'


def is_named(tag: str, wish: str) -> bool:
    """Return whether an If-None-Match names this tag, or any."""
    return wish.strip() == "*" or tag in _tags(wish)


def _tags(wish: str) -> Iterable[str]:
    return (part.strip().removeprefix("W/") for part in wish.split(","))


def is_text(content_type: str) -> bool:
    """Return whether compressing helps, which it does not with pictures and documents."""
    kind = content_type.partition(";")[0].strip().lower()
    return kind.startswith("text/") or kind in ("application/xml", "application/json")
