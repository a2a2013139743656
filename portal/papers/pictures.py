"""Pictures of a page as blocks of a paper: the same bars, words and links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portal.core.addresses import full_path
from portal.core.i18n import gettext as _
from portal.core.i18n import number_words
from portal.papers.paper import Bar, Bars, Block, Heading, Length, Tile, Tiles, Words
from portal.web.drawing import Part, Picture, Row

# Where the tile of each province lies, as `static/src/css/picture.css` has it: across and down.
_PLACES = {
    "fryslan": (2, 1),
    "groningen": (3, 1),
    "noord-holland": (1, 2),
    "flevoland": (2, 2),
    "drenthe": (3, 2),
    "zuid-holland": (1, 3),
    "utrecht": (2, 3),
    "overijssel": (3, 3),
    "zeeland": (1, 4),
    "noord-brabant": (2, 4),
    "gelderland": (3, 4),
    "limburg": (3, 5),
}


def blocks_of(pictures: Iterable[Picture]) -> Iterator[Block]:
    """Yield each picture under its title and the sentence that says what it shows."""
    for picture in pictures:
        if not picture.rows:
            continue
        yield Heading(picture.title)
        yield Words(picture.description)
        yield _tiles(picture) if all(row.place for row in picture.rows) else _bars(picture)


def _bars(picture: Picture) -> Bars:
    return Bars(
        columns=(picture.column, _("Verdeling"), picture.counted),
        most=picture.most,
        rows=[_bar(row, is_stacked=picture.is_stacked) for row in picture.rows],
    )


def _bar(row: Row, *, is_stacked: bool) -> Bar:
    parts = [_part(part) for part in row.parts if part.number] if is_stacked else []
    marks = [Words(mark.words, address=full_path(mark.address)) for mark in row.marks]
    return Bar(
        label=Words(row.label),
        number=_number(row),
        lengths=[Length(part.shape, part.number) for part in row.parts],
        words=[*parts, *marks],
    )


def _part(part: Part) -> Words:
    return Words(f"{number_words(part.number)} {part.words}", address=full_path(part.address))


def _number(row: Row) -> Words:
    return Words(number_words(row.number), address=full_path(row.address) if row.number else "")


def _tiles(picture: Picture) -> Tiles:
    return Tiles(
        [Tile(Words(row.label), _number(row), *_PLACES[row.place]) for row in picture.rows]
    )
