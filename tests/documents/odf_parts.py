"""ODF files taken apart and put together again, with one part changed, added or left out."""

import io
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from odfdo import Document, Paragraph

TEXT = "application/vnd.oasis.opendocument.text"


@cache
def odf(kind: str = "text", *, words: str = "Toezegging", title: str = "Plan") -> bytes:
    """A text, spreadsheet or presentation as an office program would write it."""
    document = Document(kind)
    if kind == "text":
        document.body.append(Paragraph(words))
    document.meta.title = title
    document.meta.language = "nl-NL"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "document"
        document.save(path)
        return path.read_bytes()


def rebuilt(
    *,
    changes: Mapping[str, bytes] | None = None,
    more: Mapping[str, bytes] | None = None,
    without: tuple[str, ...] = (),
) -> bytes:
    """A text document with parts changed, added or left out; the rest as it was."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(odf())) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            if name not in without:
                new.writestr(name, (changes or {}).get(name, old.read(name)))
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return file.getvalue()


def part(name: str) -> bytes:
    """One part of an ordinary text document."""
    with zipfile.ZipFile(io.BytesIO(odf())) as archive:
        return archive.read(name)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A plain zip."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()
