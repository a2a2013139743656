"""Spreadsheets made to do harm, or saved wrongly: what is wrong with a cell is told of its row."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from portal.intake.reading import MOST_CHARACTERS, FileRefused, Line, read_file
from portal.intake.reading.refusals import Refusal
from tests.documents.readers import LIMITS

NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
BEGIN = f"""<office:document-content xmlns:office="{NAMES}office:1.0" xmlns:table="{NAMES}table:1.0"
 xmlns:text="{NAMES}text:1.0"><office:body><office:spreadsheet><table:table table:name="Blad">"""
END = "</table:table></office:spreadsheet></office:body></office:document-content>"


def cell(text: str, about: str = "") -> str:
    kind = 'office:value-type="string"'
    return f"<table:table-cell {kind} {about}><text:p>{text}</text:p></table:table-cell>"


def row(*cells: str, about: str = "") -> str:
    inner = "".join(each if each.startswith("<") else cell(each) for each in cells)
    return f"<table:table-row {about}>{inner}</table:table-row>"


HEAD = row("naam", "getekend", "bron")
ROW = row("Lindewoude", "2019", "Verslag")


def saved(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "lijst.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return path


def lines(tmp_path: Path, *rows: str, head: str = HEAD) -> tuple[Line, ...]:
    content = (BEGIN + head + "".join(rows) + END).encode()
    (sheet,) = read_file(saved(tmp_path, content), limits=LIMITS)
    return sheet.lines


def test_a_formula_counts_as_what_it_shows_and_stays_text(tmp_path: Path) -> None:
    formula = 'table:formula="of:=HYPERLINK(&quot;https://kwaad.example&quot;;&quot;x&quot;)"'
    evil = row(cell("Lindewoude", formula), "2019", "=1+1")
    other = row("Elzen", "2020", "'=SOM(A1)")
    first, second = lines(tmp_path, evil, other)
    assert (first.cells["naam"], first.cells["bron"]) == ("Lindewoude", "=1+1")
    assert second.cells["bron"] == "=SOM(A1)"


@pytest.mark.parametrize("length", [1_000_000, 5_000_000])
def test_a_cell_without_end_is_cut_and_the_row_is_told_so(tmp_path: Path, length: int) -> None:
    long, other = lines(tmp_path, row("Lindewoude", "2019", "a" * length), ROW)
    assert (long.cut, len(long.cells["bron"])) == (("bron",), MOST_CHARACTERS)
    assert other.cut == ()


def test_spaces_that_are_only_counted_are_no_way_round(tmp_path: Path) -> None:
    spaces = 'a<text:s text:c="999999999"/>b' * 50_000
    (first,) = lines(tmp_path, row("Lindewoude", "2019", spaces))
    assert first.cut == ("bron",)


def test_cells_that_are_said_to_stand_there_a_billion_times_end_with_the_columns(
    tmp_path: Path,
) -> None:
    many = 'table:number-columns-repeated="1000000000"'
    first, second = lines(
        tmp_path,
        row(cell("Lindewoude", many)),
        row("Elzen", f"<table:table-cell {many}/>", "Verslag"),
        row("<table:table-cell/>", about='table:number-rows-repeated="1000000"'),
    )
    assert first.cells == dict.fromkeys(("naam", "getekend", "bron"), "Lindewoude")
    assert second.cells == {"naam": "Elzen"}


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-8", "UTF-8"), ("utf-16", "UTF-16"), ("cp1252", "windows-1252"), ("utf-8", None)],
)
def test_it_reads_the_letters_as_the_file_says(
    tmp_path: Path, encoding: str, name: str | None
) -> None:
    said = f'<?xml version="1.0" encoding="{name}"?>' if name else ""
    content = (said + BEGIN + HEAD + row("Coöperatie ’t Veer", "2019", "") + END).encode(encoding)
    (sheet,) = read_file(saved(tmp_path, content), limits=LIMITS)
    assert sheet.lines[0].cells["naam"] == "Coöperatie ’t Veer"


WHOLE = BEGIN + HEAD + ROW + END
REPEATED = row("Lindewoude", "2019", about='table:number-rows-repeated="{}"')


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (WHOLE.replace("Verslag", "Ver\x00slag").encode(), Refusal.UNREADABLE),
        (WHOLE.replace("Verslag", "Ver&#0;slag").encode(), Refusal.UNREADABLE),
        (WHOLE.replace("Verslag", "V\u00e9rslag").encode("cp1252"), Refusal.UNREADABLE),
        (b'<?xml version="1.0" encoding="x-geen"?>' + WHOLE.encode(), Refusal.UNREADABLE),
        (b'<?xml version="1.0" encoding="UTF-16"?>' + WHOLE.encode(), Refusal.UNREADABLE),
        (b'<?xml version="1.0" encoding="idna"?>' + WHOLE.encode(), Refusal.UNREADABLE),
        (WHOLE[:-20].encode(), Refusal.UNREADABLE),
        (WHOLE.replace("2019", '2019<text:s text:c="x"/>').encode(), Refusal.UNREADABLE),
        ((BEGIN + HEAD + REPEATED.format("9" * 5000) + END).encode(), Refusal.UNREADABLE),
        ((BEGIN + HEAD + REPEATED.format(1_000_000_000) + END).encode(), Refusal.ROWS),
        ((BEGIN + HEAD + row("L", "2019", "a" * 20_000) * 200 + END).encode(), Refusal.LONG),
        (BEGIN.encode() + b"<table:table-cell>" + END.encode(), Refusal.UNREADABLE),
        ((BEGIN + "</table:table><table:table>" * 21 + END).encode(), Refusal.LONG),
        (b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>' + WHOLE.encode(), Refusal.BOMB),
    ],
    ids=[
        "NUL",
        "NUL as a number",
        "letters of another encoding",
        "an encoding that nobody knows",
        "another encoding than it says",
        "an encoding of names of hosts",
        "cut off",
        "a number that is none",
        "a number without end",
        "a billion rows",
        "too much text",
        "an element that never ends",
        "too many sheets",
        "entities",
    ],
)  # fmt: skip
def test_a_file_of_which_nothing_can_be_made_is_refused(
    tmp_path: Path, content: bytes, refusal: Refusal
) -> None:
    with pytest.raises(FileRefused) as refused:
        read_file(saved(tmp_path, content), limits=LIMITS)
    assert refused.value.refusal is refusal
