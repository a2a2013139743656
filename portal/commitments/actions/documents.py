"""The documents of a commitment."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from portal.commitments.models import Commitment, CommitmentDocument
from portal.core import clock
from portal.core.db import db
from portal.core.errors import FieldRefused
from portal.core.i18n import gettext as _
from portal.documents import actions as documents
from portal.documents.licences import Licence
from portal.documents.models import Document, DocumentVersion
from portal.documents.upload import KeptUpload
from portal.lifecycle.claims import EnteredAs
from portal.organisations.queries import capacity_of
from portal.policy import Person
from portal.services.entered import NO_SOURCE, Source
from portal.services.history import hold, record


def add_document(
    commitment: Commitment,
    upload: KeptUpload,
    *,
    title: str = "",
    language: str = "nl",
    dated: date | None = None,
    licence: Licence = Licence.UNSAID,
    source: Source = NO_SOURCE,
    reason: str = "",
    by: Person | None,
) -> Document:
    """Return a new document of the commitment; without `title` it is named after its file."""
    hold(commitment, "document_added")
    document = documents.keep(
        upload,
        title=title or title_of(upload),
        language=language,
        dated=dated,
        licence=licence,
        by=by,
    )
    entered_as = capacity_of(by, commitment.organisation_id)
    link_document(commitment, document, source=source, entered_as=entered_as)
    _touch(commitment, "document_added", by, reason)
    return document


def add_version(
    commitment: Commitment,
    document: Document,
    upload: KeptUpload,
    *,
    source: Source = NO_SOURCE,
    reason: str = "",
    by: Person | None,
) -> DocumentVersion:
    """Return the next version of one of its documents; older ones stay at their addresses.

    FieldRefused for a document that the signatory entered when the vereniging renews it, and the
    other way round: the page says of all versions together whose they are.
    """
    _hold_own(commitment, document, "document_renewed", source, by)
    version = documents.add_version(document, upload, by=by)
    _touch(commitment, "document_renewed", by, reason)
    return version


def describe_document(
    commitment: Commitment,
    document: Document,
    *,
    title: str,
    language: str,
    dated: date | None,
    licence: Licence,
    source: Source = NO_SOURCE,
    reason: str = "",
    by: Person | None,
) -> None:
    """Change what is told of one of its documents; FieldRefused as for a new version."""
    _hold_own(commitment, document, "document_described", source, by)
    document.title, document.language = title, language
    document.dated, document.licence = dated, licence
    _touch(commitment, "document_described", by, reason)


def write_out(
    commitment: Commitment,
    version: DocumentVersion,
    body: str,
    *,
    source: Source = NO_SOURCE,
    reason: str = "",
    by: Person | None,
) -> None:
    """Let a page say what a version says; with nothing in `body` it says so no longer.

    FieldRefused as for a new version.
    """
    _hold_own(commitment, version.document, "document_written_out", source, by)
    documents.write_text(version, body, by=by)
    _touch(commitment, "document_written_out", by, reason)


def _hold_own(
    commitment: Commitment, document: Document, act: str, source: Source, by: Person | None
) -> None:
    hold(commitment, act)
    link = _link(commitment, document)
    if link is not None:
        _refuse_other_writer(link, capacity_of(by, commitment.organisation_id))
        if source.url is not None:
            link.source_title, link.source_url = source.title, source.url


def _refuse_other_writer(link: CommitmentDocument, writes_as: EnteredAs) -> None:
    if link.entered_as == writes_as:
        return
    if writes_as == EnteredAs.SIGNATORY:
        message = _("Dit document heeft de vereniging ingevoerd. Voeg uw eigen document toe.")
    else:
        message = _("Dit document is van de ondertekenaar. Voeg een ander document toe.")
    raise FieldRefused("document", message)


def remove_document(commitment: Commitment, document: Document, *, by: Person | None) -> None:
    """Take a document out of a draft; StepNotOpen once the commitment was public."""
    hold(commitment, "document_removed")
    link = _link(commitment, document)
    if link is not None:
        db.session.delete(link)
    _touch(commitment, "document_removed", by)


def link_document(
    commitment: Commitment,
    document: Document,
    *,
    is_evidence: bool = False,
    source: Source = NO_SOURCE,
    entered_as: EnteredAs = EnteredAs.VERENIGING,
) -> CommitmentDocument:
    """Return the row that makes a document one of the commitment; a second time, the same row."""
    before = _link(commitment, document)
    if before is not None:
        return before
    count = select(func.count()).where(CommitmentDocument.commitment_id == commitment.id)
    link = CommitmentDocument(
        commitment_id=commitment.id,
        document=document,
        position=(db.session.scalar(count) or 0) + 1,
        is_evidence=is_evidence,
        entered_as=entered_as,
        source_title=source.title,
        source_url=source.url,
    )
    db.session.add(link)
    db.session.flush()
    return link


def title_of(upload: KeptUpload) -> str:
    """Return the name of the file as a title: no extension, and spaces where programs put signs.

    What a PDF says of its own title is not used: mostly that is a template's, or a program's.
    """
    stem = upload.file_name.rpartition(".")[0] or upload.file_name
    words = " ".join(stem.replace("%20", " ").replace("_", " ").split())
    return (words or upload.file_name)[:200]


def _link(commitment: Commitment, document: Document) -> CommitmentDocument | None:
    query = select(CommitmentDocument).where(
        CommitmentDocument.commitment_id == commitment.id,
        CommitmentDocument.document_id == document.id,
    )
    return db.session.scalars(query).first()


def _touch(commitment: Commitment, act: str, by: Person | None, reason: str = "") -> None:
    commitment.updated_at = clock.now()
    db.session.expire(commitment, ["documents"])
    record(commitment, act, by=by, reason=reason)
