"""Writes a table in the format that somebody asks for, one row after another."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from io import TextIOWrapper
from typing import IO, Any

from portal.services.tables.cells import defused, written
from portal.services.tables.open_document import write_ods
from portal.services.tables.table import Column, Table

# What Dutch spreadsheets take for the border between two cells.
DELIMITER = ";"


class Format(StrEnum):
    """How a table can be had; its word ends the address."""

    CSV = "csv"
    ODS = "ods"
    JSON = "json"
    # What explains the CSV: https://www.w3.org/TR/tabular-metadata/ says that it is found here.
    ABOUT_CSV = "csv-metadata.json"


# Those that people choose from.
FORMATS = (Format.CSV, Format.ODS, Format.JSON)
MEDIA_TYPES: Mapping[Format, str] = {
    Format.CSV: "text/csv; charset=utf-8; header=present",
    Format.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Format.JSON: "application/json",
    Format.ABOUT_CSV: "application/csvm+json",
}


def write(table: Table, form: Format, file: IO[bytes]) -> None:
    """Write the table to `file`, opened for bytes; it holds no more than a few rows in memory."""
    _WRITERS[form](table, file)


def _write_csv(table: Table, file: IO[bytes]) -> None:
    # With the mark by which spreadsheets know UTF-8.
    text = TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
    lines = csv.writer(text, delimiter=DELIMITER, lineterminator="\r\n")
    lines.writerow(column.label for column in table.columns)
    for row in table.rows:
        lines.writerow(defused(cell) if isinstance(cell, str) else written(cell) for cell in row)
    text.detach()


def _write_json(table: Table, file: IO[bytes]) -> None:
    about = {
        "titel": table.title,
        "taal": table.language,
        "adres": table.address,
        "toelichting": dict(table.notes),
        "kolommen": [_explained(column) for column in table.columns],
    }
    names = [column.name for column in table.columns]
    file.write(_json(about)[:-1] + b',"rijen":[')
    before = b"\n"
    for row in table.rows:
        file.write(before + _json(dict(zip(names, map(written, row), strict=True))))
        before = b",\n"
    file.write(b"\n]}\n")


def _explained(column: Column) -> dict[str, str]:
    return {
        "naam": column.name,
        "kop": column.label,
        "betekenis": column.meaning,
        "soort": str(column.kind),
    }


def _write_about_csv(table: Table, file: IO[bytes]) -> None:
    columns = [
        {
            "name": column.name,
            "titles": {table.language: column.label},
            "dc:description": column.meaning,
            "datatype": str(column.kind),
        }
        for column in table.columns
    ]
    about = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": table.language}],
        "url": f"{table.name}.{Format.CSV}",
        "dc:title": table.title,
        "dc:source": table.address,
        "notes": [{"label": label, "text": text} for label, text in table.notes],
        "dialect": {"delimiter": DELIMITER, "encoding": "utf-8", "header": True},
        "tableSchema": {"columns": columns},
    }
    file.write(_json(about) + b"\n")


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


_WRITERS: Mapping[Format, Callable[[Table, IO[bytes]], None]] = {
    Format.CSV: _write_csv,
    Format.ODS: write_ods,
    Format.JSON: _write_json,
    Format.ABOUT_CSV: _write_about_csv,
}
