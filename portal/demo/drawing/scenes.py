"""Scenes above articles: flat drawings with a sky, a land and one thing to look at."""

from __future__ import annotations

import math
from collections.abc import Callable

from portal.demo.drawing.canvas import Canvas

WIDTH, HEIGHT = 1280, 720
INK, YELLOW, WHITE = "#1b1f2a", "#ffc71f", "#ffffff"
BLUE, RED, GREEN = "#0b4f9e", "#a33b2c", "#2f6b4f"
COATS = (BLUE, RED, GREEN, "#7a4f94", "#c27c0e", INK, "#2d7f8a", "#94453f")
# The left side and the height of houses far away.
TOWNS = ((180, 60), (236, 96), (300, 50), (352, 74), (884, 66), (950, 112), (1016, 58))


def scene(name: str) -> bytes:
    """Return the scene with this name as PNG."""
    canvas = Canvas(WIDTH, HEIGHT, "#e8eef5")
    SCENES[name](canvas)
    return canvas.png()


def _land(canvas: Canvas) -> None:
    canvas.disc(1010, 210, 96, YELLOW)
    canvas.wave(470, 34, 1500, 300, "#b9d3c3")
    canvas.wave(540, 26, 1100, 0, "#86b39a")
    canvas.wave(620, 16, 900, 500, "#4f8a6c")


def _growing(canvas: Canvas) -> None:
    """Five layers from which a plant grows."""
    _land(canvas)
    for place, width in enumerate((820, 690, 560, 430, 300)):
        top = 590 - place * 74
        canvas.rounded(150, top, 150 + width, top + 62, 8, INK if place < 4 else WHITE)
    canvas.line([(900, 650), (902, 470), (880, 330), (820, 230)], "#2f6b4f", 16)
    canvas.leaf((902, 520), (1040, 430), 44, "#3f8a63")
    canvas.leaf((896, 430), (750, 380), 42, "#3f8a63")
    canvas.leaf((868, 320), (990, 220), 42, "#56a679")
    canvas.leaf((830, 240), (770, 110), 40, "#56a679")


def _signing(canvas: Canvas) -> None:
    """A sheet with two signatures under it, and a pen."""
    canvas.box(0, 0, WIDTH, HEIGHT, "#f3e3c0")
    canvas.wave(560, 12, 1600, 0, "#d9a441")
    canvas.shape([(330, 90), (910, 60), (960, 640), (380, 680)], "#c9b68c")
    canvas.shape([(310, 80), (890, 50), (940, 630), (360, 670)], WHITE)
    for place in range(6):
        top = 150 + place * 48
        end = 830 if place % 3 != 2 else 640
        canvas.line([(380 + place * 4, top), (end + place * 4, top - 22)], "#c3c9d4", 12)
    for left, colour in ((420, INK), (670, "#0b4f9e")):
        points = [
            (left + step * 7, 540 - step * 0.6 + 26 * math.sin(step * 0.9) * (1 - step / 34))
            for step in range(27)
        ]
        canvas.line(points, colour, 8)
        canvas.line([(left - 6, 586), (left + 196, 575)], "#8b93a5", 4)
    canvas.shape([(880, 500), (1120, 250), (1156, 284), (916, 534)], INK)
    canvas.shape([(880, 500), (916, 534), (862, 552)], YELLOW)


def _table(canvas: Canvas) -> None:
    """People around a table, seen from above."""
    canvas.box(0, 0, WIDTH, HEIGHT, "#dfe9e2")
    canvas.rounded(330, 190, 950, 530, 150, "#b78a4e")
    canvas.rounded(350, 206, 930, 514, 136, "#d2a868")
    people = (
        "#0b4f9e",
        "#a33b2c",
        "#2f6b4f",
        "#7a4f94",
        "#c27c0e",
        "#1b1f2a",
        "#2d7f8a",
        "#94453f",
    )
    for place, colour in enumerate(people):
        angle = 2 * math.pi * place / len(people) + 0.2
        x, y = 640 + 430 * math.cos(angle), 360 + 262 * math.sin(angle)
        canvas.disc(x, y, 66, colour)
        canvas.disc(x, y, 34, "#f0cfae" if place % 2 else "#9c6b45")
        inner_x, inner_y = 640 + 225 * math.cos(angle), 360 + 112 * math.sin(angle)
        canvas.rounded(inner_x - 34, inner_y - 22, inner_x + 34, inner_y + 22, 5, WHITE)


def _blocks(canvas: Canvas) -> None:
    """Separate blocks that fit together, one of them on its way."""
    canvas.box(0, 0, WIDTH, HEIGHT, "#e4e7f2")
    canvas.wave(610, 8, 1700, 200, "#c2c9e0")
    rows = (("#0b4f9e", 3), ("#2f6b4f", 2), ("#a33b2c", 1))
    for row, (colour, count) in enumerate(rows):
        for place in range(count):
            left, top = 330 + row * 110 + place * 220, 450 - row * 146
            canvas.rounded(left, top, left + 212, top + 140, 12, colour)
            canvas.disc(left + 106, top, 26, colour)
    canvas.shape([(880, 170), (1070, 118), (1106, 250), (916, 302)], YELLOW)
    canvas.disc(975, 146, 26, YELLOW)


def _polder(canvas: Canvas) -> None:
    """A straight canal through a flat land, with trees and a town far away."""
    canvas.box(0, 0, WIDTH, 390, "#cfe3f2")
    canvas.disc(300, 150, 70, "#fff3c9")
    for left, tall in (
        (180, 60),
        (236, 96),
        (300, 50),
        (352, 74),
        (884, 66),
        (950, 112),
        (1016, 58),
    ):
        canvas.box(left, 390 - tall, left + 46, 392, "#8fa6bb")
    canvas.shape([(950, 278), (973, 236), (996, 278)], "#8fa6bb")
    canvas.box(0, 388, WIDTH, HEIGHT, "#7fae78")
    for place in range(9):
        far, near = 120 + place * 130, -700 + place * 330
        canvas.shape([(far, 390), (far + 40, 390), (near + 110, 720), (near, 720)], "#97c08d")
    canvas.shape([(620, 390), (660, 390), (860, 720), (420, 720)], "#4c86ad")
    for place in range(6):
        x, foot = 720 + place * place * 18, 398 + place * 34
        size = 16 + place * 11
        canvas.line([(x, foot), (x, foot - size * 1.6)], "#5b4630", 4 + place)
        canvas.disc(x, foot - size * 2, size, "#3f7a4f")


SCENES: dict[str, Callable[[Canvas], None]] = {
    "blocks": _blocks,
    "growing": _growing,
    "polder": _polder,
    "signing": _signing,
    "table": _table,
}
