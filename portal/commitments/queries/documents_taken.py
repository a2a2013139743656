"""Every document that everybody may read, as a table takes it along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select

from portal.commitments.models import Commitment, CommitmentDocument
from portal.commitments.queries.subjects import visible_to
from portal.commitments.queries.versions import is_shown_to
from portal.core.db import read_as
from portal.documents.checks import Check, check_of
from portal.documents.licences import Licence
from portal.documents.models import Document, DocumentText, DocumentVersion
from portal.lifecycle.claims import EnteredAs
from portal.organisations.models import Organisation
from portal.policy import VISITOR


class TakenDocument(NamedTuple):
    """A document at a commitment, in the version that is shown."""

    id: int
    title: str
    language: str
    dated: date | None
    licence: Licence
    number: int
    file_name: str
    media_type: str
    size: int
    sha256: str
    page_count: int | None
    created_at: datetime
    is_tagged: bool | None
    has_text: bool | None
    file_title: str | None
    file_language: str | None
    attachment_count: int | None
    checked_at: datetime | None
    written: str | None
    entered_as: EnteredAs
    commitment: str
    slug: str
    organisation: str

    @property
    def is_checked(self) -> bool:
        return self.checked_at is not None

    @property
    def check(self) -> Check:
        """How well everybody can use it."""
        return check_of(self)


_QUERY = (
    select(
        Document.id,
        Document.title,
        Document.language,
        Document.dated,
        Document.licence,
        DocumentVersion.number,
        DocumentVersion.file_name,
        DocumentVersion.media_type,
        DocumentVersion.size,
        DocumentVersion.sha256,
        DocumentVersion.page_count,
        DocumentVersion.created_at,
        DocumentVersion.is_tagged,
        DocumentVersion.has_text,
        DocumentVersion.file_title,
        DocumentVersion.file_language,
        DocumentVersion.attachment_count,
        DocumentVersion.checked_at,
        DocumentText.body.label("written"),
        CommitmentDocument.entered_as,
        Commitment.title.label("commitment"),
        Commitment.slug,
        Organisation.name.label("organisation"),
    )
    .join(DocumentVersion, DocumentVersion.document_id == Document.id)
    .join(CommitmentDocument, CommitmentDocument.document_id == Document.id)
    .join(Commitment, Commitment.id == CommitmentDocument.commitment_id)
    .join(Organisation, Organisation.id == Commitment.organisation_id)
    .outerjoin(DocumentText, DocumentText.version_id == DocumentVersion.id)
    .where(
        is_shown_to(VISITOR),
        CommitmentDocument.commitment_id.in_(visible_to(VISITOR)),
    )
    .order_by(Document.id, Commitment.id)
)


def taken_documents() -> Iterator[TakenDocument]:
    """Yield every document that everybody may read, once for each commitment that has it."""
    yield from read_as(TakenDocument, _QUERY)
