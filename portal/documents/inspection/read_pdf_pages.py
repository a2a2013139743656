"""Draws the text or the pictures of the pages of a PDF, in the sandbox."""

from __future__ import annotations

import base64
import io
import json
import math

import pypdfium2

MOST_PAGES = 500
MOST_CHARACTERS = 20_000
# Of all pages together: written as JSON it stays below what the portal takes in.
MOST_TOGETHER = 500_000
MOST_BYTES = 2_500_000


def read(argument: str) -> dict[str, object]:
    """Return `texts`, a page each, or `pictures` of pages from `first` on, as far as they fit.

    The argument is JSON: `path`, and for pictures `first` (from 0), `count`, `width` and `height`.
    """
    asked = json.loads(argument)
    with pypdfium2.PdfDocument(asked["path"]) as document:
        if "count" in asked:
            return {"pictures": _pictures(document, asked)}
        return {"texts": _texts(document)}


def _texts(document: pypdfium2.PdfDocument) -> list[str]:
    texts: list[str] = []
    left = MOST_TOGETHER
    for index in range(min(len(document), MOST_PAGES)):
        page = document[index]
        text_page = page.get_textpage()
        text = text_page.get_text_bounded()[: min(MOST_CHARACTERS, left)]
        text_page.close()
        page.close()
        left -= len(text)
        texts.append(text)
    return texts


def _pictures(
    document: pypdfium2.PdfDocument, asked: dict[str, int]
) -> list[dict[str, object] | None]:
    pictures: list[dict[str, object] | None] = []
    left = MOST_BYTES
    last = min(asked["first"] + asked["count"], len(document))
    for index in range(asked["first"], last):
        webp, width, height = _drawn(document[index], asked["width"], asked["height"])
        left -= len(webp)
        if pictures and left < 0:
            break
        pictures.append({"webp": webp, "width": width, "height": height} if webp else None)
    return pictures


def _drawn(page: pypdfium2.PdfPage, most_width: int, most_height: int) -> tuple[str, int, int]:
    """Return a page as Base64 of WebP, never wider or higher than this; "" for one of no size."""
    width, height = page.get_size()
    if not all(math.isfinite(side) and side > 0 for side in (width, height)):
        return "", 0, 0
    # pdfium rounds up, and 480 of a width is easily 480.0000001.
    scale = min((most_width - 0.01) / width, (most_height - 0.01) / height)
    picture = page.render(scale=scale).to_pil().convert("RGB")
    page.close()
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=75, method=4)
    return base64.b64encode(file.getvalue()).decode(), picture.width, picture.height
