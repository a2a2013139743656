"""Reads a PDF in the sandbox: what it says of itself, its first page, and why it is refused.

The written rule: a PDF with JavaScript, with a dynamic (XFA) form or with an action that starts a
program is refused, wherever in the file the action stands. A locked one is refused as well: what it
does cannot be seen, and restrictions keep screen readers out.
"""

from __future__ import annotations

import base64
import ctypes
import io
import math
import re
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

PREVIEW_WIDTH = 480
PREVIEW_MAX_HEIGHT = 1440

_PAGES_SEARCHED_FOR_TEXT = 50
_STRING = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f]*>", re.DOTALL)
_INNERMOST_DICTIONARY = re.compile(rb"<<([^<>]*)>>")
_OFFSET = re.compile(rb"(\d{10}) \d{5} n")
_SCRIPT_KEY = re.compile(rb"/JS(?![^\s()\[\]/])")
_SCRIPT_ACTION = re.compile(rb"/S\s*(?:/JavaScript\b|/Rendition\b|\d+ \d+ R)")
_LAUNCH_ACTION = re.compile(rb"/S\s*(?:/Launch\b|\d+ \d+ R)")
_LAUNCH_TARGET = re.compile(rb"/(?:F|Win|Mac|Unix)(?![^\s()\[\]/])")


def read(path: str) -> dict[str, object]:
    """Return what the PDF says of itself and its first-page picture, or `refused`: the reason."""
    try:
        with pypdfium2.PdfDocument(path) as document:
            reason = _refusal(document)
            return {"refused": reason} if reason else _described(document)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        return {"refused": "pdf_locked" if locked else "unreadable"}


def _described(document: pypdfium2.PdfDocument) -> dict[str, object]:
    # A file can claim any number of pages: one that cannot show its last page is broken.
    document[len(document) - 1].close()
    return {
        "page_count": len(document),
        "title": document.get_metadata_value("Title"),
        "language": _language(document),
        "is_tagged": bool(pdfium.FPDFCatalog_IsTagged(document)),
        "has_text": _has_text(document),
        "attachment_count": document.count_attachments(),
        "preview": _preview(document),
    }


def _refusal(document: pypdfium2.PdfDocument) -> str | None:
    if pdfium.FPDF_GetSecurityHandlerRevision(document) != -1:
        return "pdf_locked"
    if len(document) == 0:
        return "unreadable"
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        return "pdf_script"
    if document.get_formtype() in (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND):
        return "pdf_script"
    return _active(document)


def _active(document: pypdfium2.PdfDocument) -> str | None:
    # Saved anew by pdfium every object stands open: out of compressed object streams, with names
    # and strings written in one way only. What another writer hid cannot hide there.
    copy = io.BytesIO()
    document.save(copy, flags=pdfium.FPDF_NO_INCREMENTAL)
    content = copy.getvalue()
    if b"/JS" not in content and b"/Launch" not in content:
        return None
    for dictionary in _dictionaries(content):
        if _SCRIPT_KEY.search(dictionary) and _SCRIPT_ACTION.search(dictionary):
            return "pdf_script"
        if _LAUNCH_ACTION.search(dictionary) and _LAUNCH_TARGET.search(dictionary):
            return "pdf_launch"
    return None


def _dictionaries(content: bytes) -> Iterator[bytes]:
    table = content.rindex(b"xref", 0, content.rindex(b"startxref"))
    starts = sorted(int(start) for start in _OFFSET.findall(content, table))
    for start, end in zip(starts, [*starts[1:], table], strict=True):
        # Text inside strings is never an action, and the bytes of a stream never a dictionary.
        text = _STRING.sub(b"()", content[start:end].split(b">>stream\r\n", 1)[0] + b">>")
        while innermost := _INNERMOST_DICTIONARY.findall(text):
            yield from innermost
            text = _INNERMOST_DICTIONARY.sub(b" null ", text)


def _language(document: pypdfium2.PdfDocument) -> str | None:
    size = pdfium.FPDFCatalog_GetLanguage(document, None, 0)
    if not 2 < size < 200:
        return None
    buffer = ctypes.create_string_buffer(size)
    letters = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFCatalog_GetLanguage(document, letters, size)
    return buffer.raw[: size - 2].decode("utf-16-le", errors="replace")


def _has_text(document: pypdfium2.PdfDocument) -> bool:
    for index in range(min(len(document), _PAGES_SEARCHED_FOR_TEXT)):
        page = document[index]
        text_page = page.get_textpage()
        text = text_page.get_text_bounded().strip()
        text_page.close()
        page.close()
        if text:
            return True
    return False


def _preview(document: pypdfium2.PdfDocument) -> dict[str, object] | None:
    page = document[0]
    width, height = page.get_size()
    if not all(math.isfinite(side) and side > 0 for side in (width, height)):
        return None
    # pdfium rounds up, and 480 of a width is easily 480.0000001.
    scale = min((PREVIEW_WIDTH - 0.01) / width, (PREVIEW_MAX_HEIGHT - 0.01) / height)
    picture = page.render(scale=scale).to_pil().convert("RGB")
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=80, method=4)
    webp = base64.b64encode(file.getvalue()).decode()
    return {"webp": webp, "width": picture.width, "height": picture.height}
