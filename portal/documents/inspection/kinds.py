"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import codecs
import re

from portal.documents.reasons import Reason

HEAD_BYTES = 4096

PDF = "application/pdf"
ODF_EXTENSIONS = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
EXTENSIONS = {PDF: "pdf", **ODF_EXTENSIONS}

_PDF_START = re.compile(rb"%PDF-\d")
# So far into a file readers look for the start of a PDF.
_PDF_STARTS_WITHIN = 1024
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OFFICE_STARTS = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")
_PICTURE = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP"
    rb"|.{4}ftyp(?:avif|avis|heic|heix|mif1)|\x00\x00\x01\x00",
    re.DOTALL,
)
_SVG = re.compile(r"<(?:\w+:)?svg[\s>/]", re.IGNORECASE)
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|script|iframe|meta|style|a|p|div|h1)[\s>/]",
    re.IGNORECASE,
)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def is_pdf(head: bytes) -> bool:
    """Return whether the file is a PDF, with at most some text before its start.

    Printers, mail gateways and careless websites leave lines of their own there, and readers skip
    them. What begins as another kind of file is that kind, whatever stands further on.
    """
    start = _PDF_START.search(head)
    if start is None or start.start() >= _PDF_STARTS_WITHIN or is_zip(head):
        return False
    before = head[: start.start()]
    return b"\0" not in before and reason_against(before) is Reason.UNKNOWN


def is_zip(head: bytes) -> bool:
    """Return whether the file starts as a zip, which every ODF file is."""
    return head.startswith(_ZIP_STARTS)


def reason_against(head: bytes) -> Reason:
    """Return why a file that is neither PDF nor zip is refused, judged by its first bytes."""
    if head.startswith(_OFFICE_STARTS):
        return Reason.OFFICE
    if _PICTURE.match(head):
        return Reason.PICTURE
    text = _as_text(head)
    drawing, page = _SVG.search(text), _HTML.search(text)
    if drawing and (page is None or drawing.start() < page.start()):
        return Reason.SVG
    return Reason.HTML if page else Reason.UNKNOWN


def _as_text(head: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, errors="replace")
    return head.decode("latin-1")
