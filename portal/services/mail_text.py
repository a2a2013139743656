"""The text of a mail: in lines of 72 characters, and with the words of others marked off.

A line that we broke ends with a space, which says so (format=flowed, RFC 3676): a telephone makes
one paragraph of it again. What others typed never begins a line by being broken: where their words
do not fit on a line of their own, the lines that follow are indented.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

COLUMNS = 72
FLOWED = {"format": "flowed"}
_INDENT = "  "
# Stands for a space at which a line is not broken; a private sign, so nothing that is read.
_GLUE = "\ue000"


class OneLine(str):
    """Words of a mail on one line, so that none passes for a line of ours; `typed` keeps all."""

    typed: str

    def __new__(cls, typed: str) -> OneLine:
        line = super().__new__(cls, " ".join(typed.split()))
        line.typed = typed
        return line


class Glued(OneLine):
    """Words on one line that stay together when lines are broken."""

    def __new__(cls, words: OneLine) -> Glued:
        glued = str.__new__(cls, words.replace(" ", _GLUE))
        glued.typed = words.typed
        return glued


def quoted(words: object) -> str:
    """Return what somebody typed with every line marked off, as mail programs quote."""
    typed = words.typed if isinstance(words, OneLine) else str(words)
    return "\n".join(f"> {line}".rstrip() for line in typed.splitlines())


def one_lined(words: Any) -> Any:
    """Return words of a mail, in lists as well, with every text on one line."""
    if isinstance(words, str):
        return words if isinstance(words, OneLine) else OneLine(words)
    if isinstance(words, list):
        return [one_lined(each) for each in words]
    if isinstance(words, dict):
        return {name: one_lined(each) for name, each in words.items()}
    return words


def glued(words: Any) -> Any:
    """Return words for a text in columns: those on one line stay together, in lists as well."""
    if isinstance(words, OneLine):
        return Glued(words)
    if isinstance(words, list):
        return [glued(each) for each in words]
    return {name: glued(each) for name, each in words.items()} if isinstance(words, dict) else words


def topic_of(template: str, words: Mapping[str, Any]) -> str:
    """Return what mails about the same page, or the same organisation, have in common; "" for none.

    Signing and ending belong together; a mail about an account belongs to no other.
    """
    family = template.partition("_")[0].replace("ending", "signature")
    path = urlsplit(str(words.get("path") or "")).path.removeprefix("/en")
    about = path or words.get("organisation")
    if not about:
        return ""
    return f"{family}-{hashlib.sha256(str(about).encode()).hexdigest()[:16]}"


def in_columns(text: str) -> str:
    """Return a text with no line over 72 characters, but for an address that is longer itself."""
    paragraphs = re.sub(r"\n{3,}", "\n\n", text).strip().splitlines()
    return "".join(f"{line}\n" for paragraph in paragraphs for line in _flowed(paragraph.rstrip()))


def _flowed(paragraph: str) -> Iterator[str]:
    mark = "> " if paragraph.startswith(">") else ""
    lines = _quote(paragraph[1:].strip()) if mark else list(_lines(paragraph))
    for place, line in enumerate(lines, start=1):
        is_last = place == len(lines)
        # A space in front is one more, so that a reader's program takes the first away.
        stuffed = f" {line}" if not mark and line.startswith((" ", "From ")) else line
        yield f"{mark}{stuffed}".rstrip() + ("" if is_last else " ")


def _quote(words: str) -> list[str]:
    return _broken(words.replace(_GLUE, " "), COLUMNS - 3) or [""]


def _lines(paragraph: str) -> Iterator[str]:
    line = ""
    for unit in paragraph.split(" "):
        if line and len(line) + 1 + len(unit) >= COLUMNS - 1:
            yield line.replace(_GLUE, " ")
            line = ""
        if len(unit) >= COLUMNS and _GLUE in unit:
            first, *more = _broken(unit.replace(_GLUE, " "), COLUMNS - 4)
            yield from (first, *(f"{_INDENT}{rest}" for rest in more[:-1]))
            line = f"{_INDENT}{more[-1]}" if more else ""
        else:
            line = f"{line} {unit}" if line else unit
    yield line.replace(_GLUE, " ")


def _broken(words: str, width: int) -> list[str]:
    return textwrap.wrap(words, width, break_long_words=False, break_on_hyphens=False)
