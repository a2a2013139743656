"""The parts of a tagged PDF: pages with marked content, and the tree that names every mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

LEFT = 64
CATALOG, PAGES, ROOT, WHOLE, PARENTS, PLAIN, BOLD, METADATA = range(1, 9)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or a paragraph: its tag, lines, place of the first line, size and colour."""

    tag: str
    lines: Sequence[str]
    top: float
    size: int
    colour: str

    def marked(self, mark: int) -> bytes:
        """Return the drawing of these lines as marked content."""
        font = "/F1" if self.tag == "P" else "/F2"
        shown = b" T* ".join(b"(" + _bare(line) + b") Tj" for line in self.lines)
        start = (
            f"/{self.tag} <</MCID {mark}>> BDC BT {font} {self.size} Tf {self.size * 1.4:.1f} TL "
            f"{self.colour} rg {LEFT} {self.top:.1f} Td "
        )
        return start.encode() + shown + b" ET EMC\n"


def _bare(text: str) -> bytes:
    """Return text as the letters of a PDF string."""
    letters = text.encode("cp1252", errors="replace")
    return letters.replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def _wide(text: str) -> bytes:
    """Return text as a PDF string in any alphabet."""
    return b"<feff" + text.encode("utf-16-be").hex().encode() + b">"


class _Leaf(NamedTuple):
    """What the tree says of one block: its page and its mark there."""

    tag: str
    page: int
    mark: int


class PdfParts:
    """A PDF under construction."""

    def __init__(self, title: str, author: str) -> None:
        self._title, self._author = title, author
        self._objects: dict[int, bytes] = {}
        self._pages: list[int] = []
        self._leaves: list[_Leaf] = []

    def _add(self, content: bytes, number: int | None = None) -> int:
        unused = METADATA + 1 + sum(key > METADATA for key in self._objects)
        self._objects[number or unused] = content
        return number or unused

    def add_page(self, ground: bytes, blocks: Sequence[Block]) -> None:
        """Add a page: `ground` is drawn first and means nothing."""
        drawn = ground + b"".join(block.marked(mark) for mark, block in enumerate(blocks))
        content = self._add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        page = self._add(
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/StructParents %d /Tabs /S /Resources << /Font << /F1 %d 0 R /F2 %d 0 R >> >> >>"
            % (PAGES, content, len(self._pages), PLAIN, BOLD)
        )
        self._pages.append(page)
        self._leaves += [_Leaf(block.tag, page, mark) for mark, block in enumerate(blocks)]

    def written(self) -> bytes:
        """Return the file."""
        self._add_tree()
        self._add(
            b"<< /Type /Catalog /Pages %d 0 R /StructTreeRoot %d 0 R /Lang (nl-NL) "
            b"/MarkInfo << /Marked true >> /ViewerPreferences << /DisplayDocTitle true >> >>"
            % (PAGES, ROOT),
            CATALOG,
        )
        kids = b" ".join(b"%d 0 R" % page for page in self._pages)
        self._add(b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(self._pages)), PAGES)
        for number, name in ((PLAIN, b"Helvetica"), (BOLD, b"Helvetica-Bold")):
            self._add(
                b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
                % name,
                number,
            )
        metadata = b"<< /Title %s /Author %s >>" % (_wide(self._title), _wide(self._author))
        self._add(metadata, METADATA)
        return self._file()

    def _add_tree(self) -> None:
        elements = [
            self._add(
                b"<< /Type /StructElem /S /%s /P %d 0 R /Pg %d 0 R /K %d >>"
                % (leaf.tag.encode(), WHOLE, leaf.page, leaf.mark)
            )
            for leaf in self._leaves
        ]
        kids = b" ".join(b"%d 0 R" % element for element in elements)
        self._add(b"<< /Type /StructElem /S /Document /P %d 0 R /K [%s] >>" % (ROOT, kids), WHOLE)
        rows = []
        for index, page in enumerate(self._pages):
            both = zip(self._leaves, elements, strict=True)
            marks = b" ".join(b"%d 0 R" % number for leaf, number in both if leaf.page == page)
            rows.append(b"%d [%s]" % (index, marks))
        self._add(b"<< /Nums [%s] >>" % b" ".join(rows), PARENTS)
        self._add(
            b"<< /Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R >>" % (WHOLE, PARENTS), ROOT
        )

    def _file(self) -> bytes:
        body = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        offsets = []
        for number in sorted(self._objects):
            offsets.append(len(body))
            body += b"%d 0 obj\n%s\nendobj\n" % (number, self._objects[number])
        start = len(body)
        body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
        body += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        body += b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
            len(offsets) + 1,
            CATALOG,
            METADATA,
            start,
        )
        return bytes(body)
