"""The page that tells what can be taken along, and the archive of the whole register."""

from __future__ import annotations

import base64

from flask import Blueprint, Response, render_template, send_file
from flask.typing import ResponseReturnValue

from portal.opendata.models import RegisterArchive
from portal.opendata.queries import find_current_archive
from portal.services import limits
from portal.services.storage import NotStored, storage
from portal.services.tables import licence_words
from portal.web.address import client_address
from portal.web.downloads import attachment
from portal.web.guard import public
from portal.web.taking import LIMIT

bp = Blueprint("opendata", __name__)

# The worker looks once a minute.
AGAIN_IN = 60


@bp.get("/gegevens")
@public()
def show() -> ResponseReturnValue:
    """What can be taken along, how, and on which conditions."""
    archive = find_current_archive()
    return render_template("opendata/show.html", archive=archive, licence=licence_words())


@bp.get("/register.zip")
@public()
def archive() -> ResponseReturnValue:
    """The whole register as one archive; 503 while one is being made without what was hidden."""
    limits.hit(LIMIT, client_address())
    found = find_current_archive()
    answer = _send(found) if found is not None else None
    if answer is None:
        page = render_template("opendata/being_made.html")
        return page, 503, {"Retry-After": str(AGAIN_IN), "Cache-Control": "no-store"}
    return answer


def _send(found: RegisterArchive) -> Response | None:
    """Return the archive, a part of it or 304, as the request asks; None when its file is gone."""
    key = found.archive_key
    try:
        source = storage().path(key) if storage().exists(key) else None
        file = source or storage().open(key)
    except NotStored:
        return None
    answer = send_file(
        file,
        mimetype="application/zip",
        conditional=True,
        etag=found.sha256,
        last_modified=found.made_at,
    )
    digest = base64.b64encode(bytes.fromhex(found.sha256)).decode()
    answer.headers["Repr-Digest"] = f"sha-256=:{digest}:"
    answer.headers["Content-Disposition"] = attachment("register.zip")
    # What is hidden must not be given by a shared cache for another while.
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
