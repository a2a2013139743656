"""A paper holds what machines can check of PDF/UA-1, judged by programs that know no portal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from portal.papers.paper import Bar, Bars, Form, Length, Paper, Tile, Tiles, Words
from portal.papers.typesetting import typeset
from tests.harness.read_aloud import faults_of, structure
from tests.papers.test_typesetting import STRANGE, paper_about


def whole_paper() -> Paper:
    """Return a paper with every kind of block, signs without a letter among its words."""
    paper = paper_about("Gemeente Lindewoude")
    strange = Words(", ".join(STRANGE), "en", "https://voorbeeld.example/teken")
    bars = Bars(["Wat", "Verdeling", "Aantal"], 5, [Bar(strange, strange, [Length("late", 5)], [])])
    tiles = Tiles([Tile(strange, Words("3", address="https://voorbeeld.example/drie"), 2, 1)])
    return replace(paper, blocks=[*paper.blocks, bars, tiles])


@pytest.fixture
def body(app: object) -> bytes:
    return typeset(whole_paper(), Form.PDF)


def spoilt(body: bytes, change: Callable[[Any], None]) -> bytes:
    """Return the paper with something done to each element of its structure."""
    file = BytesIO()
    with pikepdf.open(BytesIO(body)) as document:
        for element in structure(document.Root["/StructTreeRoot"]):
            change(element)
        document.save(file, static_id=True)
    return file.getvalue()


def headless(element: Any) -> None:
    """Let a head of a table say no more of what it is one."""
    if element["/S"] == "/TH":
        del element["/A"]


def too_deep(element: Any) -> None:
    """Let a heading skip a level."""
    if element["/S"] == "/H2":
        element["/S"] = pikepdf.Name("/H3")


def test_a_checker_finds_nothing_against_it(body: bytes, tmp_path: Path) -> None:
    assert not faults_of(body, tmp_path)


def test_a_checker_sees_what_is_wrong(body: bytes, tmp_path: Path) -> None:
    file = BytesIO()
    with pikepdf.open(BytesIO(body)) as document:
        del document.Root["/StructTreeRoot"]
        document.save(file, static_id=True)
    assert faults_of(file.getvalue(), tmp_path)
    for change, words in (
        (headless, "a table has cells without a head"),
        (too_deep, "a heading of level 3 comes after one of level 1"),
    ):
        assert words in str(faults_of(spoilt(body, change), tmp_path))


def test_it_says_what_each_part_of_it_is(body: bytes) -> None:
    with pikepdf.open(BytesIO(body)) as document:
        kinds = [str(each["/S"]) for each in structure(document.Root["/StructTreeRoot"])]
    assert kinds.index("/H1") < kinds.index("/H2")
    assert {"/Table", "/TR", "/TD", "/Link", "/P"} <= set(kinds)
