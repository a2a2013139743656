"""A picture that was just taken in, looked at before any row points to it."""

from __future__ import annotations

from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.exceptions import NotFound

from portal.core.settings import settings
from portal.documents.upload import KeptUpload

# For as long as a form remembers the file itself.
SECONDS = 24 * 3600


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings().signing_keys, salt="look-at-picture")


def mark_to_look(upload: KeptUpload) -> str:
    """Return the mark with which a picture can be seen for a day; only its form tells it."""
    return str(_signer().dumps(upload.storage_key))


def key_to_look(mark: str) -> str:
    """Return the key of the picture that a mark is for; 404 for any other words."""
    try:
        key: str = _signer().loads(mark, max_age=SECONDS)
    except BadData:
        raise NotFound from None
    return key
