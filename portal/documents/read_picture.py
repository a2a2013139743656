"""A picture shrunk and written anew as WebP, without anything else in it; runs in the sandbox."""

from __future__ import annotations

import base64
import io
import struct
import sys

from PIL import Image, ImageFile, UnidentifiedImageError

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
# How the samples of a PNG of other depths than eight bits become eight: times this many, over 256.
_TO_EIGHT_BITS = {"L;2": 85 * 256, "L;4": 17 * 256, "I;16B": 1, "RGB;16B": 1}
_SIXTEEN_TO_EIGHT = [value >> 8 for value in range(65_536)]
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


def _upright(file: ImageFile.ImageFile, edge: int) -> Image.Image:
    # Asked first: the rest loads the picture, and forgets it.
    stored_as = str(file.tile[0].args) if file.tile else ""
    orientation = _orientation(file)
    # A JPEG is decoded at the nearest larger scale that it offers, in a fraction of the memory.
    file.draft("RGB", (edge, edge))
    picture = _in_eight_bits(file, stored_as)
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    plain = picture if picture.mode == mode else picture.convert(mode)
    plain.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    turn = _TURNS.get(orientation)
    return plain if turn is None else plain.transpose(turn)


def _in_eight_bits(picture: Image.Image, stored_as: str) -> Image.Image:
    """Return the picture with its transparent colour in eight bits, and its grey too.

    Pillow would cut 16 bits of grey off at white, and looks for the transparent colour as the file
    names it, in the file's own depth, among samples that it made eight bits of.
    """
    factor = _TO_EIGHT_BITS.get(stored_as)
    colour = picture.info.get("transparency")
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(_SIXTEEN_TO_EIGHT, "L")
    if factor is not None and isinstance(colour, int):
        picture.info["transparency"] = colour * factor >> 8
    elif factor is not None and isinstance(colour, tuple):
        picture.info["transparency"] = tuple(sample * factor >> 8 for sample in colour)
    return picture


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
