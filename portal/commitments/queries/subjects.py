"""The commitments, documents and tags that doors and forms load, and which a viewer may read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from sqlalchemy import Select, or_, select
from werkzeug.exceptions import NotFound

from portal.commitments.models import Commitment, CommitmentDocument, Revision, Update
from portal.commitments.queries.rows import visible_clause
from portal.commitments.standing import FINISHED, PUBLIC_STATES
from portal.core.db import db
from portal.core.i18n import current_locale
from portal.documents.models import Document, DocumentVersion
from portal.lifecycle.claims import TAKEN_OVER, EnteredAs, Stance
from portal.pact.models import Layer, Principle
from portal.policy import Person

Tag = TypeVar("Tag", Layer, Principle)


class CommitmentSubject:
    """A commitment that was read as a `row` of columns, with what rules and steps need of it."""

    thing: ClassVar[str] = Commitment.thing

    row: Any
    state: str
    organisation_id: int

    @property
    def author_id(self) -> int | None:
        author_id: int | None = self.row.author_id
        return author_id

    @property
    def is_hidden(self) -> bool:
        return self.row.hidden_at is not None

    @property
    def hidden_at(self) -> datetime | None:
        hidden_at: datetime | None = self.row.hidden_at
        return hidden_at

    @property
    def hidden_ground(self) -> str | None:
        hidden_ground: str | None = self.row.hidden_ground
        return hidden_ground

    @property
    def is_published(self) -> bool:
        return self.state in PUBLIC_STATES

    @property
    def is_public(self) -> bool:
        return self.is_published and not self.is_hidden

    @property
    def is_unfinished(self) -> bool:
        return bool(self.row.progress not in FINISHED)

    @property
    def has_owner(self) -> bool:
        return bool(self.row.has_owner)

    @property
    def is_of_vereniging(self) -> bool:
        row = self.row
        return bool(row.entered_as == EnteredAs.VERENIGING and row.stance not in TAKEN_OVER)

    @property
    def is_open_to_take_over(self) -> bool:
        return self.is_of_vereniging

    @property
    def waits_for_answer(self) -> bool:
        return bool(self.is_of_vereniging and self.row.stance is None)

    @property
    def is_disowned(self) -> bool:
        return bool(self.row.stance == Stance.DISOWNED)

    @property
    def concerned_organisation_ids(self) -> tuple[int, ...]:
        return (self.organisation_id,)

    @property
    def concerned_emails(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """One version of a document; those who may read its commitment may read it."""

    commitment: Commitment
    version: DocumentVersion

    @property
    def organisation_id(self) -> int:
        return self.commitment.organisation_id

    @property
    def hidden_at(self) -> datetime | None:
        return self.commitment.hidden_at or self.version.hidden_at

    @property
    def hidden_ground(self) -> str | None:
        return self.commitment.hidden_ground or self.version.hidden_ground

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None

    @property
    def is_published(self) -> bool:
        return self.commitment.is_published

    @property
    def is_public(self) -> bool:
        return self.is_published and not self.is_hidden

    @property
    def is_of_vereniging(self) -> bool:
        return self.commitment.is_of_vereniging


def visible_to(viewer: Person) -> Select[int]:
    """Return the ids of all commitments that `viewer` may read."""
    return select(Commitment.id).where(visible_clause(viewer))


def get_commitment(commitment_id: int) -> Commitment:
    """Return the commitment, or 404."""
    commitment = db.session.get(Commitment, commitment_id)
    if commitment is None:
        raise NotFound
    return commitment


def get_document(commitment: Commitment, document_id: int) -> Document:
    """Return one of the documents of the commitment, or 404."""
    query = (
        select(Document)
        .join(CommitmentDocument, CommitmentDocument.document_id == Document.id)
        .where(CommitmentDocument.commitment_id == commitment.id, Document.id == document_id)
    )
    document = db.session.scalars(query).first()
    if document is None:
        raise NotFound
    return document


def get_stored_version(
    document_id: int, number: int, *, slug: str | None = None, commitment_id: int | None = None
) -> StoredVersion:
    """Return a version of a document of the commitment with this slug, or this id; or 404."""
    is_its = Commitment.slug == slug if slug is not None else Commitment.id == commitment_id
    query = (
        select(Commitment, DocumentVersion)
        .join(CommitmentDocument, CommitmentDocument.commitment_id == Commitment.id)
        .join(DocumentVersion, DocumentVersion.document_id == CommitmentDocument.document_id)
        .where(is_its, DocumentVersion.document_id == document_id, DocumentVersion.number == number)
    )
    row = db.session.execute(query).first()
    if row is None:
        raise NotFound
    return StoredVersion(row[0], row[1])


def tags(model: type[Tag], chosen: Sequence[int] = ()) -> list[Tag]:
    """Return the layers or themes that can be chosen, and those with an id in `chosen`."""
    query = select(model).where(or_(model.is_active, model.id.in_(chosen)))
    return list(db.session.scalars(query.order_by(model.position)))


def get_update(commitment_id: int, update_id: int) -> Update:
    """Return one of the messages about a commitment, or 404."""
    update = db.session.get(Update, update_id)
    if update is None or update.commitment_id != commitment_id:
        raise NotFound
    return update


def latest_update(commitment_id: int) -> Update | None:
    """Return the message about progress that came in last, or None."""
    query = select(Update).where(Update.commitment_id == commitment_id)
    return db.session.scalars(query.order_by(Update.id.desc()).limit(1)).first()


def tag_names() -> dict[str, str]:
    """Return slug -> name of every layer and theme, in the language of the page."""
    is_english = current_locale() == "en"
    columns = [(m.slug, m.name_en if is_english else m.name_nl) for m in (Layer, Principle)]
    return {row[0]: row[1] for c in columns for row in db.session.execute(select(*c))}


def revisions_of(commitment_id: int) -> list[Revision]:
    """Return the texts that a commitment had, the latest first."""
    query = select(Revision).where(Revision.commitment_id == commitment_id)
    return list(db.session.scalars(query.order_by(Revision.number.desc())))
