"""Every read of documents and pictures that is no part of a write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import func, or_, select
from werkzeug.exceptions import NotFound

from portal.core.db import db
from portal.core.errors import HiddenByVereniging
from portal.documents.models import (
    DocumentPage,
    DocumentText,
    DocumentVersion,
    PagePicture,
    Picture,
)


def get_version(document_id: int, number: int) -> DocumentVersion:
    """Return one version of a document, or 404."""
    query = select(DocumentVersion).where(
        DocumentVersion.document_id == document_id, DocumentVersion.number == number
    )
    version = db.session.scalars(query).first()
    if version is None:
        raise NotFound
    return version


def get_picture_key(key: str) -> str:
    """Return `key` when a picture, large or small, is stored under it; else 404.

    HiddenByVereniging for a picture that is hidden.
    """
    query = select(Picture.hidden_at, Picture.hidden_ground).where(
        or_(Picture.storage_key == key, Picture.small_key == key)
    )
    row = db.session.execute(query.limit(1)).first()
    if row is None:
        raise NotFound
    if row.hidden_at is not None:
        raise HiddenByVereniging(row.hidden_ground or "", row.hidden_at)
    return key


def find_text(version_id: int) -> DocumentText | None:
    """Return what was written out of a version, or None."""
    query = select(DocumentText).where(DocumentText.version_id == version_id)
    return db.session.scalars(query).first()


def pages_of(version_id: int) -> Sequence[DocumentPage]:
    """Return the pages of which text was drawn, in their order."""
    query = select(DocumentPage).where(DocumentPage.version_id == version_id)
    return db.session.scalars(query.order_by(DocumentPage.number)).all()


def text_of(version_id: int) -> str:
    """Return all text that was drawn from a version."""
    return "\n\n".join(page.text for page in pages_of(version_id))


def pictures_of(version_id: int) -> Mapping[int, PagePicture]:
    """Return the pages that were drawn as a picture, by their number."""
    query = select(PagePicture).where(PagePicture.version_id == version_id)
    return {row.number: row for row in db.session.scalars(query.order_by(PagePicture.number))}


def drawn_until(version_id: int) -> int:
    """Return the last page that was drawn as a picture, 0 when none was."""
    last = select(func.max(PagePicture.number)).where(PagePicture.version_id == version_id)
    return db.session.scalar(last) or 0


def is_owned(key: str) -> bool:
    """Return whether any row points to the file that is stored under `key`."""
    version = select(DocumentVersion.id).where(
        or_(DocumentVersion.storage_key == key, DocumentVersion.preview_key == key)
    )
    page = select(PagePicture.id).where(PagePicture.storage_key == key)
    picture = select(Picture.id).where(or_(Picture.storage_key == key, Picture.small_key == key))
    return (
        db.session.scalar(version.limit(1)) is not None
        or db.session.scalar(page.limit(1)) is not None
        or db.session.scalar(picture.limit(1)) is not None
    )
