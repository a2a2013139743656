"""How a stored file goes out: as a download, never as a page of this site."""

from __future__ import annotations

from flask import Response, send_file
from werkzeug.exceptions import NotFound

from portal.documents.models import DocumentVersion
from portal.services.storage import storage
from portal.web.downloads import attachment

SANDBOX = "default-src 'none'; sandbox"
A_YEAR = "public, max-age=31536000, immutable"


def _file(key: str, media_type: str) -> Response:
    if not storage().exists(key):
        raise NotFound
    source = storage().path(key) or storage().open(key)
    response = send_file(source, mimetype=media_type, conditional=True, etag=False)
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def send_version(version: DocumentVersion) -> Response:
    """Return the bytes of one version as a download of its own name, with its hash as ETag."""
    response = _file(version.storage_key, version.media_type)
    response.headers["Content-Disposition"] = attachment(version.file_name)
    response.set_etag(version.sha256)
    return response


def send_preview(version: DocumentVersion) -> Response:
    """Return the picture of the first page, or 404."""
    if version.preview_key is None:
        raise NotFound
    return _file(version.preview_key, "image/webp")


def send_picture(key: str) -> Response:
    """Return a picture; its key cannot be guessed and its bytes never change."""
    response = _file(key, "image/webp")
    response.headers["Cache-Control"] = A_YEAR
    return response
