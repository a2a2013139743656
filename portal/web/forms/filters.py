"""What is taken out of a text before it is validated: outer white space, unseen signs."""

from __future__ import annotations

import unicodedata

from portal.core.folding import without_machine_signs, without_unseen

# More than any field takes, so that it is refused as too long. Bringing text into one form takes
# time that grows with the square of its marks: half a megabyte of them would hold a process up.
LONGEST_LINE = 1000


def stripped(value: str | None) -> str | None:
    """Filter: no white space around, newlines as one character, no signs for machines."""
    if not isinstance(value, str):
        return value
    return without_machine_signs(value.replace("\r\n", "\n")).strip()


def one_line(value: str | None) -> str | None:
    """Filter: the text on one line, in one form, without signs that nobody sees."""
    if not isinstance(value, str):
        return value
    composed = unicodedata.normalize("NFC", " ".join(value.split())[:LONGEST_LINE])
    return without_unseen(composed).strip()
