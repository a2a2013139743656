"""Form fields that take in a file: inspected, kept, and remembered when the form comes back."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import FileStorage
from wtforms import FileField, Form
from wtforms.validators import StopValidation

from portal.core.folding import FOR_MACHINES
from portal.core.settings import settings
from portal.documents.inspection import Inspection, inspect_document
from portal.documents.pictures import reencode_logo, reencode_photo
from portal.documents.reasons import DocumentRefused, PictureReason, PictureRefused
from portal.documents.refusals import PICTURE_REASON_WORDS, REASON_WORDS
from portal.documents.upload import KeptUpload
from portal.services.storage import new_key, storage
from portal.web.person import viewer

REMEMBERED_SECONDS = 24 * 3600
# The end of what a browser sends as a name; nobody needs to see more of it.
_LONGEST_SENT = 1000
_UNSAFE = re.compile(rf"[{FOR_MACHINES}\t\n\r\x85/\\:*?\"<>|]+")


def store(extension: str, source: Path | bytes) -> str:
    """Return the key under which `source` now stands in the storage."""
    key = new_key(extension)
    storage().put(key, source)
    return key


def clean_file_name(name: str) -> str:
    """Return a name for a download: no path, no control characters, at most 120 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1][-_LONGEST_SENT:]
    name = unicodedata.normalize("NFC", last)
    name = _UNSAFE.sub("-", name).strip(" .") or "document"
    stem, dot, extension = name.rpartition(".")
    return f"{stem[: 119 - len(extension)]}{dot}{extension}" if dot else name[:120]


class _TakenIn(FileField):
    """The parent of both fields; the door calls `receive` before the form is validated."""

    is_taken_in = True

    def __init__(self, label: Any = None, *, required: Any = None, **options: Any) -> None:
        super().__init__(label, **options)
        self.required_words = required
        self.upload: KeptUpload | None = None
        self.refusal: str | None = None
        if required is not None:
            self.flags.required = True

    def process(self, formdata: Any, *rest: Any, **more: Any) -> None:
        """Take the file that was sent, and the mark of one that was sent before."""
        super().process(formdata, *rest, **more)
        mark = formdata.get(self.kept_name) if formdata else None
        if mark:
            self.upload = self._remembered(mark)

    @property
    def kept_name(self) -> str:
        return f"{self.name}-bewaard"

    @property
    def kept_mark(self) -> str | None:
        """What the page sends back so that the file need not be chosen again."""
        if self.upload is None:
            return None
        return str(self._signer().dumps({"by": viewer().id, **asdict(self.upload)}))

    def _signer(self) -> URLSafeTimedSerializer:
        # A mark is good for its own kind: a document that was sent never becomes a public picture.
        salt = f"kept-upload-{type(self).__name__}"
        return URLSafeTimedSerializer(settings().secret_key, salt=salt)

    def _remembered(self, mark: str) -> KeptUpload | None:
        try:
            facts = self._signer().loads(mark, max_age=REMEMBERED_SECONDS)
        except BadData:
            return None
        return KeptUpload(**facts) if facts.pop("by", None) == viewer().id else None

    def receive(self, _form: Form) -> None:
        """Inspect and keep the file that was sent; a refusal is shown when the form validates."""
        sent = self.data
        if not isinstance(sent, FileStorage) or not sent.filename:
            return
        root = settings().data_dir / "incoming"
        root.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=root) as folder:
            path = Path(folder) / "file"
            sent.save(path)
            self.upload = None
            try:
                self.upload = self.take_in(path, clean_file_name(sent.filename))
            except DocumentRefused as refusal:
                self.refusal = str(REASON_WORDS[refusal.reason])
            except PictureRefused as refusal:
                self.refusal = str(PICTURE_REASON_WORDS[refusal.reason])

    def take_in(self, path: Path, name: str) -> KeptUpload:
        """Inspect and store what was sent."""
        raise NotImplementedError(type(self).__name__)

    def pre_validate(self, form: Form) -> None:
        """Say what is wrong with the file, or that one is needed."""
        if self.refusal:
            raise StopValidation(self.refusal)
        if self.upload is None and self.required_words is not None:
            raise StopValidation(str(self.required_words))


class DocumentField(_TakenIn):
    """A PDF or ODF; `upload` is a KeptUpload once the form holds, None when none was chosen."""

    def take_in(self, path: Path, name: str) -> KeptUpload:
        """Inspect and store a document, with the picture of its first page."""
        found = inspect_document(path, name, max_bytes=settings().max_file_bytes)
        preview = found.preview
        kept = _kept_document(found, store(found.extension, path), name)
        if preview is None:
            return kept
        key = store("webp", preview.webp)
        return replace(kept, preview_key=key, width=preview.width, height=preview.height)


def _kept_document(found: Inspection, key: str, name: str) -> KeptUpload:
    return KeptUpload(
        storage_key=key,
        file_name=name,
        media_type=found.media_type,
        size=found.size,
        sha256=found.sha256,
        page_count=found.page_count,
        title=found.title,
        language=found.language,
        is_tagged=found.is_tagged,
        has_text=found.has_text,
    )


class PictureField(_TakenIn):
    """A raster picture, re-encoded; `photo` keeps a large and a small one, else it is a logo."""

    def __init__(self, label: Any = None, *, photo: bool = False, **options: Any) -> None:
        super().__init__(label, **options)
        self.is_photo = photo

    def take_in(self, path: Path, name: str) -> KeptUpload:
        """Re-encode and store a picture."""
        most = settings().max_file_bytes
        if path.stat().st_size > most:
            raise PictureRefused(PictureReason.TOO_LARGE)
        return self._store(path.read_bytes(), most, name)

    def _store(self, raw: bytes, most: int, name: str) -> KeptUpload:
        small_key = None
        if self.is_photo:
            photo = reencode_photo(raw, most)
            picture, small_key = photo.large, store("webp", photo.small.webp)
        else:
            picture = reencode_logo(raw, most)
        return KeptUpload(
            storage_key=store("webp", picture.webp),
            file_name=name,
            media_type="image/webp",
            size=len(picture.webp),
            sha256=picture.sha256,
            preview_key=small_key,
            width=picture.width,
            height=picture.height,
        )
