"""Files as people save them: whatever they are stored as, the same rows come out of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.intake.columns import Sheet
from portal.intake.reading import MOST_CHARACTERS, MOST_ROWS, FileRefused, ReadSheet, read_file
from portal.intake.reading.refusals import Refusal
from tests.documents.readers import LIMITS

HEAD = ("Naam", "Getekend", "Bron")
ROW = ("Coöperatie ’t Veer", "3 juli 2019", "Verslag; blad 4, regel 2")


def saved(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "lijst.csv"
    path.write_bytes(content)
    return path


def line(cells: tuple[str, ...], separator: str) -> str:
    return separator.join(f'"{cell}"' for cell in cells)


def only(path: Path) -> ReadSheet:
    (sheet,) = read_file(path, limits=LIMITS)
    return sheet


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_same_row_comes_out_however_it_was_saved(
    tmp_path: Path, separator: str, encoding: str, end: str
) -> None:
    text = end.join((line(HEAD, separator), line(ROW, separator), ""))
    sheet = only(saved(tmp_path, text.encode(encoding)))
    assert sheet.sheet is Sheet.SIGNATORIES
    assert [list(one.cells.values()) for one in sheet.lines] == [list(ROW)]


def test_columns_stand_in_any_order_and_in_any_case(tmp_path: Path) -> None:
    text = "Lijst van de vereniging;;\nBRON;naam;GETEKEND\nVerslag;Lindewoude;3 juli 2019\n"
    (row,) = only(saved(tmp_path, text.encode())).lines
    assert row.cells == {"bron": "Verslag", "naam": "Lindewoude", "getekend": "3 juli 2019"}
    assert row.number == 3


def test_signs_for_machines_are_left_out_and_formulas_stay_text(tmp_path: Path) -> None:
    text = "naam;getekend;bron\nLin\x00de\x07woude;3 juli 2019;=1+1\nElzen;2020;'=SOM(A1)\n"
    first, second = only(saved(tmp_path, text.encode())).lines
    assert first.cells["naam"] == "Lindewoude" and first.cells["bron"] == "=1+1"
    # As our own tables write it, so that no program takes it for a formula.
    assert second.cells["bron"] == "=SOM(A1)"


def test_a_cell_without_end_is_cut_and_the_row_is_told_so(tmp_path: Path) -> None:
    text = f"naam;getekend;bron\nLindewoude;2019;{'a' * 1_000_000}\nElzen;2020;Verslag\n"
    long, other = only(saved(tmp_path, text.encode())).lines
    assert (long.cut, len(long.cells["bron"])) == (("bron",), MOST_CHARACTERS)
    assert other.cut == ()


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", Refusal.NO_HEAD),
        (b"naam;getekend;bron\n;;\n", Refusal.EMPTY),
        (b"wat;is;dit\n1;2;3\n", Refusal.NO_HEAD),
        (bytes(range(1, 256)) * 10 + bytes(100), Refusal.NO_TEXT),
        (b"naam;getekend\n" + b"Lindewoude;2019\n" * (MOST_ROWS + 1), Refusal.ROWS),
        (b"naam;getekend\n" + b"Lindewoude;2019\n" * 100_000, Refusal.ROWS),
        (b"PK\x03\x04 and nothing else", Refusal.UNREADABLE),
    ],
    ids=["empty", "no rows", "no head", "no text", "one too many", "100,000", "broken zip"],
)
def test_a_file_of_which_nothing_can_be_made_is_refused(
    tmp_path: Path, content: bytes, refusal: Refusal
) -> None:
    with pytest.raises(FileRefused) as refused:
        read_file(saved(tmp_path, content), limits=LIMITS)
    assert refused.value.refusal is refusal
