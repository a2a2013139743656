"""Documents as they are found: each by its title and what was written out, its pages by their text.

Of the versions of a document only the one that everybody sees first is found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.commitments.models import Commitment, CommitmentDocument
from portal.commitments.queries.subjects import visible_to
from portal.commitments.queries.versions import is_shown_to
from portal.core.addresses import build_path
from portal.core.db import Columnar, read_rows
from portal.documents.models import Document, DocumentPage, DocumentText, DocumentVersion
from portal.organisations.models import Organisation
from portal.policy import VISITOR
from portal.search.kinds import Kind
from portal.search.queries.source import Source, day_of, plain

# A document belongs to one commitment, nearly always; of more it is found at the first.
_FIRST = (
    visible_to(VISITOR)
    .join(CommitmentDocument, CommitmentDocument.commitment_id == Commitment.id)
    .with_only_columns(func.min(CommitmentDocument.commitment_id))
    .where(CommitmentDocument.document_id == Document.id)
    .correlate(Document)
    .scalar_subquery()
)


_OWNER = Commitment.organisation_id.label("owner")
# Each document, and each page of one, with the organisation whose it is.
OWNED_DOCUMENTS = select(Document.id.label("thing"), _OWNER).join(
    Commitment, Commitment.id == _FIRST
)
OWNED_PAGES = (
    select(DocumentPage.id.label("thing"), _OWNER)
    .join(DocumentVersion, DocumentVersion.id == DocumentPage.version_id)
    .join(Document, Document.id == DocumentVersion.document_id)
    .join(Commitment, Commitment.id == _FIRST)
)


def visible() -> Select[int]:
    """Return the ids of the documents that everybody may read."""
    return select(DocumentVersion.document_id).where(is_shown_to(VISITOR))


def visible_pages() -> Select[int]:
    """Return the ids of the pages with text that everybody may read."""
    version = DocumentVersion.id == DocumentPage.version_id
    return select(DocumentPage.id).join(DocumentVersion, version).where(is_shown_to(VISITOR))


def _joined(*columns: InstrumentedAttribute[Any]) -> Columnar:
    told = (
        Document.id,
        Document.title,
        Document.language,
        Document.dated,
        DocumentVersion.created_at,
        DocumentVersion.number,
        Commitment.slug,
        Organisation.name,
    )
    return (
        select(*told, *columns)
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .join(Commitment, Commitment.id == _FIRST)
        .join(Organisation, Organisation.id == Commitment.organisation_id)
        .where(is_shown_to(VISITOR))
    )


def read_documents(ids: Collection[int]) -> Iterator[Source]:
    """Yield the documents with these ids that everybody may read."""
    query = _joined(DocumentVersion.file_name, DocumentText.html).outerjoin(
        DocumentText, DocumentText.version_id == DocumentVersion.id
    )
    rows = read_rows(query.where(Document.id.in_(ids)))
    for number, title, language, dated, created, version, slug, owner, name, html in rows:
        at = {"slug": slug, "document_id": number, "number": version}
        yield Source(
            *(Kind.DOCUMENT, number, title, True, (name,), plain(html), language),
            *(dated or day_of(created), build_path()("commitments.read_document", at), owner),
        )


def read_pages(ids: Collection[int]) -> Iterator[Source]:
    """Yield the pages with these ids that everybody may read."""
    query = _joined(DocumentPage.id, DocumentPage.number, DocumentPage.text).join(
        DocumentPage, DocumentPage.version_id == DocumentVersion.id
    )
    rows = read_rows(query.where(DocumentPage.id.in_(ids)))
    for document, title, language, dated, created, version, slug, owner, number, page, text in rows:
        at = {"slug": slug, "document_id": document, "number": version}
        if page:
            path = build_path()("commitments.read_page", {**at, "page": page})
        else:
            path = build_path()("commitments.read_document", at) + "#tekst"
        day = dated or day_of(created)
        yield Source(
            *(Kind.PAGE, number, title, False, (), " ".join(text.split()), language, day, path),
            *(owner, "", page or None),
        )
