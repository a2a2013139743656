"""Views in which documents are read here: one version as a page, and one page of it."""

from __future__ import annotations

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from portal.commitments.document_taking import whole
from portal.commitments.queries.subjects import StoredVersion, get_stored_version
from portal.commitments.queries.versions import (
    ReadPage,
    get_page_picture,
    get_read_page,
    page_numbers,
)
from portal.commitments.views.blueprint import bp
from portal.core.differences import ChangedPart
from portal.documents.changes import changes_of, passages_changed
from portal.documents.inspection.kinds import PDF
from portal.documents.queries import find_text, pages_of, pictures_of
from portal.documents.serving import send_page_picture
from portal.policy import Permission, can
from portal.web.address import in_short
from portal.web.guard import public, requires
from portal.web.person import viewer
from portal.web.taking import ENDING, take


@bp.get("/toezeggingen/<slug>/documenten/<int:document_id>/<int:number>")
@bp.get(
    "/toezeggingen/<int:commitment_id>/concept/<int:document_id>/<int:number>/lezen",
    endpoint="read_draft_document",
)
@requires(Permission.COMMITMENT_READ, load=get_stored_version)
def read_document(stored: StoredVersion) -> ResponseReturnValue:
    """One version of a document: what is known of it, what it says, and its pages."""
    return render_template(
        "commitments/read_document.html",
        stored=stored,
        commitment=stored.commitment,
        version=stored.version,
        document=stored.version.document,
        is_editor=can(viewer(), Permission.COMMITMENT_EDIT, stored),
        **_contents(stored),
    )


def _contents(stored: StoredVersion) -> dict[str, object]:
    """Return what a version says, its pages, and what changed with each version."""
    version = stored.version
    is_paged = version.media_type == PDF
    links = {link.document_id: link.entered_as for link in stored.commitment.documents}
    changes = changes_of([one for one in version.document.versions if not one.is_hidden])
    this = next((change for change in changes if change.version.id == version.id), None)
    language = version.document.language
    return {
        "passages": ChangedPart("", passages_changed(this), language, language) if this else None,
        "changes": changes,
        "entered_as": links[version.document_id],
        "written": find_text(version.id),
        "drawn": [] if is_paged else pages_of(version.id),
        "numbers": page_numbers(version.id) if is_paged and stored.is_public else [],
        "pictures": pictures_of(version.id) if stored.is_public else {},
    }


@bp.get(f"/documenten.{ENDING}")
@public()
@in_short
def document_sheet(ending: str) -> ResponseReturnValue:
    """Every document that everybody may read, as a table."""
    return take(whole(), ending)


@bp.get("/toezeggingen/<slug>/documenten/<int:document_id>/<int:number>/pagina/<int:page>")
@requires(Permission.COMMITMENT_READ, load=get_read_page)
def read_page(read: ReadPage) -> ResponseReturnValue:
    """One page of a document: its picture, and the text that was drawn from it."""
    return render_template(
        "commitments/read_page.html",
        read=read,
        commitment=read.commitment,
        version=read.version,
        document=read.version.document,
    )


@bp.get("/toezeggingen/<slug>/voorbeelden/<int:document_id>/<int:number>/<int:page>")
@requires(Permission.COMMITMENT_READ, load=get_page_picture)
def page_picture(read: ReadPage) -> Response:
    """Return the picture of one page of a version."""
    return send_page_picture(read.picture)
