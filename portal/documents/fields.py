"""Form fields that take in a file: inspected, stored, remembered when the form is shown again."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import FileField, Form
from wtforms.validators import StopValidation

from portal.core.folding import FOR_MACHINES
from portal.core.settings import settings
from portal.documents.inspection import Inspection, inspect_document
from portal.documents.pictures import reencode_logo, reencode_photo
from portal.documents.reasons import DocumentRefused, PictureReason, PictureRefused
from portal.documents.refusals import words_of
from portal.documents.storing import reader_limits, store
from portal.documents.upload import KeptUpload
from portal.web.person import viewer

REMEMBERED_SECONDS = 24 * 3600
# Of a longer name that a browser sends, only the end is looked at.
_LONGEST_SENT = 1000
# How browsers write the signs that would break the line with a file's name in a form.
_SENT_SIGNS = {"%22": "'", "%0D": "\r", "%0A": "\n"}
_UNSAFE = re.compile(rf"[{FOR_MACHINES}\t\n\r\x85/\\:*?\"<>|]+")


def clean_file_name(name: str) -> str:
    """Return a name for a download: no path, no control characters, at most 120 characters.

    Double quotes, which most systems take in no name, become single ones.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1][-_LONGEST_SENT:]
    for sent, sign in _SENT_SIGNS.items():
        last = last.replace(sent, sign)
    name = unicodedata.normalize("NFC", last).replace('"', "'")
    name = _UNSAFE.sub("-", name).strip(" .") or "document"
    stem, dot, extension = name.rpartition(".")
    return f"{stem[: 119 - len(extension)]}{dot}{extension}" if dot else name[:120]


class _TakenIn(FileField):
    """The parent of both fields; the door calls `receive` before the form is validated."""

    is_taken_in = True

    def __init__(self, label: object = None, *, required: object = None, **options: object) -> None:
        super().__init__(label, **options)
        # The message when no file was chosen; None: none is needed.
        self.required_message = required
        self.upload: KeptUpload | None = None
        self.refusal: str | None = None
        if required is not None:
            self.flags.required = True

    def process(self, formdata: MultiDict[str, str] | None, *rest: object, **more: object) -> None:
        """Take the file that was sent, and the mark of one that was sent before."""
        super().process(formdata, *rest, **more)
        mark = formdata.get(self.mark_name) if formdata else None
        if mark:
            self.upload = self._remembered(mark)

    @property
    def mark_name(self) -> str:
        """The name of the hidden input that holds the mark."""
        return f"{self.name}-bewaard"

    @property
    def mark(self) -> str | None:
        """The signed mark of the stored file, with which it need not be chosen again."""
        if self.upload is None:
            return None
        return str(self._signer().dumps({"by": viewer().id, **asdict(self.upload)}))

    def _signer(self) -> URLSafeTimedSerializer:
        # Each kind of field has its own: a document that was sent never becomes a public picture.
        salt = f"kept-upload-{type(self).__name__}"
        return URLSafeTimedSerializer(settings().signing_keys, salt=salt)

    def _remembered(self, mark: str) -> KeptUpload | None:
        try:
            fields = self._signer().loads(mark, max_age=REMEMBERED_SECONDS)
        except BadData:
            return None
        return KeptUpload(**fields) if fields.pop("by", None) == viewer().id else None

    def receive(self, _form: Form) -> None:
        """Inspect and store the file that was sent; `pre_validate` shows why one was refused."""
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
            except (DocumentRefused, PictureRefused) as refusal:
                self.refusal = words_of(refusal.reason, most=settings().max_file_bytes)

    def take_in(self, path: Path, name: str) -> KeptUpload:
        """Inspect the file at `path` and store it; DocumentRefused or PictureRefused."""
        raise NotImplementedError(type(self).__name__)

    def pre_validate(self, form: Form) -> None:
        """Refuse the field with what is wrong with the file, or because one is needed."""
        if self.refusal:
            raise StopValidation(self.refusal)
        if self.upload is None and self.required_message is not None:
            raise StopValidation(str(self.required_message))


class DocumentField(_TakenIn):
    """A PDF or ODF; `upload` is the stored file of a valid form, None when none was chosen."""

    def take_in(self, path: Path, name: str) -> KeptUpload:
        """Inspect and store a document, with the picture of its first page."""
        inspection = inspect_document(
            path, name, max_bytes=settings().max_file_bytes, limits=reader_limits()
        )
        preview = inspection.preview
        stored = _stored(inspection, store(inspection.extension, path), name)
        if preview is None:
            return stored
        key = store("webp", preview.webp)
        return replace(stored, preview_key=key, width=preview.width, height=preview.height)


def _stored(inspection: Inspection, key: str, name: str) -> KeptUpload:
    return KeptUpload(
        storage_key=key,
        file_name=name,
        media_type=inspection.media_type,
        size=inspection.size,
        sha256=inspection.sha256,
        page_count=inspection.page_count,
        title=inspection.title,
        language=inspection.language,
        is_tagged=inspection.is_tagged,
        has_text=inspection.has_text,
        attachment_count=inspection.attachment_count,
    )


class PictureField(_TakenIn):
    """A raster picture, re-encoded: a photo is stored large and small, a logo once."""

    def __init__(self, label: object = None, *, photo: bool = False, **options: object) -> None:
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
            photo = reencode_photo(raw, most, reader_limits())
            picture, small_key = photo.large, store("webp", photo.small.webp)
        else:
            picture = reencode_logo(raw, most, reader_limits())
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
