"""A picture shrunk and written anew as WebP, without anything else in it; runs in the sandbox."""

from __future__ import annotations

import base64
import io
import struct
import sys

from PIL import Image, UnidentifiedImageError

MAX_PIXELS = 40_000_000

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What Pillow raises on a broken file differs by format and by the place of the break.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    EOFError,
    OverflowError,
    struct.error,
)


def read(sizes: str) -> dict[str, object]:
    """Return the picture on standard input in each of `sizes`, or `refused` with the reason.

    `sizes` are longest edges in pixels with commas, largest first; "white," before them puts a
    transparent picture on white. A picture is never enlarged.
    """
    first, *rest = sizes.split(",")
    on_white = first == "white"
    edges = [int(edge) for edge in (rest if on_white else [first, *rest])]
    try:
        with Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=_FORMATS) as picture:
            # Only the header was read: nothing of a bomb is unpacked yet.
            if picture.width * picture.height > MAX_PIXELS:
                return {"refused": "too_many_pixels"}
            return {"pictures": _rewritten(_upright(picture, edges[0]), edges, on_white)}
    except UnidentifiedImageError:
        return {"refused": "not_a_picture"}
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return {"refused": "too_many_pixels"}
    except _BROKEN:
        return {"refused": "unreadable"}


def _upright(picture: Image.Image, edge: int) -> Image.Image:
    orientation = _orientation(picture)
    # A JPEG is decoded at the nearest larger scale that it offers, in a fraction of the memory.
    picture.draft("RGB", (edge, edge))
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    plain: Image.Image = picture if picture.mode == mode else picture.convert(mode)
    plain.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    turn = _TURNS.get(orientation)
    return plain if turn is None else plain.transpose(turn)


def _orientation(picture: Image.Image) -> int:
    # Cameras and programs leave broken EXIF behind; the picture itself is fine then.
    try:
        return int(picture.getexif().get(_ORIENTATION, 1))
    except _BROKEN:
        return 1


def _rewritten(picture: Image.Image, edges: list[int], on_white: bool) -> list[dict[str, object]]:
    # Pasted into a new image: position, camera, comments and colour profile stay behind.
    if on_white or picture.mode == "RGB":
        bare = Image.new("RGB", picture.size, "white")
        bare.paste(picture, mask=picture if picture.mode == "RGBA" else None)
    else:
        bare = Image.new("RGBA", picture.size)
        bare.paste(picture)
    pictures: list[dict[str, object]] = []
    for edge in edges:
        bare.thumbnail((edge, edge), Image.Resampling.LANCZOS)
        file = io.BytesIO()
        bare.save(file, "WEBP", quality=85, method=4)
        webp = base64.b64encode(file.getvalue()).decode()
        pictures.append({"webp": webp, "width": bare.width, "height": bare.height})
    return pictures
