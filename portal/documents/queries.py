"""Every read of documents and pictures that is no part of a write."""

from __future__ import annotations

from sqlalchemy import or_, select
from werkzeug.exceptions import NotFound

from portal.core.db import db
from portal.core.errors import HiddenByVereniging
from portal.documents.models import DocumentVersion, Picture


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


def is_owned(key: str) -> bool:
    """Return whether any row points to the file that is stored under `key`."""
    version = select(DocumentVersion.id).where(
        or_(DocumentVersion.storage_key == key, DocumentVersion.preview_key == key)
    )
    picture = select(Picture.id).where(or_(Picture.storage_key == key, Picture.small_key == key))
    return (
        db.session.scalar(version.limit(1)) is not None
        or db.session.scalar(picture.limit(1)) is not None
    )
