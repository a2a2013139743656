"""Logos and news pictures made safe: only raster pictures, shrunk and written anew as WebP."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, cast

from portal.documents.reasons import PictureReason, PictureRefused
from portal.documents.sandbox import Limits, SandboxBusy, SandboxFailed, run_reader

LOGO_EDGE = 480
PHOTO_EDGE = 1600
SMALL_PHOTO_EDGE = 800

_READER = Path(__file__).with_name("read_picture.py")
_SVG = re.compile(rb"<(?:\w+:)?svg[\s>/]", re.IGNORECASE)
_HEAD_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Picture:
    """A WebP picture, its size in pixels and the hash of its bytes."""

    webp: bytes
    width: int
    height: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A news picture in two sizes: at most 1600 px and at most 800 px along its longest edge."""

    large: Picture
    small: Picture


class _PictureAnswer(TypedDict):
    """One picture as the reader in the sandbox answers it; `webp` is Base64."""

    webp: str
    width: int
    height: int


def reencode_logo(data: bytes, max_bytes: int, limits: Limits) -> Picture:
    """Return the logo of at most 480 px along its longest edge, transparency kept, never enlarged.

    PictureRefused unless it is a PNG, JPEG, WebP or GIF of at most 40 million pixels. Decodes in a
    child process and takes up to seconds: call it outside the write section.
    """
    (logo,) = _reencoded(data, max_bytes, str(LOGO_EDGE), limits)
    return logo


def reencode_photo(data: bytes, max_bytes: int, limits: Limits) -> Photo:
    """Return the picture of an article in two sizes, on white where it was transparent.

    PictureRefused as for a logo.
    """
    edges = f"white,{PHOTO_EDGE},{SMALL_PHOTO_EDGE}"
    large, small = _reencoded(data, max_bytes, edges, limits)
    return Photo(large=large, small=small)


def _reencoded(data: bytes, max_bytes: int, edges: str, limits: Limits) -> list[Picture]:
    if not data:
        raise PictureRefused(PictureReason.EMPTY)
    if len(data) > max_bytes:
        raise PictureRefused(PictureReason.TOO_LARGE)
    try:
        answer = run_reader(_READER, edges, limits=limits, content=data)
    except SandboxBusy as error:
        raise PictureRefused(PictureReason.BUSY) from error
    except SandboxFailed as error:
        raise PictureRefused(PictureReason.UNREADABLE) from error
    if "refused" in answer:
        reason = PictureReason(str(answer["refused"]))
        is_svg = reason is PictureReason.NOT_A_PICTURE and _SVG.search(data[:_HEAD_BYTES])
        raise PictureRefused(PictureReason.SVG if is_svg else reason)
    pictures = cast("list[_PictureAnswer]", answer["pictures"])
    return [_picture(picture) for picture in pictures]


def _picture(answer: _PictureAnswer) -> Picture:
    webp = base64.b64decode(answer["webp"])
    sha256 = hashlib.sha256(webp).hexdigest()
    return Picture(webp=webp, width=answer["width"], height=answer["height"], sha256=sha256)
