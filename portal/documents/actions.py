"""Every write of documents and pictures: a row for a file that stands in the storage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from portal.core import clock
from portal.core.db import db
from portal.core.errors import AlreadyExists
from portal.core.markdown import render
from portal.documents.inspection import Inspection, Preview
from portal.documents.licences import Licence
from portal.documents.models import (
    Document,
    DocumentPage,
    DocumentText,
    DocumentVersion,
    PagePicture,
    Picture,
)
from portal.documents.queries import find_text
from portal.documents.upload import KeptUpload
from portal.policy import Person


def keep(
    upload: KeptUpload,
    *,
    title: str,
    language: str = "nl",
    dated: date | None = None,
    licence: Licence = Licence.UNSAID,
    by: Person | None,
) -> Document:
    """Return a new document whose first version is `upload`."""
    document = Document(
        title=title,
        language=language,
        dated=dated,
        licence=licence,
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
            **_found_in(upload),
            created_at=clock.now(),
            created_by=by.id if by is not None else None,
        )
        db.session.add(version)
    return version


def keep_check(version_id: int, found: Inspection) -> None:
    """Write down what was found in a version that is stored already."""
    version = db.session.get(DocumentVersion, version_id)
    if version is None:
        return
    version.file_title, version.file_language = found.title, found.language
    version.is_tagged, version.has_text = found.is_tagged, found.has_text
    version.attachment_count = found.attachment_count
    version.checked_at = clock.now()


def keep_pages(version_id: int, drawn: Sequence[tuple[int, str]]) -> None:
    """Write down the text of each page that has any, by its number; a second time, nothing."""
    version = db.session.get(DocumentVersion, version_id)
    if version is None or version.read_at is not None:
        return
    version.read_at = clock.now()
    for number, text in drawn:
        if text:
            db.session.add(DocumentPage(version_id=version_id, number=number, text=text))


def keep_pictures(
    version_id: int,
    first: int,
    stored: Sequence[tuple[str, Preview] | None],
    *,
    is_last: bool = False,
) -> None:
    """Write down the stored pictures of pages from number `first`; `is_last`: there are no more."""
    version = db.session.get(DocumentVersion, version_id)
    if version is None or version.drawn_at is not None:
        return
    for number, one in enumerate(stored, start=first):
        if one is not None:
            key, picture = one
            size = {"width": picture.width, "height": picture.height}
            row = PagePicture(version_id=version_id, number=number, storage_key=key, **size)
            db.session.add(row)
    if is_last:
        version.drawn_at = clock.now()


def write_text(version: DocumentVersion, body: str, *, by: Person | None) -> DocumentText | None:
    """Write out what a version says, or anew; with nothing in `body` the text goes."""
    row = find_text(version.id)
    if not body:
        if row is not None:
            db.session.delete(row)
        return None
    if row is None:
        row = DocumentText(version_id=version.id)
        db.session.add(row)
    row.body, row.html = body, shown_text(body)
    row.written_at, row.written_by = clock.now(), by.id if by is not None else None
    return row


def shown_text(body: str) -> str:
    """Return the HTML of what was written out of a document."""
    return render(body, first_heading=3)


def _found_in(upload: KeptUpload) -> dict[str, object]:
    """Return what was found in a file; one with fewer answers is looked at by the worker."""
    return {
        "is_tagged": upload.is_tagged,
        "has_text": upload.has_text,
        "file_title": upload.title,
        "file_language": upload.language,
        "attachment_count": upload.attachment_count,
        "checked_at": clock.now() if upload.attachment_count is not None else None,
    }


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
