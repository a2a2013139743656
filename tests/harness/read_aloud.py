"""What machines can find against a PDF that is read aloud: PDF/UA-1, by programs of others."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pdfua import validate

FILES = {"/FontFile", "/FontFile2", "/FontFile3"}
HEADINGS = {f"/H{level}": level for level in range(1, 7)}


def faults_of(body: bytes, folder: Path) -> list[str]:
    """Return what is wrong with a PDF; `folder` is for the copy that the checker reads."""
    path = folder / "stuk.pdf"
    path.write_bytes(body)
    faults = [str(found) for found in validate(str(path)).findings]
    path.unlink()
    with pikepdf.open(BytesIO(body)) as document:
        faults += _of_letters(document)
        if "/StructTreeRoot" in document.Root:
            elements = list(structure(document.Root["/StructTreeRoot"]))
            faults += [*_of_headings(elements), *_of_tables(elements), *_of_pictures(elements)]
        faults += [
            f"page {page.index + 1}: the tab key does not follow what is read"
            for page in document.pages
            if page.get("/Tabs") != "/S"
        ]
    return faults


def structure(element: Any) -> Iterator[Any]:
    """Yield the elements of the structure under this one, as they are read aloud."""
    for kid in _kids(element):
        yield kid
        yield from structure(kid)


def _kids(element: Any) -> Iterator[Any]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid


def _of_letters(document: pikepdf.Pdf) -> Iterator[str]:
    for font in document.objects:
        if isinstance(font, pikepdf.Dictionary) and font.get("/Subtype") == "/Type0":
            (drawn,) = font["/DescendantFonts"]
            if "/ToUnicode" not in font:
                yield f"{font['/BaseFont']}: its letters cannot be read back"
            if not FILES & set(drawn["/FontDescriptor"].keys()):
                yield f"{font['/BaseFont']}: its letters do not travel along"


def _of_headings(elements: list[Any]) -> Iterator[str]:
    level = 0
    for element in elements:
        found = HEADINGS.get(str(element["/S"]))
        if found is None:
            continue
        if found > level + 1 or (level and found == 1):
            yield f"a heading of level {found} comes after one of level {level}"
        level = found
    if not level:
        yield "it has no heading"


def _of_tables(elements: list[Any]) -> Iterator[str]:
    for table in elements:
        if table["/S"] != "/Table":
            continue
        rows = [each for each in structure(table) if each["/S"] == "/TR"]
        lengths = {sum(_attribute(cell, "/ColSpan") or 1 for cell in _kids(row)) for row in rows}
        if len(lengths) != 1:
            yield f"a table has rows of {sorted(lengths)} cells"
        heads = [each for each in structure(table) if each["/S"] == "/TH"]
        if not heads or not all(_attribute(head, "/Scope") for head in heads):
            yield "a table has cells without a head, or heads that say not of what"


def _attribute(element: Any, name: str) -> Any:
    """Return what an element says of itself under a name, or None."""
    said = element.get("/A", [])
    found = said if isinstance(said, pikepdf.Array) else [said]
    return next((each[name] for each in found if name in each), None)


def _of_pictures(elements: list[Any]) -> Iterator[str]:
    for element in elements:
        if element["/S"] == "/Figure" and not str(element.get("/Alt", "")):
            yield "a picture says nothing to who does not see it"
