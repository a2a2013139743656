"""How a stored file goes out: as a download, never as a page of this site."""

from __future__ import annotations

import hashlib

from flask import Response, request, send_file
from werkzeug.exceptions import NotFound

from portal.documents.models import DocumentVersion, PagePicture
from portal.services.storage import storage
from portal.web.downloads import attachment

SANDBOX = "default-src 'none'; sandbox"
# Private: what a moderator hides must not be given by a shared cache for another year.
A_YEAR = "private, max-age=31536000, immutable"


def _file(key: str, media_type: str, tag: str) -> Response:
    """Return the bytes, a part of them, or 304 without opening them, as the request asks."""
    if not storage().exists(key):
        raise NotFound
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304)
        response.set_etag(tag)
        # As on the bytes themselves: the headers of the site decide who may keep them.
        response.headers["Cache-Control"] = "no-cache"
    else:
        source = storage().path(key) or storage().open(key)
        response = send_file(source, mimetype=media_type, conditional=True, etag=tag)
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _tag(key: str) -> str:
    # What is stored under a key never changes; the key itself is told to nobody.
    return hashlib.sha256(key.encode()).hexdigest()


def send_version(version: DocumentVersion) -> Response:
    """Return the bytes of one version as a download of its own name, with its hash as ETag."""
    response = _file(version.storage_key, version.media_type, version.sha256)
    response.headers["Content-Disposition"] = attachment(version.file_name)
    return response


def send_preview(version: DocumentVersion) -> Response:
    """Return the picture of the first page, or 404."""
    if version.preview_key is None:
        raise NotFound
    return _file(version.preview_key, "image/webp", _tag(version.preview_key))


def send_page_picture(picture: PagePicture | None) -> Response:
    """Return the picture of a page, or 404."""
    if picture is None:
        raise NotFound
    return _file(picture.storage_key, "image/webp", _tag(picture.storage_key))


def send_picture(key: str) -> Response:
    """Return a picture; its key cannot be guessed and its bytes never change."""
    response = _file(key, "image/webp", _tag(key))
    response.headers["Cache-Control"] = A_YEAR
    return response
