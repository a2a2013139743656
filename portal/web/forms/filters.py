"""What becomes of a text before it is validated: outer white space and unseen signs go.

Whatever separates stays: it becomes a line end, or a space where one line is asked.
"""

from __future__ import annotations

import unicodedata

from portal.core.folding import with_line_ends, without_machine_signs, without_unseen

# More than any field takes. Bringing text into one form takes time that grows with the square of
# its marks: half a megabyte of them would hold a process up. A longer text is refused as it is.
LONGEST_LINE = 1000


def stripped(value: str | None) -> str | None:
    """Filter: no white space around, one sign for the end of a line, no signs for machines."""
    if not isinstance(value, str):
        return value
    return without_machine_signs(with_line_ends(value)).strip()


def one_line(value: str | None) -> str | None:
    """Filter: the text on one line, in one form, without signs that nobody sees."""
    if not isinstance(value, str):
        return value
    # Before and after: what separates is a sign that nobody sees too.
    line = " ".join(without_unseen(" ".join(value.split())).split())
    return unicodedata.normalize("NFC", line) if len(line) <= LONGEST_LINE else line
