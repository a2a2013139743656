"""What an uploaded document is, by its content: PDF and ODF are taken, the rest is refused."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import NotRequired, TypedDict, cast

from portal.core.folding import without_machine_signs
from portal.documents.inspection import kinds
from portal.documents.reasons import DocumentRefused, Reason
from portal.documents.sandbox import Limits, SandboxBusy, SandboxFailed, run_reader

__all__ = ["DocumentRefused", "Inspection", "Limits", "Preview", "Reason", "inspect_document"]

_READERS = Path(__file__).parent
_TITLE_CHARACTERS = 200
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")


@dataclass(frozen=True, slots=True)
class Preview:
    """The first page as a WebP picture of at most 480 px wide."""

    webp: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is known of an accepted document; None where the document does not say.

    `is_tagged` and `preview` are only known of a PDF; `has_text` is False for a scan without text.
    """

    media_type: str
    extension: str
    size: int
    sha256: str
    page_count: int | None
    title: str | None
    language: str | None
    is_tagged: bool | None
    has_text: bool
    attachment_count: int
    preview: Preview | None


class _PreviewAnswer(TypedDict):
    """The first page as a reader answers it; `webp` is Base64."""

    webp: str
    width: int
    height: int


class _Answer(TypedDict):
    """What a reader answers of a document that is not refused."""

    media_type: str
    page_count: int | None
    title: str | None
    language: str | None
    is_tagged: NotRequired[bool]
    has_text: bool
    attachment_count: int
    preview: NotRequired[_PreviewAnswer | None]


def inspect_document(path: Path, filename: str, *, max_bytes: int, limits: Limits) -> Inspection:
    """Return what the file at `path` is; DocumentRefused with the reason when it is not taken.

    PDF and ODF (odt, ods, odp) are taken by their content; the extension of `filename` must say
    the same. Opens the file in a child process, so it may be called from any thread, but takes up
    to seconds: call it outside the write section.
    """
    size = path.stat().st_size
    if size == 0:
        raise DocumentRefused(Reason.EMPTY)
    if size > max_bytes:
        raise DocumentRefused(Reason.TOO_LARGE)
    claimed = PurePath(filename).suffix.lower().removeprefix(".")
    answer = _read(path, claimed, limits)
    extension = kinds.EXTENSIONS[answer["media_type"]]
    if claimed != extension:
        raise DocumentRefused(Reason.WRONG_EXTENSION)
    return _inspection(path, size, extension, answer)


def _read(path: Path, claimed: str, limits: Limits) -> _Answer:
    with path.open("rb") as file:
        head = file.read(kinds.HEAD_BYTES)
    if kinds.is_pdf(head):
        return {**_answer("read_pdf.py", path, limits), "media_type": kinds.PDF}
    if not kinds.is_zip(head):
        raise DocumentRefused(kinds.reason_against(head))
    try:
        return _answer("read_odf.py", path, limits)
    except DocumentRefused as refusal:
        if refusal.reason is Reason.ARCHIVE and claimed in kinds.ODF_EXTENSIONS.values():
            raise DocumentRefused(Reason.ODF_FALSE) from refusal
        raise


def _answer(reader: str, path: Path, limits: Limits) -> _Answer:
    whole = path.resolve()
    try:
        answer = run_reader(_READERS / reader, str(whole), limits=limits, file=whole)
    except SandboxBusy as error:
        raise DocumentRefused(Reason.BUSY) from error
    except SandboxFailed as error:
        raise DocumentRefused(Reason.UNREADABLE) from error
    if "refused" in answer:
        raise DocumentRefused(Reason(str(answer["refused"])))
    return cast("_Answer", answer)


def _inspection(path: Path, size: int, extension: str, answer: _Answer) -> Inspection:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Inspection(
        media_type=answer["media_type"],
        extension=extension,
        size=size,
        sha256=sha256,
        page_count=answer["page_count"],
        title=_title(answer["title"]),
        language=_language(answer["language"]),
        is_tagged=answer.get("is_tagged"),
        has_text=answer["has_text"],
        attachment_count=answer["attachment_count"],
        preview=_preview(answer.get("preview")),
    )


def _title(title: str | None) -> str | None:
    text = " ".join(without_machine_signs(title or "", instead=" ").split())
    return text[:_TITLE_CHARACTERS].strip() or None


def _language(language: str | None) -> str | None:
    return language if language and _LANGUAGE.fullmatch(language) else None


def _preview(preview: _PreviewAnswer | None) -> Preview | None:
    if preview is None:
        return None
    webp = base64.b64decode(preview["webp"])
    return Preview(webp=webp, width=preview["width"], height=preview["height"])
