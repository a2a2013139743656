"""Every read of kept files."""

from __future__ import annotations

from sqlalchemy import or_, select
from werkzeug.exceptions import NotFound

from portal.core.db import db
from portal.documents.models import DocumentVersion, Picture


def get_version(document_id: int, number: int) -> DocumentVersion:
    """Return one version of a document, or 404."""
    found = select(DocumentVersion).where(
        DocumentVersion.document_id == document_id, DocumentVersion.number == number
    )
    version = db.session.scalars(found).first()
    if version is None:
        raise NotFound
    return version


def get_picture_key(key: str) -> str:
    """Return `key` when a picture is kept under it, large or small; else 404."""
    found = select(Picture.id).where(or_(Picture.storage_key == key, Picture.small_key == key))
    if db.session.scalar(found.limit(1)) is None:
        raise NotFound
    return key
