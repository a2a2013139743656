"""A paper holds what machines can check of PDF/UA-1, judged by programs that know no portal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pdfua import validate

from portal.papers.paper import Bar, Bars, Form, Length, Paper, Tile, Tiles, Words
from portal.papers.typesetting import typeset
from tests.papers.test_typesetting import STRANGE, paper_about


def whole_paper() -> Paper:
    """Return a paper with every kind of block, signs without a letter among its words."""
    paper = paper_about("Gemeente Lindewoude")
    strange = Words(", ".join(STRANGE), "en", "https://voorbeeld.example/teken")
    bars = Bars(["Wat", "Verdeling", "Aantal"], 5, [Bar(strange, strange, [Length("late", 5)], [])])
    tiles = Tiles([Tile(strange, Words("3", address="https://voorbeeld.example/drie"), 2, 1)])
    return replace(paper, blocks=[*paper.blocks, bars, tiles])


def structure(element: Any) -> Iterator[Any]:
    """Yield the elements of the structure under this one, as they are read aloud."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from structure(kid)


def scope_of(head: Any) -> str:
    """Return of what a head of a table is the head: "/Column", "/Row", or ""."""
    said = head.get("/A", [])
    found = said if isinstance(said, pikepdf.Array) else [said]
    return str(next((each["/Scope"] for each in found if "/Scope" in each), ""))


@pytest.fixture
def body(app: object) -> bytes:
    return typeset(whole_paper(), Form.PDF)


def test_a_checker_finds_nothing_against_it(body: bytes, tmp_path: Path) -> None:
    path = tmp_path / "stuk.pdf"
    path.write_bytes(body)
    assert not [str(found) for found in validate(str(path)).findings]
    # The same checker sees when the tags are gone.
    with pikepdf.open(BytesIO(body)) as document:
        del document.Root["/StructTreeRoot"]
        document.save(path, static_id=True)
    assert validate(str(path)).findings


def test_it_says_what_each_part_of_it_is(body: bytes) -> None:
    with pikepdf.open(BytesIO(body)) as document:
        elements = list(structure(document.Root["/StructTreeRoot"]))
        kinds = [str(each["/S"]) for each in elements]
        heads = [each for each in elements if each["/S"] == "/TH"]
        assert kinds.index("/H1") < kinds.index("/H2")
        assert {"/Table", "/TR", "/TD", "/Link", "/P"} <= set(kinds)
        assert {scope_of(head) for head in heads} == {"/Column"}
        assert not [each for each in elements if each["/S"] == "/Figure" and "/Alt" not in each]
        assert {str(page.get("/Tabs", "")) for page in document.pages} == {"/S"}


def test_its_letters_travel_along_and_can_be_read_back(body: bytes) -> None:
    with pikepdf.open(BytesIO(body)) as document:
        fonts = [each for each in document.objects if is_of(each, "/Font", "/Type0")]
        assert fonts
        for font in fonts:
            assert "/ToUnicode" in font
            (drawn,) = font["/DescendantFonts"]
            files = {"/FontFile", "/FontFile2", "/FontFile3"}
            assert files & set(drawn["/FontDescriptor"].keys())


def is_of(thing: Any, kind: str, sort: str) -> bool:
    """Return whether an object of a PDF is of this kind, and of this sort of it."""
    is_one = isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == kind
    return bool(is_one and thing.get("/Subtype") == sort)
