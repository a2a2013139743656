"""Small documents written by hand: a tagged PDF with headings, and an ODF text."""

from __future__ import annotations

import io
import textwrap
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from portal.demo.pdf_parts import Block, PdfParts

WIDTH, HEIGHT, MARGIN = 595, 842, 64
BAND = 150
# Size, space above, and how many characters of Helvetica fit between the margins.
STYLES = {"H1": (26, 0, 32), "H2": (15, 22, 58), "P": (11, 8, 88)}


@dataclass(frozen=True, slots=True)
class Paper:
    """The content of a document; a line of `text` that begins with "## " is a heading."""

    title: str
    author: str
    text: str
    colour: str = "#1b1f2a"

    @property
    def blocks(self) -> list[tuple[str, str]]:
        """Return (H2 or P, text) in reading order."""
        blocks = []
        for paragraph in self.text.strip().split("\n\n"):
            line = " ".join(paragraph.split())
            is_heading = line.startswith("## ")
            blocks.append(("H2", line[3:]) if is_heading else ("P", line))
        return blocks


def pdf(paper: Paper) -> bytes:
    """Return a PDF with title, language and tags, so that a screen reader finds its way."""
    parts = PdfParts(paper.title, paper.author)
    for number, blocks in enumerate(_pages(paper)):
        parts.add_page(_band(paper) if number == 0 else b"", blocks)
    return parts.written()


def _pages(paper: Paper) -> list[list[Block]]:
    """Return the blocks of every page, each with its height on the page."""
    top = HEIGHT - 62.0
    pages: list[list[Block]] = [[]]
    for tag, text in [("H1", paper.title), ("P", paper.author), *paper.blocks]:
        size, above, fit = STYLES[tag]
        lines = textwrap.wrap(text, fit)
        if top - above - len(lines) * size * 1.4 < MARGIN:
            pages.append([])
            top = HEIGHT - MARGIN
        is_on_band = len(pages) == 1 and len(pages[0]) < 2
        colour = "1 1 1" if is_on_band else "0.1 0.12 0.16"
        pages[-1].append(Block(tag, lines, top - above - size, size, colour))
        top -= above + len(lines) * size * 1.4
        if len(pages) == 1 and len(pages[0]) == 2:
            top = HEIGHT - BAND - 20
    return pages


def _band(paper: Paper) -> bytes:
    red, green, blue = (int(paper.colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return (
        f"/Artifact BMC {red:.3f} {green:.3f} {blue:.3f} rg "
        f"0 {HEIGHT - BAND} {WIDTH} {BAND} re f EMC\n"
    ).encode()


MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
 manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3"
 manifest:media-type="application/vnd.oasis.opendocument.text"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""
ODF_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
)
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def odt(paper: Paper) -> bytes:
    """Return an ODF text with headings."""
    lines = [_odf_line("H1", paper.title), _odf_line("P", paper.author)]
    lines += [_odf_line(tag, text) for tag, text in paper.blocks]
    body = f"<office:body><office:text>{''.join(lines)}</office:text></office:body>"
    about = f"<dc:title>{escape(paper.title)}</dc:title><dc:language>nl-NL</dc:language>"
    pages = '<meta:document-statistic meta:page-count="1"/>'
    return _zipped(
        [
            ("META-INF/manifest.xml", MANIFEST),
            ("content.xml", _odf_part("document-content", body)),
            ("meta.xml", _odf_part("document-meta", f"<office:meta>{about}{pages}</office:meta>")),
        ]
    )


def _odf_part(name: str, content: str) -> str:
    return f"{XML}<office:{name} {ODF_NAMES}>{content}</office:{name}>"


def _odf_line(tag: str, text: str) -> str:
    if tag == "P":
        return f"<text:p>{escape(text)}</text:p>"
    return f'<text:h text:outline-level="{tag[1]}">{escape(text)}</text:h>'


def _zipped(parts: Sequence[tuple[str, str]]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        # First and not packed: so a program knows the kind by the first bytes.
        kind = "application/vnd.oasis.opendocument.text"
        archive.writestr(zipfile.ZipInfo("mimetype"), kind, zipfile.ZIP_STORED)
        for name, content in parts:
            archive.writestr(name, content)
    return file.getvalue()
