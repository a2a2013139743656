"""Drawn by the server: shapes in SVG, in percents of the room they get; words stand beside them.

A shape is never told by its colour alone (`static/src/css/picture.css` gives each its pattern), and
what it says stands in words and in a table beside it: so it is hidden from those who hear a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from markupsafe import Markup

WHOLE = 100.0
# What is there stays to be seen, however little of the whole it is.
LEAST = 0.8


class Part(NamedTuple):
    """A length of a bar, and the list of which it is the length."""

    # Names its colour and pattern.
    shape: str
    words: str
    number: int
    address: str
    # Which comes first in every bar.
    rank: int = 0


class Mark(NamedTuple):
    """Something that stands beside a row: how many, of what, and the list of them."""

    words: str
    number: int
    address: str


class Row(NamedTuple):
    """One bar of a picture with its words; without an address, there is nothing to open."""

    label: str
    number: int
    address: str
    parts: tuple[Part, ...]
    marks: tuple[Mark, ...] = ()
    # Where it stands on a map of tiles.
    place: str = ""

    def numbers_of(self, parts: Sequence[Part]) -> list[int]:
        """Return how much of the row is of the same kind as each of these parts of other rows."""
        numbers: Counter[str] = Counter()
        for part in self.parts:
            numbers[part.words] += part.number
        return [numbers[part.words] for part in parts]


@dataclass(frozen=True, slots=True)
class Picture:
    """Bars of one kind, under a title and a sentence that say what they show."""

    name: str
    title: str
    description: str
    # What the rows are, and what is counted.
    column: str
    counted: str
    rows: tuple[Row, ...]
    # Whether each part of a bar stands beside it in words.
    is_stacked: bool = False

    @property
    def most(self) -> int:
        """The number that a whole length stands for."""
        return max((row.number for row in self.rows), default=0)

    @property
    def parts(self) -> tuple[Part, ...]:
        """One part of each kind that is in the picture, in the order of bars."""
        found = {part.words: part for row in self.rows for part in row.parts}
        return tuple(sorted(found.values(), key=lambda part: part.rank))


class Span(NamedTuple):
    """A length from one place to another, in percents; open where nobody knows its end."""

    start: float
    end: float
    is_open_before: bool = False
    is_open_after: bool = False


def _percent(value: float) -> str:
    return f"{value:.4g}%"


def _length(shape: str, start: float, end: float) -> str:
    """Return one length: its colour, and the lines of its pattern."""
    at, to = _percent(start), _percent(end)
    return (
        f'<rect class="shape shape--{shape}" x="{at}" width="{_percent(end - start)}" '
        f'height="100%"/><line class="shape__lines shape__lines--{shape}" x1="{at}" x2="{to}" '
        'y1="50%" y2="50%"/>'
    )


def _drawing(kind: str, shapes: Iterable[str]) -> Markup:
    drawn = "".join(shapes)
    return Markup(  # noqa: S704
        f'<svg class="drawing drawing--{kind}" aria-hidden="true" focusable="false">{drawn}</svg>'
    )


def bar(parts: Sequence[Part], most: int) -> Markup:
    """Return a bar of as many lengths as there are parts, where `most` is a whole length."""
    shapes, so_far, start = [], 0, 0.0
    for shape, _words, number, _address, _rank in parts:
        if not number:
            continue
        so_far += number
        end = so_far / most * WHOLE
        shapes.append(_length(shape, start, end))
        if start:
            shapes.append(_upright("border", start))
        start = end
    if so_far:
        whole = _percent(max(LEAST, start))
        shapes.append(f'<rect class="shape__edge" width="{whole}" height="100%"/>')
    return _drawing("bar", shapes)


def span(
    shape: str,
    place: Span,
    *,
    old: Span | None = None,
    today: float | None = None,
    borders: Sequence[float] = (),
) -> Markup:
    """Return a length on a line of time, with what it was first in outline above it.

    `borders` are drawn behind it, `today` before it; an end that nobody knows has no edge.
    """
    drawn = [_upright("grid", at) for at in borders]
    if old is not None:
        start, end = _seen(old)
        drawn.append(
            f'<rect class="shape__old" x="{_percent(start)}" width="{_percent(end - start)}" '
            'y="2" height="25%"/>'
        )
    drawn.append(f'<svg y="35%" height="65%">{_placed(shape, place)}</svg>')
    if today is not None:
        drawn.append(_upright("today", today))
    return _drawing("span", drawn)


def _placed(shape: str, place: Span) -> str:
    start, end = _seen(place)
    sides = [start] * (not place.is_open_before) + [end] * (not place.is_open_after)
    across = f'x1="{_percent(start)}" x2="{_percent(end)}"'
    edges = "".join(
        f'<line class="shape__border" {across} y1="{y}" y2="{y}"/>' for y in ("0", "100%")
    )
    return _length(shape, start, end) + edges + "".join(_upright("border", at) for at in sides)


def _seen(place: Span) -> tuple[float, float]:
    """Return a length that is wide enough to be seen, within the whole."""
    start = min(place.start, WHOLE - LEAST)
    return start, max(place.end, start + LEAST)


def _upright(name: str, at: float) -> str:
    kind, place = "shape__border" if name == "border" else f"drawing__{name}", _percent(at)
    return f'<line class="{kind}" x1="{place}" x2="{place}" y2="100%"/>'


@cache
def sample(shape: str) -> Markup:
    """Return a small piece of a length, for the words that say what it stands for."""
    edge = '<rect class="shape__edge" width="100%" height="100%"/>'
    return _drawing("sample", (_length(shape, 0, WHOLE), edge))


@cache
def dot() -> Markup:
    """Return the dot before something that happened once."""
    return _drawing("dot", ('<circle class="shape shape--dot" cx="50%" cy="50%" r="35%"/>',))
