"""Text turned into the last part of an address."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

from portal.core.folding import fold

NAMELESS = "zonder-naam"

_NO_WORD = re.compile(r"[^a-z0-9]+")


def slugify(text: str, limit: int = 100) -> str:
    """Return `text` as a-z, 0-9 and single hyphens, at most `limit` long, cut after a word.

    Never empty: a text without Latin letters or digits becomes "zonder-naam".
    """
    # A text can be much longer than its slug; the rest need not be read.
    start = fold(text[: limit * 4]).replace("'", "")
    slug = _NO_WORD.sub("-", start).strip("-")
    if len(slug) > limit:
        head = slug[:limit]
        whole_words = head if slug[limit] == "-" else head.rpartition("-")[0]
        slug = (whole_words or head).strip("-")
    return slug or NAMELESS


def free_slug(base: str, is_taken: Callable[[str], bool]) -> str:
    """Return `base`, or `base-2`, `base-3`, ...: the first for which `is_taken` says no."""
    if not is_taken(base):
        return base
    return next(slug for number in count(2) if not is_taken(slug := f"{base}-{number}"))
