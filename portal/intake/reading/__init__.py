"""A file as sheets of named cells, as it was typed; refused when nothing can be made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from portal.documents.sandbox import Limits, SandboxBusy, SandboxFailed, run_reader
from portal.intake.columns import Sheet, columns_in, is_of_suppliers, sheet_of
from portal.intake.reading.refusals import FileRefused, Refusal
from portal.intake.reading.text import FIRST_ROWS, decoded, rows_of
from portal.services.tables import plain_text

__all__ = ["MOST_CHARACTERS", "MOST_ROWS", "FileRefused", "Line", "ReadSheet", "read_file"]

MOST_ROWS = 20_000
# Of one cell; what is longer is cut off, and the row is told so.
MOST_CHARACTERS = 10_000
_ODS = Path(__file__).with_name("read_ods.py")
_ZIP = b"PK\x03\x04"
# What our own tables write before a text that begins as a formula does.
_DEFUSED = tuple(f"'{sign}" for sign in "=+-@＝＋－＠")


class Line(NamedTuple):
    """One row below the head: where it stands in its sheet, and the name of a column -> text."""

    number: int
    cells: dict[str, str]
    # The columns of which the text was too long.
    cut: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """The rows of one sheet, and the headers of what is not taken in."""

    sheet: Sheet
    lines: tuple[Line, ...]
    unknown: tuple[str, ...]


def read_file(path: Path, *, limits: Limits) -> tuple[ReadSheet, ...]:
    """Return the sheets of a CSV or ODS file; FileRefused when there is none to take in.

    Sheets that are neither of signatories nor of commitments, such as one that explains, are
    passed over.
    """
    with path.open("rb") as file:
        is_zip = file.read(len(_ZIP)) == _ZIP
    tables = _of_ods(path, limits) if is_zip else [rows_of(decoded(path.read_bytes()))]
    sheets = tuple(filter(None, map(_read, tables)))
    if not sheets:
        raise FileRefused(Refusal.NO_HEAD)
    if not any(sheet.lines for sheet in sheets):
        raise FileRefused(Refusal.EMPTY)
    if sum(len(sheet.lines) for sheet in sheets) > MOST_ROWS:
        raise FileRefused(Refusal.ROWS)
    return sheets


def _of_ods(path: Path, limits: Limits) -> list[Iterable[list[str]]]:
    try:
        answer: dict[str, Any] = run_reader(_ODS, str(path), limits=limits, file=path)
    except SandboxBusy:
        raise FileRefused(Refusal.BUSY) from None
    except SandboxFailed:
        raise FileRefused(Refusal.UNREADABLE) from None
    if "refused" in answer:
        raise FileRefused(Refusal(answer["refused"]))
    return [sheet["rows"] for sheet in answer["sheets"]]


def _read(rows: Iterable[list[str]]) -> ReadSheet | None:
    numbered = enumerate(rows, start=1)
    for number, row in numbered:
        sheet = sheet_of(row)
        if sheet is not None:
            return _below(sheet, row, numbered)
        if number > FIRST_ROWS:
            return None
    return None


def _below(sheet: Sheet, head: list[str], numbered: Iterator[tuple[int, list[str]]]) -> ReadSheet:
    columns = columns_in(sheet, head)
    given = {"soort": "leverancier"} if _lacks_kind(sheet, columns, head) else {}
    lines = []
    for number, row in numbered:
        line = _line(number, columns, row, given)
        if line is not None:
            lines.append(line)
        if len(lines) > MOST_ROWS:
            raise FileRefused(Refusal.ROWS)
    unknown = (header for header, name in zip(head, columns, strict=True) if name is None)
    return ReadSheet(sheet, tuple(lines), tuple(filter(None, map(plain_text, unknown))))


def _lacks_kind(sheet: Sheet, columns: list[str | None], head: list[str]) -> bool:
    return sheet is Sheet.SIGNATORIES and "soort" not in columns and is_of_suppliers(head)


def _line(
    number: int, columns: list[str | None], row: list[str], given: dict[str, str]
) -> Line | None:
    cells = {}
    cut = []
    for name, text in zip(columns, row, strict=False):
        if name is None:
            continue
        shown = _cleaned(text[: MOST_CHARACTERS * 2])
        if len(shown) > MOST_CHARACTERS:
            shown = shown[:MOST_CHARACTERS]
            cut.append(name)
        if shown:
            cells[name] = shown
    return Line(number, {**given, **cells}, tuple(cut)) if cells else None


def _cleaned(text: str) -> str:
    """Return a cell without signs for machines, and without the apostrophe of our own tables."""
    shown = plain_text(text)
    return shown[1:] if shown.startswith(_DEFUSED) else shown
