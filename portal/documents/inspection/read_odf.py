"""Reads a zip in the sandbox: what an ODF document says of itself, or why it is refused.

The written rule: a document with code that can run is refused, and so is a button or a link that
runs a macro of the reader's own program. What office programs leave behind without a line of code,
such as the list of an empty library, is no macro. A locked document is refused, since nobody can
read it. What counts of a zip is what it unpacks to: a spreadsheet that repeats itself packs well.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit
from xml.parsers import expat

MAX_ENTRIES = 5_000
MAX_UNPACKED = 200_000_000

_CHUNK = 65_536
_LONGEST = 1_000
_LONGEST_CODE = 100_000
_BASIC, _SCRIPTS = "basic", "scripts"
# A line of Basic by which nothing runs: a comment, an option, the edges of an empty procedure.
_IDLE_LINE = re.compile(
    r"'.*|rem(?:\s.*)?|option\s+[a-z]+(?:\s+\w+)?|end\s+(?:sub|function)"
    r"|(?:(?:private|public)\s+)?(?:sub|function)\s+\w+\s*(?:\(\s*\))?",
    re.IGNORECASE,
)
_MACRO_ADDRESSES = ("macro:", "vnd.sun.star.script:")

_ODF = "application/vnd.oasis.opendocument."
_ACCEPTED = {_ODF + "text", _ODF + "spreadsheet", _ODF + "presentation"}
_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_ENCRYPTED = _NAMES + "manifest:1.0 encryption-data"
_SCRIPT = _NAMES + "script:1.0 "
_OFFICE_SCRIPT = _NAMES + "office:1.0 script"
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
            _refuse_code(archive)
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


def _refuse_code(archive: zipfile.ZipFile) -> None:
    for entry in archive.infolist():
        folders = entry.filename.casefold().replace("\\", "/").split("/")[:-1]
        if _SCRIPTS in folders and entry.file_size:
            raise Refused("odf_macros")
        if _BASIC in folders and entry.file_size:
            _refuse_module(archive, entry.filename)


def _refuse_module(archive: zipfile.ZipFile, part: str) -> None:
    """Refuse code in a module; the list of a library's modules, which has no text, is none."""
    code = _Code()
    try:
        _stream(archive, part, on_text=code.add)
    except expat.ExpatError:
        # Whatever it is that stands among the macros, it is not an empty one.
        raise Refused("odf_macros") from None
    code.refuse()


class _Code:
    """The text of a module of Basic, or of the scripts that stand in the content itself."""

    def __init__(self) -> None:
        self._text = ""

    def add(self, text: str) -> None:
        """Take more of the text; refused when it is longer than an empty module can be."""
        self._text += text
        if len(self._text) > _LONGEST_CODE:
            raise Refused("odf_macros")

    def refuse(self) -> None:
        """Refuse the document when a line of it does something."""
        for line in self._text.splitlines():
            if line.strip() and not _IDLE_LINE.fullmatch(line.strip()):
                raise Refused("odf_macros")


def _described(archive: zipfile.ZipFile) -> dict[str, object]:
    document = _Document()
    _stream(archive, "META-INF/manifest.xml", document.on_manifest)
    _stream_content(archive, "content.xml", document)
    _stream(archive, "styles.xml", document.on_styles)
    for part in archive.namelist():
        if part.endswith(("/content.xml", "/styles.xml")):
            _stream_content(archive, part, _Document())
    _stream(archive, "meta.xml", document.on_meta, document.on_meta_text)
    return {
        "page_count": document.page_count,
        "title": document.title,
        "language": document.language or document.default_language,
        "has_text": document.has_text,
        # What is embedded in it, such as a drawing, shows in the text itself.
        "attachment_count": 0,
    }


def _stream_content(archive: zipfile.ZipFile, part: str, document: _Document) -> None:
    text, end = document.on_content_text, document.on_content_end
    _stream(archive, part, document.on_content, text, end)
    document.code.refuse()


def _stream(
    archive: zipfile.ZipFile,
    part: str,
    on_start: Callable[[str, dict[str, str]], None] | None = None,
    on_text: Callable[[str], None] | None = None,
    on_end: Callable[[str], None] | None = None,
) -> None:
    if part not in archive.namelist():
        return
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = on_start
    parser.CharacterDataHandler = on_text
    parser.EndElementHandler = on_end
    parser.EntityDeclHandler = _refuse_entities
    with archive.open(part) as content:
        while chunk := content.read(_CHUNK):
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _refuse_entities(*_: object) -> None:
    # No program for documents writes them; they only serve to blow a file up.
    raise Refused("bomb")


def _refuse_foreign_macro(_name: str, attributes: dict[str, str]) -> None:
    """Refuse what runs a macro that does not stand in the document itself.

    Code in the document is refused where it stands; without it, what points there runs nothing.
    """
    address = attributes.get(_HREF, "").strip().casefold()
    if address.startswith(_MACRO_ADDRESSES) and not _is_in_document(address):
        raise Refused("odf_macros")
    macro = attributes.get(_SCRIPT + "macro-name", "")
    is_own = attributes.get(_SCRIPT + "location") == "document" or macro.startswith("document:")
    if macro and (not is_own or macro.startswith("application:")):
        raise Refused("odf_macros")


def _is_in_document(address: str) -> bool:
    return parse_qs(urlsplit(address).query).get("location") == ["document"]


class _Document:
    """What is known of the document from the parts that were read so far."""

    def __init__(self) -> None:
        self.page_count: int | None = None
        self.title = ""
        self.language = ""
        self.default_language = ""
        self.has_text = False
        self.code = _Code()
        self._in_body = False
        self._scripts_open = 0
        self._element = ""

    def on_manifest(self, name: str, attributes: dict[str, str]) -> None:
        if name == _ENCRYPTED:
            raise Refused("odf_locked")

    def on_content(self, name: str, attributes: dict[str, str]) -> None:
        _refuse_foreign_macro(name, attributes)
        self._scripts_open += name == _OFFICE_SCRIPT
        self._in_body = self._in_body or name == _BODY

    def on_content_end(self, name: str) -> None:
        self._scripts_open -= name == _OFFICE_SCRIPT

    def on_content_text(self, text: str) -> None:
        if self._scripts_open:
            self.code.add(text)
        self.has_text = self.has_text or (self._in_body and not text.isspace())

    def on_styles(self, name: str, attributes: dict[str, str]) -> None:
        _refuse_foreign_macro(name, attributes)
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
