"""A file of text as rows of cells: whatever its letters are stored as, and its separator is."""

from __future__ import annotations

import codecs
import csv
import sys
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from portal.intake.columns import columns_in, sheet_of
from portal.intake.reading.refusals import FileRefused, Refusal

SEPARATORS = (";", ",", "\t", "|")
# So far down a head is looked for.
FIRST_ROWS = 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(content: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16 or Windows-1252; FileRefused for what is none."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    unmarked = _unmarked_utf_16(content)
    if unmarked:
        return content.decode(unmarked, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _windows(content)


def _windows(content: bytes) -> str:
    if content.count(0) > len(content) // 100:
        raise FileRefused(Refusal.NO_TEXT)
    return content.decode("cp1252", errors="replace")


def _unmarked_utf_16(content: bytes) -> str | None:
    """Return which half of each pair is empty: that tells letters of two bytes, without a mark."""
    sample = content[:2000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(sample) < 20 or max(even, odd) < len(sample) // 3 or min(even, odd) > len(sample) // 50:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def rows_of(text: str) -> Iterator[list[str]]:
    """Yield the rows of a text, split by the separator under which most columns are known."""
    # What a cell may hold is told per row, by who reads them.
    csv.field_size_limit(sys.maxsize)
    text = text.replace("\x00", "")
    first, _line_end, below = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) <= 5:
        text = below
    return csv.reader(StringIO(text, newline=""), delimiter=_separator(text))


def _separator(text: str) -> str:
    return max(SEPARATORS, key=lambda separator: _known_columns(text, separator))


def _known_columns(text: str, separator: str) -> int:
    head = csv.reader(StringIO(text[:50_000], newline=""), delimiter=separator)
    most = 0
    for row in islice(head, FIRST_ROWS):
        sheet = sheet_of(row)
        if sheet is not None:
            most = max(most, sum(name is not None for name in columns_in(sheet, row)))
    return most
