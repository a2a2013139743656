"""Draws the text of an ODF document in the sandbox: a line for each paragraph, heading and row.

Pages exist only on the screen of who opens it, so it is one text.
"""

from __future__ import annotations

import zipfile
from xml.parsers import expat

MOST_CHARACTERS = 500_000

_CHUNK = 65_536
_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE = _NAMES + "text:1.0 ", _NAMES + "table:1.0 "
_BODY = _NAMES + "office:1.0 body"
_LINES = {_TEXT + "p", _TEXT + "h", _TABLE + "table-row"}
_SPACES = {_TEXT + "s": " ", _TEXT + "tab": " ", _TABLE + "table-cell": " "}
_BREAK = _TEXT + "line-break"
# What was taken out, and what only its maker reads.
_LEFT_OUT = {
    _TEXT + "tracked-changes",
    _NAMES + "office:1.0 annotation",
    _NAMES + "office:1.0 scripts",
}


class _Text:
    """The text so far."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.left = MOST_CHARACTERS
        self._in_body = False
        self._left_out = 0

    def on_start(self, name: str, _attributes: dict[str, str]) -> None:
        self._in_body = self._in_body or name == _BODY
        self._left_out += name in _LEFT_OUT
        if name == _BREAK:
            self._add("\n")
        self._add(_SPACES.get(name, ""))

    def on_end(self, name: str) -> None:
        self._left_out -= name in _LEFT_OUT
        if name in _LINES:
            self._add("\n")

    def on_text(self, text: str) -> None:
        self._add(text)

    def _add(self, text: str) -> None:
        if text and self._in_body and not self._left_out and self.left > 0:
            self.parts.append(text[: self.left])
            self.left -= len(text)


def read(path: str) -> dict[str, object]:
    """Return `texts`: the one text of the document."""
    text = _Text()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = text.on_start
    parser.EndElementHandler = text.on_end
    parser.CharacterDataHandler = text.on_text
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as content:
        while text.left > 0 and (chunk := content.read(_CHUNK)):
            parser.Parse(chunk, False)
    return {"texts": ["".join(text.parts)]}
