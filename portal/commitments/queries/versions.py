"""The versions of documents that belong to commitments: what waits to be read, what is to see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, select
from sqlalchemy.orm import aliased
from werkzeug.exceptions import NotFound

from portal.commitments.models import Commitment, CommitmentDocument
from portal.commitments.queries.subjects import StoredVersion, get_stored_version, visible_to
from portal.core.db import db
from portal.documents.models import DocumentPage, DocumentVersion, PagePicture
from portal.policy import VISITOR, Person


@dataclass(frozen=True, slots=True)
class ReadPage(StoredVersion):
    """A page of a version that somebody reads here, with its text."""

    number: int
    text: str
    picture: PagePicture | None

    @property
    def is_last(self) -> bool:
        return self.number >= (self.version.page_count or 1)


def is_shown_to(viewer: Person) -> ColumnElement[bool]:
    """Return the condition that `viewer` sees a version first: of each document the latest.

    What is hidden is left out, so then it is the one before that.
    """
    later = aliased(DocumentVersion)
    is_latest = ~(
        select(later.id)
        .where(
            later.document_id == DocumentVersion.document_id,
            later.number > DocumentVersion.number,
            later.hidden_at.is_(None),
        )
        .exists()
    )
    return and_(_is_of_visible(viewer), DocumentVersion.hidden_at.is_(None), is_latest)


def _is_of_visible(viewer: Person) -> ColumnElement[bool]:
    """Return the condition that a version is of a commitment that `viewer` may read."""
    belongs = CommitmentDocument.commitment_id == Commitment.id
    document = CommitmentDocument.document_id == DocumentVersion.document_id
    visible = visible_to(viewer).join(CommitmentDocument, belongs).where(document)
    return exists(visible.correlate(DocumentVersion))


def _unread() -> Select[DocumentVersion]:
    # Nobody but moderators reads a proof of mandate, so no text of it is kept.
    document = CommitmentDocument.document_id == DocumentVersion.document_id
    query = select(DocumentVersion).where(
        DocumentVersion.read_at.is_(None), exists(select(CommitmentDocument.id).where(document))
    )
    return query.order_by(DocumentVersion.id)


def _undrawn() -> Select[DocumentVersion]:
    query = select(DocumentVersion).where(
        DocumentVersion.drawn_at.is_(None),
        DocumentVersion.hidden_at.is_(None),
        _is_of_visible(VISITOR),
    )
    return query.order_by(DocumentVersion.id)


def is_unread() -> bool:
    """Return whether the text of any document of a commitment was not drawn yet."""
    return db.session.scalars(_unread().limit(1)).first() is not None


def unread_versions(most: int) -> Sequence[DocumentVersion]:
    """Return those of which no text was drawn yet, the oldest first."""
    return db.session.scalars(_unread().limit(most)).all()


def is_undrawn() -> bool:
    """Return whether any document that everybody may read has no pictures of its pages yet."""
    return db.session.scalars(_undrawn().limit(1)).first() is not None


def undrawn_versions(most: int) -> Sequence[DocumentVersion]:
    """Return those that everybody may read and whose pages were not drawn yet."""
    return db.session.scalars(_undrawn().limit(most)).all()


def get_read_page(document_id: int, number: int, page: int, slug: str) -> ReadPage:
    """Return a page of a version of a document of the commitment with this slug; or 404."""
    stored = get_stored_version(document_id, number, slug=slug)
    of_it = (DocumentPage.version_id == stored.version.id, DocumentPage.number == page)
    text = db.session.scalar(select(DocumentPage.text).where(*of_it))
    drawn = (PagePicture.version_id == stored.version.id, PagePicture.number == page)
    picture = db.session.scalars(select(PagePicture).where(*drawn)).first()
    if not 1 <= page <= (stored.version.page_count or 0):
        raise NotFound
    return ReadPage(stored.commitment, stored.version, page, text or "", picture)


def get_page_picture(document_id: int, number: int, page: int, slug: str) -> ReadPage:
    """Return a page that was drawn as a picture, or 404."""
    read = get_read_page(document_id, number, page, slug)
    if read.picture is None:
        raise NotFound
    return read


def page_numbers(version_id: int) -> Sequence[int]:
    """Return the numbers of the pages of which there is text or a picture."""
    texts = select(DocumentPage.number).where(DocumentPage.version_id == version_id)
    pictures = select(PagePicture.number).where(PagePicture.version_id == version_id)
    both = texts.union(pictures).subquery()
    return db.session.scalars(select(both.c.number).order_by(both.c.number)).all()
