"""Logos: a simple sign in two colours on a ground, told apart at a glance."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from portal.demo.drawing.canvas import Canvas

EDGE = 240
Sign = Callable[[Canvas, str, str], None]


def logo(sign: str, colours: Sequence[str]) -> bytes:
    """Return a logo as PNG; `colours` are those of the ground and of both parts of the sign."""
    ground, first, second = colours
    canvas = Canvas(EDGE, EDGE, ground)
    SIGNS[sign](canvas, first, second)
    return canvas.png()


def _leaf(canvas: Canvas, first: str, second: str) -> None:
    canvas.line([(120, 205), (120, 110)], first, 12)
    canvas.leaf((120, 150), (52, 62), 30, first)
    canvas.leaf((120, 130), (188, 40), 32, second)


def _waves(canvas: Canvas, first: str, second: str) -> None:
    canvas.disc(120, 86, 42, second)
    canvas.wave(118, 14, 120, 0, first)
    canvas.wave(164, 14, 120, 60, second)
    canvas.wave(204, 12, 120, 10, first)


def _hills(canvas: Canvas, first: str, second: str) -> None:
    canvas.disc(168, 78, 30, second)
    canvas.shape([(0, 190), (82, 92), (164, 190)], first)
    canvas.shape([(90, 190), (164, 120), (240, 190)], second)
    canvas.box(0, 188, 240, 240, first)


def _stack(canvas: Canvas, first: str, second: str) -> None:
    for place, width in enumerate((88, 124, 160)):
        top = 60 + place * 44
        colour = second if place == 0 else first
        canvas.rounded(120 - width / 2, top, 120 + width / 2, top + 34, 6, colour)


def _rings(canvas: Canvas, first: str, second: str) -> None:
    for x, colour in ((92, first), (148, second)):
        canvas.disc(x, 120, 56, colour)
        canvas.disc(x, 120, 36, canvas.ground)


def _bridge(canvas: Canvas, first: str, second: str) -> None:
    canvas.rounded(28, 96, 212, 168, 10, first)
    for x in (76, 164):
        canvas.disc(x, 172, 32, canvas.ground)
    canvas.box(28, 172, 212, 240, canvas.ground)
    canvas.box(20, 84, 220, 100, second)
    canvas.wave(196, 6, 60, 0, second)


def _drop(canvas: Canvas, first: str, second: str) -> None:
    canvas.disc(120, 142, 58, first)
    canvas.shape([(120, 34), (71, 111), (169, 111)], first)
    canvas.disc(104, 150, 20, second)


def _sun(canvas: Canvas, first: str, second: str) -> None:
    for turn in range(12):
        angle = math.pi * turn / 6
        start = (120 + 62 * math.cos(angle), 120 + 62 * math.sin(angle))
        end = (120 + 92 * math.cos(angle), 120 + 92 * math.sin(angle))
        canvas.line([start, end], second, 12)
    canvas.disc(120, 120, 46, first)


def _grid(canvas: Canvas, first: str, second: str) -> None:
    for row in range(3):
        for column in range(3):
            colour = second if row == column else first
            left, top = 44 + column * 54, 44 + row * 54
            canvas.rounded(left, top, left + 44, top + 44, 8, colour)


def _knot(canvas: Canvas, first: str, second: str) -> None:
    canvas.line([(52, 172), (96, 68), (144, 172), (188, 68)], first, 22)
    canvas.disc(52, 172, 20, second)
    canvas.disc(188, 68, 20, second)


def _book(canvas: Canvas, first: str, second: str) -> None:
    canvas.shape([(36, 70), (114, 90), (114, 190), (36, 170)], first)
    canvas.shape([(204, 70), (126, 90), (126, 190), (204, 170)], second)


def _tower(canvas: Canvas, first: str, second: str) -> None:
    canvas.shape([(120, 30), (78, 88), (162, 88)], second)
    canvas.box(86, 88, 154, 206, first)
    canvas.rounded(106, 150, 134, 206, 12, canvas.ground)
    canvas.disc(120, 116, 12, canvas.ground)


SIGNS: dict[str, Sign] = {
    "book": _book,
    "bridge": _bridge,
    "drop": _drop,
    "grid": _grid,
    "hills": _hills,
    "knot": _knot,
    "leaf": _leaf,
    "rings": _rings,
    "stack": _stack,
    "sun": _sun,
    "tower": _tower,
    "waves": _waves,
}
