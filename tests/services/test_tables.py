"""Tables as they are taken along: the same cells in every format, and nothing that is reckoned."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask

from portal.services.tables import Cell, Column, Format, Kind, Table, write
from tests.harness.sheets import read_csv, read_ods

COLUMNS = (
    Column("naam", "Naam", "Hoe het heet."),
    Column("aantal", "Aantal", "Hoeveel.", Kind.NUMBER),
    Column("dag", "Dag", "Wanneer.", Kind.DAY),
)
HOSTILE = ("=1+1", "+31 20", "-", "@SOM(A1)", "\t=1+1", "\r\n=1+1", " =1+1", "＝1+1")


def written(form: Format, *rows: Sequence[Cell]) -> bytes:
    file = BytesIO()
    notes = [("Filter", "geen")]
    write(Table("proef", "Een proef", "nl", "https://x/", notes, COLUMNS, iter(rows)), form, file)
    return file.getvalue()


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_csv_begins_a_formula(app: Flask, text: str) -> None:
    (row,) = read_csv(written(Format.CSV, (text, -1, None)))
    assert row["Naam"] == f"'{text.strip()}"
    # A number is one.
    assert row["Aantal"] == "-1"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_formula_is_a_text_in_a_spreadsheet(app: Flask, text: str) -> None:
    body = written(Format.ODS, (text, 3, None))
    assert read_ods(body)[1][:2] == [text.strip(), 3]
    assert b"formula" not in ZipFile(BytesIO(body)).read("content.xml")


def test_what_was_typed_is_read_back_without_control_characters(app: Flask) -> None:
    typed = "a;\"b\" <c> & 'd'\x00\x1b\r\n  twee   spaties\ud800"
    plain = "a;\"b\" <c> & 'd'\n  twee   spaties"
    row = (typed, 12, date(2019, 7, 3))
    assert read_csv(written(Format.CSV, row)) == [
        {"Naam": plain, "Aantal": "12", "Dag": "2019-07-03"}
    ]
    assert json.loads(written(Format.JSON, row))["rijen"] == [
        {"naam": plain, "aantal": 12, "dag": "2019-07-03"}
    ]
    name, number, day = read_ods(written(Format.ODS, row))[1]
    assert (name, number, day.isoformat()[:10]) == (plain, 12, "2019-07-03")


def test_every_format_explains_its_columns(app: Flask) -> None:
    explained = json.loads(written(Format.JSON))
    assert explained["toelichting"] == {"Filter": "geen"}
    assert explained["kolommen"][2] == {
        "naam": "dag",
        "kop": "Dag",
        "betekenis": "Wanneer.",
        "soort": "date",
    }
    about = [[cell for cell in row if cell] for row in read_ods(written(Format.ODS), sheet=0)]
    assert ["Filter", "geen"] in about
    assert ["Dag", "Wanneer.", "dag"] in about
    beside = json.loads(written(Format.ABOUT_CSV))
    assert beside["dialect"]["delimiter"] == ";"
    assert [column["titles"]["nl"] for column in beside["tableSchema"]["columns"]] == [
        "Naam",
        "Aantal",
        "Dag",
    ]


def test_a_program_knows_a_spreadsheet_by_its_first_bytes(app: Flask) -> None:
    body = written(Format.ODS)
    assert body[30:].startswith(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet")
