"""Every write of documents and pictures: a row for a file that stands in the storage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from portal.core import clock
from portal.core.db import db
from portal.core.errors import AlreadyExists
from portal.documents.models import Document, DocumentVersion, Picture
from portal.documents.upload import KeptUpload
from portal.policy import Person


def keep(upload: KeptUpload, *, title: str, language: str = "nl", by: Person | None) -> Document:
    """Return a new document whose first version is `upload`."""
    document = Document(
        title=title,
        language=language,
        created_at=clock.now(),
        created_by=by.id if by is not None else None,
    )
    db.session.add(document)
    db.session.flush()
    add_version(document, upload, by=by)
    return document


def add_version(document: Document, upload: KeptUpload, *, by: Person | None) -> DocumentVersion:
    """Return the next version of `document`; the older ones stay as they were.

    AlreadyExists when `upload` has a row already, or the number was taken at the same moment.
    """
    last = select(func.max(DocumentVersion.number)).where(
        DocumentVersion.document_id == document.id
    )
    with _refusing_a_second():
        version = DocumentVersion(
            document=document,
            number=(db.session.scalar(last) or 0) + 1,
            storage_key=upload.storage_key,
            file_name=upload.file_name,
            media_type=upload.media_type,
            size=upload.size,
            sha256=upload.sha256,
            page_count=upload.page_count,
            preview_key=upload.preview_key,
            preview_width=upload.width,
            preview_height=upload.height,
            is_tagged=upload.is_tagged,
            has_text=upload.has_text,
            created_at=clock.now(),
            created_by=by.id if by is not None else None,
        )
        db.session.add(version)
    return version


def keep_picture(upload: KeptUpload, *, by: Person | None) -> Picture:
    """Return the new row of a picture; AlreadyExists when `upload` has a row already."""
    with _refusing_a_second():
        picture = Picture(
            storage_key=upload.storage_key,
            small_key=upload.preview_key,
            media_type=upload.media_type,
            width=upload.width or 0,
            height=upload.height or 0,
            sha256=upload.sha256,
            created_at=clock.now(),
            created_by=by.id if by is not None else None,
        )
        db.session.add(picture)
    return picture


@contextmanager
def _refusing_a_second() -> Iterator[None]:
    """Write the row made inside; AlreadyExists when its file or its number has a row already."""
    try:
        with db.session.begin_nested():
            yield
            db.session.flush()
    except IntegrityError as clash:
        raise AlreadyExists from clash
