"""Text that was drawn from pages, in paragraphs again: a beginning for who writes it out."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A line that is about as long as the page is wide goes on below it.
_WIDE = 45
_POINT = re.compile(r"[•◦▪●○■–]\s*")
_EMPTY = re.compile(r"\n{3,}")
_ENDS = (".", ":", "?", "!", ";")


def paragraphs(drawn: str) -> str:
    """Return drawn text with its lines joined, points of a list marked."""
    return _EMPTY.sub("\n\n", "\n".join(_joined(drawn))).strip()


def _joined(drawn: str) -> Iterator[str]:
    before = ""
    for raw in drawn.split("\n"):
        point = _POINT.match(raw)
        line = raw[point.end() :] if point else raw
        if before and line and not point and _goes_on(before, line):
            before = f"{before} {line}"
            continue
        yield before
        if not (point and before.startswith("- ")):
            yield ""
        before = f"- {line}" if point else line
    yield before


def _goes_on(before: str, line: str) -> bool:
    return not before.endswith(_ENDS) and (len(before) > _WIDE or line[:1].islower())
