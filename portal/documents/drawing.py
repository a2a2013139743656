"""The text and the pictures of the pages of a stored document, drawn in the sandbox."""

from __future__ import annotations

import base64
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from portal.core.folding import with_line_ends, without_machine_signs
from portal.core.settings import settings
from portal.documents.inspection import Preview, kinds
from portal.documents.sandbox import Limits, run_reader
from portal.documents.storing import reader_limits
from portal.services.storage import storage

# Of a longer document only so many of the first pages are pictures too.
MOST_PICTURES = 20
PICTURE_WIDTH = 900
PICTURE_HEIGHT = 1800
# The worker draws, so nobody waits for it.
CPU_SECONDS, WALL_SECONDS = 20, 60.0

_READERS = Path(__file__).parent / "inspection"
# How pdfium writes a hyphen at the end of a line inside a word.
_SPLIT = re.compile("\x02\n?")
_SPACES = re.compile(r"[ \t]+")
_LINES = re.compile(r"\n{3,}")


@contextmanager
def stored_file(key: str) -> Iterator[Path]:
    """Give the path of a stored file, for as long as it is needed; NotStored without one."""
    path = storage().path(key)
    if path is not None:
        with storage().open(key):
            yield path
        return
    with TemporaryDirectory(dir=settings().data_dir) as folder, storage().open(key) as source:
        copy = Path(folder) / "file"
        with copy.open("wb") as file:
            shutil.copyfileobj(source, file)
        yield copy


def texts_in(path: Path, media_type: str) -> Sequence[tuple[int, str]]:
    """Return the number and the text of each page from 1; number 0 is a document without pages.

    SandboxFailed or SandboxBusy when it cannot be read.
    """
    if media_type == kinds.PDF:
        answer = _read("read_pdf_pages.py", json.dumps({"path": str(path)}), path)
        return [(at, readable(text)) for at, text in enumerate(_texts(answer), start=1)]
    answer = _read("read_odf_text.py", str(path), path)
    return [(0, readable(text)) for text in _texts(answer)]


def pictures_in(path: Path, first: int, most: int) -> Sequence[Preview | None]:
    """Return the pages of a PDF as pictures from number `first`: at most `most`, often fewer.

    None stands for a page of no size. SandboxFailed or SandboxBusy when it cannot be read.
    """
    asked = {
        "path": str(path),
        "first": first - 1,
        "count": most,
        "width": PICTURE_WIDTH,
        "height": PICTURE_HEIGHT,
    }
    answer = _read("read_pdf_pages.py", json.dumps(asked), path)
    drawn = cast("list[dict[str, str | int] | None]", answer["pictures"])
    return [None if one is None else _picture(one) for one in drawn]


def readable(text: str) -> str:
    """Return drawn text without signs for machines, words whole that a line end split."""
    joined = _SPLIT.sub("", with_line_ends(text))
    lines = [_SPACES.sub(" ", line).strip() for line in without_machine_signs(joined).split("\n")]
    return _LINES.sub("\n\n", "\n".join(lines)).strip()


def _read(reader: str, argument: str, path: Path) -> dict[str, object]:
    return run_reader(_READERS / reader, argument, limits=_limits(), file=path.resolve())


def _limits() -> Limits:
    return replace(reader_limits(), cpu_seconds=CPU_SECONDS, wall_seconds=WALL_SECONDS)


def _texts(answer: dict[str, object]) -> list[str]:
    return cast("list[str]", answer["texts"])


def _picture(one: dict[str, str | int]) -> Preview:
    webp = base64.b64decode(str(one["webp"]))
    return Preview(webp=webp, width=int(one["width"]), height=int(one["height"]))
