"""A spreadsheet in OpenDocument (ODF 1.3): a sheet that explains, and one with the rows.

Written by hand, since every library for it holds all cells in memory before it writes the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import IO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from portal.core.i18n import gettext as _
from portal.services.tables.cells import plain_text
from portal.services.tables.table import Cell, Table

MIME_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = "urn:oasis:names:tc:opendocument:xmlns:"
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<manifest:manifest xmlns:manifest="{_SPACES}manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>\n"
)
_BEGIN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content office:version="1.3"'
    f' xmlns:office="{_SPACES}office:1.0" xmlns:table="{_SPACES}table:1.0"'
    f' xmlns:text="{_SPACES}text:1.0" xmlns:number="{_SPACES}datastyle:1.0"'
    f' xmlns:style="{_SPACES}style:1.0"><office:automatic-styles>'
    '<number:date-style style:name="iso"><number:year number:style="long"/>'
    '<number:text>-</number:text><number:month number:style="long"/><number:text>-</number:text>'
    '<number:day number:style="long"/></number:date-style>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="iso"/>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
)
_END = "</office:spreadsheet></office:body></office:document-content>"
# Of more than one space, and of one at the beginning, XML keeps nothing.
_WIDE = re.compile(r"^ +| {2,}")
# The first moment that a ZIP can name: the same table gives the same bytes.
_BEGINNING = (1980, 1, 1, 0, 0, 0)


def write_ods(table: Table, file: IO[bytes]) -> None:
    """Write the table to `file` as a spreadsheet, row by row."""
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        # First and as it is: by this programs know what the file is.
        archive.writestr(_part("mimetype", ZIP_STORED), MIME_TYPE)
        archive.writestr(_part("META-INF/manifest.xml"), _MANIFEST)
        with archive.open(_part("content.xml"), "w", force_zip64=True) as content:
            for piece in _content(table):
                content.write(piece.encode())


def _part(name: str, method: int = ZIP_DEFLATED) -> ZipInfo:
    part = ZipInfo(name, _BEGINNING)
    part.compress_type = method
    return part


def _content(table: Table) -> Iterator[str]:
    yield _BEGIN
    yield from _sheet(_("Toelichting"), 3, _about(table))
    head: Sequence[Cell] = [column.label for column in table.columns]
    yield from _sheet(table.name, len(head), _below(head, table.rows))
    yield _END


def _about(table: Table) -> Iterator[Sequence[Cell]]:
    yield [table.title]
    yield [_("Adres"), table.address]
    yield from table.notes
    yield []
    yield [_("Kolom"), _("Betekenis"), _("Naam voor programma’s")]
    for column in table.columns:
        yield [column.label, column.meaning, column.name]


def _below(head: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    yield head
    yield from rows


def _sheet(name: str, width: int, rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    yield f"<table:table table:name={quoteattr(name)}>"
    yield f'<table:table-column table:number-columns-repeated="{width}"/>'
    for row in rows:
        cells = "".join(map(_cell, row)) or "<table:table-cell/>"
        yield f"<table:table-row>{cells}</table:table-row>\n"
    yield "</table:table>"


def _cell(cell: Cell) -> str:
    """Return one cell with its type: a text that looks like a formula is a text."""
    if isinstance(cell, date):
        day = cell.isoformat()
        kind = f'table:style-name="day" office:value-type="date" office:date-value="{day}"'
        return f"<table:table-cell {kind}><text:p>{day}</text:p></table:table-cell>"
    if isinstance(cell, int):
        kind = f'office:value-type="float" office:value="{cell}"'
        return f"<table:table-cell {kind}><text:p>{cell}</text:p></table:table-cell>"
    text = plain_text(cell or "")
    if not text:
        return "<table:table-cell/>"
    lines = "".join(f"<text:p>{_line(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def _line(line: str) -> str:
    return _WIDE.sub(lambda wide: f'<text:s text:c="{len(wide[0])}"/>', escape(line))
