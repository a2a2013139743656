"""Reads a zip in the sandbox: what an ODF document says of itself, or why it is refused.

The written rule: a document with macros is refused, in a folder of macros as well as on a button
or a link that runs one. A locked document is refused, since nobody can read it.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

MAX_ENTRIES = 5_000
MAX_UNPACKED = 200_000_000
MAX_RATIO = 150

_RATIO_COUNTS_FROM = 10_000_000
_CHUNK = 65_536
_LONGEST = 1_000
_MACRO_FOLDERS = {"basic", "scripts"}
_MACRO_ADDRESSES = ("macro:", "vnd.sun.star.script:")

_ODF = "application/vnd.oasis.opendocument."
_ACCEPTED = {_ODF + "text", _ODF + "spreadsheet", _ODF + "presentation"}
_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_ENCRYPTED = _NAMES + "manifest:1.0 encryption-data"
_SCRIPT = _NAMES + "script:1.0 "
_BODY = _NAMES + "office:1.0 body"
_STATISTIC = _NAMES + "meta:1.0 document-statistic"
_PAGE_COUNT = _NAMES + "meta:1.0 page-count"
_TEXT_PROPERTIES = _NAMES + "style:1.0 text-properties"
_FO = _NAMES + "xsl-fo-compatible:1.0 "
_TITLE = "http://purl.org/dc/elements/1.1/ title"
_LANGUAGE = "http://purl.org/dc/elements/1.1/ language"
_HREF = "http://www.w3.org/1999/xlink href"

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class Refused(Exception):
    """The zip is not taken; the argument is the value of the reason."""


def read(path: str) -> dict[str, object]:
    """Return what the ODF document says of itself, or `refused` with the reason."""
    try:
        with zipfile.ZipFile(path) as archive:
            media_type = _media_type(archive)
            _refuse_bomb(archive)
            _refuse_macro_folder(archive)
            return {"media_type": media_type, **_described(archive)}
    except Refused as refusal:
        return {"refused": refusal.args[0]}
    except _BROKEN:
        return {"refused": "unreadable"}


def _media_type(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    if "[Content_Types].xml" in names:
        raise Refused("office")
    if "mimetype" not in names:
        raise Refused("odf_false" if "META-INF/manifest.xml" in names else "archive")
    with archive.open("mimetype") as part:
        media_type = part.read(200).decode("ascii", errors="replace").strip()
    if not media_type.startswith(_ODF):
        raise Refused("odf_false" if "content.xml" in names else "archive")
    if media_type not in _ACCEPTED:
        raise Refused("odf_other_kind")
    if not {"META-INF/manifest.xml", "content.xml"} <= set(names) or len(names) != len(set(names)):
        raise Refused("odf_false")
    return media_type


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Refused("bomb")
    for entry in entries:
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > _RATIO_COUNTS_FROM and ratio > MAX_RATIO:
            raise Refused("bomb")


def _refuse_macro_folder(archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        folders = name.casefold().replace("\\", "/").split("/")[:-1]
        if _MACRO_FOLDERS.intersection(folders):
            raise Refused("odf_macros")


def _described(archive: zipfile.ZipFile) -> dict[str, object]:
    document = _Document()
    _stream(archive, "META-INF/manifest.xml", document.on_manifest)
    _stream(archive, "content.xml", document.on_content, document.on_content_text)
    _stream(archive, "styles.xml", document.on_styles)
    _stream(archive, "meta.xml", document.on_meta, document.on_meta_text)
    return {
        "page_count": document.page_count,
        "title": document.title,
        "language": document.language or document.default_language,
        "has_text": document.has_text,
    }


def _stream(
    archive: zipfile.ZipFile,
    part: str,
    on_start: Callable[[str, dict[str, str]], None],
    on_text: Callable[[str], None] | None = None,
) -> None:
    if part not in archive.namelist():
        return
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = on_start
    parser.CharacterDataHandler = on_text
    parser.EntityDeclHandler = _refuse_entities
    with archive.open(part) as content:
        while chunk := content.read(_CHUNK):
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _refuse_entities(*_: object) -> None:
    # No program for documents writes them; they only serve to blow a file up.
    raise Refused("bomb")


class _Document:
    """What is known of the document from the parts that were read so far."""

    def __init__(self) -> None:
        self.page_count: int | None = None
        self.title = ""
        self.language = ""
        self.default_language = ""
        self.has_text = False
        self._in_body = False
        self._element = ""

    def on_manifest(self, name: str, attributes: dict[str, str]) -> None:
        if name == _ENCRYPTED:
            raise Refused("odf_locked")

    def on_content(self, name: str, attributes: dict[str, str]) -> None:
        if name.startswith(_SCRIPT) or attributes.get(_HREF, "").startswith(_MACRO_ADDRESSES):
            raise Refused("odf_macros")
        self._in_body = self._in_body or name == _BODY

    def on_content_text(self, text: str) -> None:
        self.has_text = self.has_text or (self._in_body and not text.isspace())

    def on_styles(self, name: str, attributes: dict[str, str]) -> None:
        language = attributes.get(_FO + "language")
        if name == _TEXT_PROPERTIES and language and not self.default_language:
            country = attributes.get(_FO + "country")
            self.default_language = f"{language}-{country}" if country else language

    def on_meta(self, name: str, attributes: dict[str, str]) -> None:
        self._element = name
        pages = attributes.get(_PAGE_COUNT, "")
        if name == _STATISTIC and pages.isdecimal() and len(pages) < 7:
            self.page_count = int(pages)

    def on_meta_text(self, text: str) -> None:
        if self._element == _TITLE:
            self.title = (self.title + text)[:_LONGEST]
        elif self._element == _LANGUAGE:
            self.language = (self.language + text.strip())[:_LONGEST]
