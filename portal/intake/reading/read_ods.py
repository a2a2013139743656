"""Reads a spreadsheet in the sandbox: the cells of its sheets as text, or why it is refused.

What a cell shows counts, never the formula behind it. What counts of a zip is what it unpacks to.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from xml.parsers import expat

MAX_UNPACKED = 100_000_000
# Of the answer: the portal reads no more than 4 MB.
MAX_TEXT = 3_800_000
MAX_ROWS = 21_000
MAX_CELLS = 100
MAX_SHEETS = 20
# Of one cell: more than the portal takes in, so that it can say of the row that it was cut.
MAX_CELL = 20_000

_SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
_CHUNK = 65_536
_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT = _NAMES + "table:1.0 ", _NAMES + "office:1.0 ", _NAMES + "text:1.0 "
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
# What stands in a cell and is none of its text.
_ASIDE = (_OFFICE + "annotation", _NAMES + "drawing:1.0 frame", _TEXT + "note")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class Refused(Exception):
    """The file is not taken; the argument says why."""


def read(path: str) -> dict[str, object]:
    """Return `sheets`, each a name and rows of texts, or `refused` with the reason."""
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_other(archive)
            content = _Content()
            _parse(archive, content)
            return {"sheets": content.sheets}
    except Refused as refusal:
        return {"refused": refusal.args[0]}
    except _BROKEN:
        return {"refused": "unreadable"}


def _refuse_other(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if "[Content_Types].xml" in names:
        raise Refused("office")
    if "mimetype" not in names or "content.xml" not in names:
        raise Refused("other")
    with archive.open("mimetype") as part:
        media_type = part.read(200).decode("ascii", errors="replace").strip()
    if media_type.removesuffix("-template") != _SPREADSHEET:
        raise Refused("other")


def _parse(archive: zipfile.ZipFile, content: _Content) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = content.on_start
    parser.EndElementHandler = content.on_end
    parser.CharacterDataHandler = content.on_text
    parser.EntityDeclHandler = _refuse_entities
    read_so_far = 0
    with archive.open("content.xml") as part:
        while chunk := part.read(_CHUNK):
            read_so_far += len(chunk)
            if read_so_far > MAX_UNPACKED:
                raise Refused("bomb")
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _refuse_entities(*_: object) -> None:
    # No program for spreadsheets writes them; they only serve to blow a file up.
    raise Refused("bomb")


class _Content:
    """The sheets, as far as they were read."""

    def __init__(self) -> None:
        self.sheets: list[dict[str, object]] = []
        self._rows: list[list[str]] = []
        self._row: list[str] = []
        self._empty_cells = 0
        self._row_repeat = 1
        self._cell: dict[str, str] | None = None
        self._text: list[str] = []
        self._length = 0
        self._paragraphs = 0
        self._aside = 0
        self._size = 0
        self._row_count = 0

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a sheet, a row, a cell, or something in one."""
        if name in _ASIDE or self._aside:
            self._aside += name in _ASIDE
        elif name == _TABLE + "table":
            self._rows = []
            self.sheets.append({"name": attributes.get(_TABLE + "name", ""), "rows": self._rows})
            if len(self.sheets) > MAX_SHEETS:
                raise Refused("long")
        elif name == _TABLE + "table-row":
            self._row, self._empty_cells = [], 0
            self._row_repeat = _count(attributes, "number-rows-repeated")
        elif name in _CELLS:
            self._cell, self._text, self._paragraphs = attributes, [], 0
            self._length = 0
        elif self._cell is not None:
            self._begin_text(name, attributes)

    def _begin_text(self, name: str, attributes: dict[str, str]) -> None:
        if name == _TEXT + "p":
            self._take("\n" if self._paragraphs else "")
            self._paragraphs += 1
        elif name == _TEXT + "s":
            self._take(" " * min(int(attributes.get(_TEXT + "c", "1")), 1000))
        elif name == _TEXT + "tab":
            self._take(" ")
        elif name == _TEXT + "line-break":
            self._take("\n")

    def _take(self, text: str) -> None:
        """Add to the text of a cell what still fits in it."""
        if self._length < MAX_CELL:
            self._text.append(text[: MAX_CELL - self._length])
            self._length += len(self._text[-1])

    def on_text(self, text: str) -> None:
        """Take text of a cell; what stands between the cells is none."""
        if self._cell is not None and self._paragraphs and not self._aside:
            self._take(text)

    def on_end(self, name: str) -> None:
        """End a cell, or a row."""
        if name in _ASIDE:
            self._aside -= 1
        elif self._aside:
            return
        elif name in _CELLS:
            self._end_cell()
        elif name == _TABLE + "table-row":
            self._end_row()

    def _end_cell(self) -> None:
        attributes = self._cell or {}
        self._cell = None
        text, repeat = (
            _shown(attributes, "".join(self._text)),
            _count(attributes, "number-columns-repeated"),
        )
        if not text:
            self._empty_cells += repeat
            return
        self._row += [""] * min(self._empty_cells, MAX_CELLS)
        self._empty_cells = 0
        self._row += [text] * min(repeat, MAX_CELLS)
        del self._row[MAX_CELLS:]

    def _end_row(self) -> None:
        """Take a row as often as it is repeated; the empty ones below a sheet once at most."""
        repeat = self._row_repeat if self._row else min(self._row_repeat, 1)
        self._row_count += repeat
        self._size += repeat * len(json.dumps(self._row))
        if self._row_count > MAX_ROWS:
            raise Refused("rows")
        if self._size > MAX_TEXT:
            raise Refused("long")
        self._rows += [self._row] * repeat


def _count(attributes: dict[str, str], name: str) -> int:
    return max(int(attributes.get(_TABLE + name, "1")), 1)


def _shown(attributes: dict[str, str], text: str) -> str:
    """Return what a cell holds: a day as 2019-07-03, a number without marks between its digits."""
    kind = attributes.get(_OFFICE + "value-type", "")
    if kind == "date":
        return attributes.get(_OFFICE + "date-value", text)[:10]
    if kind == "float" and not text.strip().isdigit():
        value = attributes.get(_OFFICE + "value", text)
        return value.removesuffix(".0")
    return text
