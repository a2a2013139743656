"""Views of the documents of a commitment: adding, renewing, reading."""

from __future__ import annotations

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.commitments import actions
from portal.commitments.forms import (
    DescriptionForm,
    DocumentForm,
    VersionForm,
    WrittenOutForm,
)
from portal.commitments.models import Commitment
from portal.commitments.queries.subjects import StoredVersion, get_stored_version
from portal.commitments.views.blueprint import bp
from portal.commitments.views.loading import (
    OwnDocument,
    OwnVersion,
    document_open_to,
    open_to,
    page_address,
    reading_address,
    version_open_to,
)
from portal.core.i18n import gettext as _
from portal.documents.serving import send_preview, send_version
from portal.lifecycle import step_of
from portal.policy import Permission
from portal.web.forms import OnceForm
from portal.web.guard import requires
from portal.web.person import viewer


@bp.route("/toezeggingen/<int:commitment_id>/documenten/nieuw", methods=["GET", "POST"])
@requires(
    step_of("commitment", "document_added"),
    load=open_to("document_added"),
    form=DocumentForm,
    page="commitments/add_document.html",
    limits=("upload_account",),
)
def add_document(commitment: Commitment, form: DocumentForm) -> ResponseReturnValue:
    """Add a document, in its first version."""
    actions.add_document(
        commitment,
        form.upload(),
        title=form.document_title.data or "",
        language=form.language.data,
        dated=form.dated.data,
        licence=form.licence.data,
        source=form.source(),
        reason=form.reason_given(),
        by=viewer(),
    )
    flash(_("Het document is toegevoegd. Bekijk hieronder of iedereen het kan lezen."), "ok")
    return redirect(page_address(commitment))


@bp.route(
    "/toezeggingen/<int:commitment_id>/documenten/<int:document_id>/versie",
    methods=["GET", "POST"],
)
@requires(
    step_of("commitment", "document_renewed"),
    load=document_open_to("document_renewed"),
    form=VersionForm,
    page="commitments/add_version.html",
    limits=("upload_account",),
)
def add_version(own: OwnDocument, form: VersionForm) -> ResponseReturnValue:
    """Add a new version of a document; the older ones stay."""
    actions.add_version(
        own.commitment,
        own.document,
        form.upload(),
        source=form.source(),
        reason=form.reason_given(),
        by=viewer(),
    )
    flash(_("De nieuwe versie staat erbij. Oudere versies blijven te lezen."), "ok")
    return redirect(page_address(own.commitment))


@bp.route(
    "/toezeggingen/<int:commitment_id>/documenten/<int:document_id>/verwijderen",
    methods=["GET", "POST"],
)
@requires(
    step_of("commitment", "document_removed"),
    load=document_open_to("document_removed"),
    form=OnceForm,
    page="commitments/remove_document.html",
)
def remove_document(own: OwnDocument, _form: OnceForm) -> ResponseReturnValue:
    """Take a document out of a draft."""
    actions.remove_document(own.commitment, own.document, by=viewer())
    flash(_("Het document is verwijderd uit het concept."), "ok")
    return redirect(page_address(own.commitment))


@bp.route(
    "/toezeggingen/<int:commitment_id>/documenten/<int:document_id>/gegevens",
    methods=["GET", "POST"],
)
@requires(
    step_of("commitment", "document_described"),
    load=document_open_to("document_described"),
    form=DescriptionForm,
    page="commitments/describe_document.html",
)
def describe_document(own: OwnDocument, form: DescriptionForm) -> ResponseReturnValue:
    """Change what is told of a document."""
    actions.describe_document(
        own.commitment,
        own.document,
        title=form.title.data,
        language=form.language.data,
        dated=form.dated.data,
        licence=form.licence.data,
        source=form.source(),
        reason=form.reason_given(),
        by=viewer(),
    )
    flash(_("De wijziging is opgeslagen."), "ok")
    return redirect(page_address(own.commitment))


@bp.route(
    "/toezeggingen/<int:commitment_id>/documenten/<int:document_id>/<int:number>/tekst",
    methods=["GET", "POST"],
)
@requires(
    step_of("commitment", "document_written_out"),
    load=version_open_to("document_written_out"),
    form=WrittenOutForm,
    page="commitments/write_out.html",
)
def write_out(own: OwnVersion, form: WrittenOutForm) -> ResponseReturnValue:
    """Write out what a version says, as a page."""
    actions.write_out(
        own.commitment,
        own.file,
        form.body.data or "",
        source=form.source(),
        reason=form.reason_given(),
        by=viewer(),
    )
    flash(_("De tekst is opgeslagen."), "ok")
    return redirect(reading_address(own.commitment, own.file))


def _get_file(
    document_id: int, number: int, file_name: str, slug: str | None = None, commitment_id: int = 0
) -> StoredVersion:
    stored = get_stored_version(document_id, number, slug=slug, commitment_id=commitment_id)
    if stored.version.file_name != file_name:
        raise NotFound
    return stored


@bp.get("/toezeggingen/<slug>/documenten/<int:document_id>/<int:number>/<file_name>")
@bp.get(
    "/toezeggingen/<int:commitment_id>/concept/<int:document_id>/<int:number>/<file_name>",
    endpoint="draft_document",
)
@requires(Permission.COMMITMENT_READ, load=_get_file)
def document(stored: StoredVersion) -> ResponseReturnValue:
    """Return one version of a document, for ever at the same address."""
    return send_version(stored.version)


@bp.get("/toezeggingen/<slug>/voorbeelden/<int:document_id>/<int:number>")
@bp.get(
    "/toezeggingen/<int:commitment_id>/concept/<int:document_id>/<int:number>",
    endpoint="draft_document_preview",
)
@requires(Permission.COMMITMENT_READ, load=get_stored_version)
def document_preview(stored: StoredVersion) -> ResponseReturnValue:
    """Return the picture of the first page of one version."""
    return send_preview(stored.version)
