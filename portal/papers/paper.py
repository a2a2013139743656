"""What stands on a paper: headings, texts, bars, tiles, terms on a line, and tables."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum


class Form(StrEnum):
    """What a paper can be taken along as, as the end of an address has it."""

    PDF = "pdf"
    PNG = "png"


MEDIA_TYPES = {Form.PDF: "application/pdf", Form.PNG: "image/png"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title of the paper itself."""

    text: str
    level: int = 2
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Words:
    """A text with where it leads, both of which may have been typed by anybody."""

    text: str
    # Of the text; "" for the language of the paper.
    language: str = ""
    # A full address, "" for none.
    address: str = ""
    kind: str = "words"


@dataclass(frozen=True, slots=True)
class Length:
    """A part of a bar: its shape, and how much of what it is."""

    shape: str
    number: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of bars: what it is of, how many, and what its parts say in words."""

    label: Words
    number: Words
    lengths: Sequence[Length]
    words: Sequence[Words]


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars under each other, in a table of which each row says in words what it draws."""

    # What the rows are, what is drawn of them, and what is counted.
    columns: Sequence[str]
    # The number that a whole length stands for.
    most: int
    rows: Sequence[Bar]
    kind: str = "bars"


@dataclass(frozen=True, slots=True)
class Tile:
    """A place on a map of tiles."""

    label: Words
    number: Words
    across: int
    down: int


@dataclass(frozen=True, slots=True)
class Tiles:
    """Tiles that lie as places do on a map."""

    rows: Sequence[Tile]
    kind: str = "tiles"


@dataclass(frozen=True, slots=True)
class Term:
    """A term on a line of time, in percents of the whole; what it was first, if it was moved."""

    shape: str
    start: float
    end: float
    old: tuple[float, float] | None
    title: Words
    words: Sequence[Words]


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms under each other on one line of time; `today` is where today lies, if it does."""

    columns: Sequence[str]
    slices: Sequence[str]
    today: float | None
    rows: Sequence[Term]
    kind: str = "terms"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a heading above each column; the first cell of a row names it."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Words]]
    kind: str = "table"


Block = Heading | Words | Bars | Tiles | Terms | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper in one language, with what there is to say of it."""

    title: str
    language: str
    # Whose it is.
    publisher: str
    # The full address of the page that shows the same, filters included.
    address: str
    # Of which day it is and what was chosen, each with its label.
    notes: Sequence[tuple[str, str]]
    blocks: Sequence[Block]
    # "Bron", before the address, and "Pagina", for the foot of each.
    source_word: str
    page_word: str

    def as_json(self) -> str:
        """Return the paper as the press reads it; two that are equal give the same."""
        return json.dumps(asdict(self), ensure_ascii=False)
