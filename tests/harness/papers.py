"""A PDF read back by a program that knows nothing of this portal."""

from __future__ import annotations

import ctypes
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium


class ReadPdf(NamedTuple):
    """What a PDF says of itself, and the text of all its pages with one space between words."""

    title: str
    language: str
    is_tagged: bool
    # The names of letters that do not travel with it.
    absent_fonts: frozenset[str]
    text: str
    # The addresses to which it leads.
    links: frozenset[str]


def read_pdf(body: bytes) -> ReadPdf:
    """Return what is in a PDF."""
    document = pypdfium2.PdfDocument(body)
    texts = [page.get_textpage().get_text_range() for page in document]
    return ReadPdf(
        title=document.get_metadata_value("Title"),
        language=_language(document),
        is_tagged=bool(document.is_tagged()),
        absent_fonts=frozenset(name for page in document for name in _absent(page)),
        text=" ".join(" ".join(texts).split()),
        links=frozenset(link for page in document for link in _links(document, page)),
    )


def _language(document: pypdfium2.PdfDocument) -> str:
    size = pdfium.FPDFCatalog_GetLanguage(document, None, 0)
    text = ctypes.create_string_buffer(size)
    pdfium.FPDFCatalog_GetLanguage(
        document, ctypes.cast(text, ctypes.POINTER(ctypes.c_ushort)), size
    )
    return text.raw.decode("utf-16-le").rstrip("\0")


def _absent(page: pypdfium2.PdfPage) -> set[str]:
    absent = set()
    for shown in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        font = pdfium.FPDFTextObj_GetFont(shown)
        if not pdfium.FPDFFont_GetIsEmbedded(font):
            absent.add(shown.get_font().get_base_name())
    return absent


def _links(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> set[str]:
    place, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    addresses = set()
    while pdfium.FPDFLink_Enumerate(page, ctypes.byref(place), ctypes.byref(link)):
        action = pdfium.FPDFLink_GetAction(link)
        size = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
        text = ctypes.create_string_buffer(size)
        pdfium.FPDFAction_GetURIPath(document, action, text, size)
        addresses.add(text.value.decode())
    return addresses
