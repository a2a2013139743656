"""A canvas that is drawn four times too large, so that slanting lines become smooth."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

from PIL import Image, ImageDraw

SMOOTH = 4
Point = tuple[float, float]


class Canvas:
    """Shapes in one colour, at places in pixels of the finished picture."""

    def __init__(self, width: int, height: int, ground: str) -> None:
        self.width, self.height, self.ground = width, height, ground
        self._image = Image.new("RGB", (width * SMOOTH, height * SMOOTH), ground)
        self._draw = ImageDraw.Draw(self._image)

    def _scaled(self, points: Sequence[Point]) -> list[Point]:
        return [(x * SMOOTH, y * SMOOTH) for x, y in points]

    def shape(self, points: Sequence[Point], colour: str) -> None:
        """Fill the shape with these corners."""
        self._draw.polygon(self._scaled(points), fill=colour)

    def box(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """Fill an upright rectangle."""
        self.shape([(left, top), (right, top), (right, bottom), (left, bottom)], colour)

    def rounded(
        self, left: float, top: float, right: float, bottom: float, radius: float, colour: str
    ) -> None:
        """Fill an upright rectangle with round corners."""
        corners = self._scaled([(left, top), (right, bottom)])
        self._draw.rounded_rectangle(
            (*corners[0], *corners[1]), radius=radius * SMOOTH, fill=colour
        )

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """Fill a circle."""
        corners = self._scaled([(x - radius, y - radius), (x + radius, y + radius)])
        self._draw.ellipse((*corners[0], *corners[1]), fill=colour)

    def line(self, points: Sequence[Point], colour: str, thickness: float) -> None:
        """Draw a line with round joints and ends."""
        width = round(thickness * SMOOTH)
        self._draw.line(self._scaled(points), fill=colour, width=width, joint="curve")
        for x, y in (points[0], points[-1]):
            self.disc(x, y, thickness / 2, colour)

    def wave(self, height: float, swing: float, length: float, shift: float, colour: str) -> None:
        """Fill everything below a wave."""
        steps = [step * self.width / 90 for step in range(91)]
        top = [(x, height + swing * math.sin(2 * math.pi * (x + shift) / length)) for x in steps]
        self.shape([*top, (self.width, self.height), (0, self.height)], colour)

    def leaf(self, foot: Point, tip: Point, belly: float, colour: str) -> None:
        """Fill a leaf from its foot to its tip; `belly` is half its width."""
        across = (tip[1] - foot[1], foot[0] - tip[0])
        length = math.hypot(*across) or 1.0
        unit = (across[0] / length, across[1] / length)
        outline = []
        for side in (1, -1):
            steps = range(21) if side == 1 else range(20, -1, -1)
            for step in steps:
                share = step / 20
                swell = side * belly * math.sin(math.pi * share) ** 0.8
                outline.append(
                    (
                        foot[0] + (tip[0] - foot[0]) * share + unit[0] * swell,
                        foot[1] + (tip[1] - foot[1]) * share + unit[1] * swell,
                    )
                )
        self.shape(outline, colour)

    def png(self) -> bytes:
        """Return the finished picture."""
        small = self._image.resize((self.width, self.height), Image.Resampling.LANCZOS)
        file = io.BytesIO()
        small.save(file, "PNG")
        return file.getvalue()
