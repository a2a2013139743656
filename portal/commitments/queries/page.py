"""Everything that the page of one commitment shows, as columns: no objects are built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import Select, bindparam, exists, func, literal_column, select
from werkzeug.exceptions import NotFound

from portal.commitments.models import (
    Commitment,
    CommitmentDocument,
    Revision,
    TermMove,
    Update,
    commitment_layer,
    commitment_principle,
)
from portal.commitments.queries.rows import HAS_EVIDENCE, IS_ENTERED
from portal.commitments.standing import PUBLIC_STATES, is_late, shown_progress
from portal.core import clock
from portal.core.db import read_rows
from portal.core.i18n import current_locale
from portal.core.settings import settings
from portal.documents.models import Document, DocumentVersion
from portal.organisations.models import Organisation
from portal.pact.models import Layer, Principle
from portal.terms import wording

PAGE = select(
    Commitment.id,
    Commitment.slug,
    Commitment.organisation_id,
    Commitment.kind,
    Commitment.title,
    Commitment.what,
    Commitment.what_html,
    Commitment.for_whom,
    Commitment.why,
    Commitment.result,
    Commitment.source_url,
    Commitment.state,
    Commitment.progress,
    Commitment.promised_on,
    Commitment.term_words,
    Commitment.term_earliest,
    Commitment.term_latest,
    Commitment.term_is_picked,
    Commitment.move_count,
    Commitment.update_count,
    Commitment.done_on,
    Commitment.withdrawn_on,
    Commitment.withdraw_reason,
    Commitment.discussion_id,
    Commitment.published_at,
    Commitment.updated_at,
    Organisation.name.label("organisation_name"),
    Organisation.slug.label("organisation_slug"),
    IS_ENTERED.label("is_entered"),
    HAS_EVIDENCE.label("has_evidence"),
    exists(
        select(CommitmentDocument.id).where(CommitmentDocument.commitment_id == Commitment.id)
    ).label("has_documents"),
    select(func.max(Revision.replaced_at))
    .where(Revision.commitment_id == Commitment.id)
    .scalar_subquery()
    .label("edited_at"),
).join(Organisation, Organisation.id == Commitment.organisation_id)
BY_SLUG = PAGE.where(Commitment.slug == bindparam("slug"))
BY_ID = PAGE.where(Commitment.id == bindparam("commitment_id"))

_LAYERS: Select[*tuple[Any, ...]] = (
    select(
        literal_column("'laag'").label("of"),
        Layer.slug,
        Layer.name_nl,
        Layer.name_en,
        Layer.position,
    )
    .join(commitment_layer, commitment_layer.c.layer_id == Layer.id)
    .where(commitment_layer.c.commitment_id == bindparam("commitment_id"))
)
_PRINCIPLES: Select[*tuple[Any, ...]] = (
    select(
        literal_column("'thema'"),
        Principle.slug,
        Principle.name_nl,
        Principle.name_en,
        Principle.position,
    )
    .join(commitment_principle, commitment_principle.c.principle_id == Principle.id)
    .where(commitment_principle.c.commitment_id == bindparam("commitment_id"))
)
TAGS = _LAYERS.union_all(_PRINCIPLES).order_by("of", "position")
DOCUMENTS = (
    select(
        CommitmentDocument.is_evidence,
        Document.id,
        Document.title,
        Document.language,
        DocumentVersion.number,
        DocumentVersion.file_name,
        DocumentVersion.media_type,
        DocumentVersion.size,
        DocumentVersion.sha256,
        DocumentVersion.page_count,
        DocumentVersion.preview_key,
        DocumentVersion.is_tagged,
        DocumentVersion.has_text,
        DocumentVersion.created_at,
    )
    .join(Document, Document.id == CommitmentDocument.document_id)
    .join(DocumentVersion, DocumentVersion.document_id == Document.id)
    .where(CommitmentDocument.commitment_id == bindparam("commitment_id"))
    .order_by(CommitmentDocument.position, Document.id, DocumentVersion.number.desc())
)
UPDATES = (
    select(
        Update.id,
        Update.progress,
        Update.html,
        Update.evidence_url,
        Update.evidence_id,
        Update.told_on,
    )
    .where(Update.commitment_id == bindparam("commitment_id"))
    .order_by(Update.told_on, Update.id)
)
MOVES = (
    select(
        TermMove.id,
        TermMove.old_words,
        TermMove.old_earliest,
        TermMove.old_latest,
        TermMove.new_words,
        TermMove.new_earliest,
        TermMove.new_latest,
        TermMove.reason,
        TermMove.moved_at,
        TermMove.was_overdue,
    )
    .where(TermMove.commitment_id == bindparam("commitment_id"))
    .order_by(TermMove.id)
)


@dataclass(slots=True)
class CommitmentPage:
    """A commitment as its page shows it; also what a door asks of a subject."""

    thing: ClassVar[str] = "commitment"

    row: Any
    state: str
    organisation_id: int
    # A word that the component `status` knows.
    progress: str
    is_late: bool
    # What was understood of the term, in the language of the page; "" without a date.
    term_dates: str
    # Its term was over before it was published.
    was_past: bool

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_STATES


class PartRows(NamedTuple):
    """The rows of what stands below the text of a commitment."""

    tags: Sequence[Any]
    versions: Sequence[Any]
    updates: Sequence[Any]
    moves: Sequence[Any]


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """A document with its latest version and the ones before it."""

    latest: Any
    older: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened to a commitment: an update or a move, with its place in the order."""

    on: date
    update: Any = None
    move: Any = None
    # 1 for the first move of the term.
    nth: int = 0
    old_dates: str = ""
    new_dates: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands below the text of a commitment."""

    layers: Sequence[tuple[str, str]]
    principles: Sequence[tuple[str, str]]
    documents: Sequence[DocumentCard]
    moments: Sequence[Moment]
    # Document id -> its latest version, for evidence.
    by_document: Mapping[int, Any]


def get_page(slug: str) -> CommitmentPage:
    """Return a commitment by the slug that it got at its publication, or 404."""
    return _page(_rows(BY_SLUG, slug=slug))


def get_draft_page(commitment_id: int) -> CommitmentPage:
    """Return a commitment by its id, or 404."""
    return _page(_rows(BY_ID, commitment_id=commitment_id))


def part_rows(page: CommitmentPage) -> PartRows:
    """Return the rows below the text: at most four queries, however much there is."""
    found, commitment_id = page.row, page.row.id
    return PartRows(
        tags=_rows(TAGS, commitment_id=commitment_id),
        versions=_rows(DOCUMENTS, commitment_id=commitment_id) if found.has_documents else (),
        updates=_rows(UPDATES, commitment_id=commitment_id) if found.update_count else (),
        moves=_rows(MOVES, commitment_id=commitment_id) if found.move_count else (),
    )


def parts_of(rows: PartRows) -> Parts:
    """Return what stands below the text, made ready to be shown."""
    cards, tags = _cards(rows.versions), rows.tags
    name = "name_en" if current_locale() == "en" else "name_nl"
    return Parts(
        layers=[(tag.slug, getattr(tag, name)) for tag in tags if tag.of == "laag"],
        principles=[(tag.slug, getattr(tag, name)) for tag in tags if tag.of == "thema"],
        documents=cards,
        moments=_moments(rows.updates, rows.moves),
        by_document={card.latest.id: card.latest for card in cards},
    )


def _rows(query: Any, **values: Any) -> tuple[Any, ...]:
    return tuple(read_rows(query, **values))


def _page(rows: Sequence[Any]) -> CommitmentPage:
    if not rows:
        raise NotFound
    row = rows[0]
    latest = row.term_latest
    published_on = row.published_at.astimezone(clock.AMSTERDAM).date() if row.published_at else None
    return CommitmentPage(
        row=row,
        state=row.state,
        organisation_id=row.organisation_id,
        progress=shown_progress(
            row.progress, latest=latest, done_on=row.done_on, has_evidence=bool(row.has_evidence)
        ),
        is_late=is_late(
            row.state,
            row.progress,
            latest,
            today=clock.today(),
            grace_days=settings().grace_days,
        ),
        term_dates=wording.dates(row.term_earliest, latest, current_locale()),
        was_past=latest is not None and latest < (published_on or clock.today()),
    )


def _cards(rows: Sequence[Any]) -> list[DocumentCard]:
    versions: dict[int, list[Any]] = {}
    for row in rows:
        versions.setdefault(row.id, []).append(row)
    return [DocumentCard(found[0], found[1:]) for found in versions.values()]


def _moments(updates: Sequence[Any], moves: Sequence[Any]) -> list[Moment]:
    locale = current_locale()
    found = [Moment(update.told_on, update=update) for update in updates]
    found += [
        Moment(
            move.moved_at.astimezone(clock.AMSTERDAM).date(),
            move=move,
            nth=nth,
            old_dates=wording.dates(move.old_earliest, move.old_latest, locale),
            new_dates=wording.dates(move.new_earliest, move.new_latest, locale),
        )
        for nth, move in enumerate(moves, start=1)
    ]
    return sorted(found, key=lambda moment: moment.on)
