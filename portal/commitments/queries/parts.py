"""What stands below the text of a commitment, as columns: no objects are built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, literal_column, select

from portal.commitments.models import (
    CommitmentDocument,
    TermMove,
    Update,
    commitment_layer,
    commitment_principle,
)
from portal.commitments.queries.page import CommitmentPage
from portal.commitments.queries.part_rows import (
    MoveRow,
    PartRows,
    PrognosisRow,
    TagRow,
    UpdateRow,
    VersionRow,
)
from portal.commitments.queries.prognoses import PROGNOSES
from portal.core import clock
from portal.core.db import Columnar, read_as
from portal.core.i18n import current_locale
from portal.documents.models import Document, DocumentText, DocumentVersion
from portal.pact.models import Layer, Principle
from portal.terms import wording

_LAYERS: Columnar = (
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
_PRINCIPLES: Columnar = (
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
        Document.dated,
        Document.licence,
        DocumentVersion.file_title,
        DocumentVersion.file_language,
        DocumentVersion.attachment_count,
        DocumentVersion.checked_at,
        DocumentText.written_at,
        DocumentVersion.created_at,
        DocumentVersion.id.label("version_id"),
        DocumentVersion.created_by,
        DocumentVersion.hidden_at,
        DocumentVersion.hidden_ground,
        CommitmentDocument.entered_as,
        CommitmentDocument.source_title,
        CommitmentDocument.source_url,
    )
    .join(Document, Document.id == CommitmentDocument.document_id)
    .join(DocumentVersion, DocumentVersion.document_id == Document.id)
    .outerjoin(DocumentText, DocumentText.version_id == DocumentVersion.id)
    .where(CommitmentDocument.commitment_id == bindparam("commitment_id"))
    .order_by(CommitmentDocument.position, Document.id, DocumentVersion.number.desc())
)
CLAIM_OF_UPDATE = (
    Update.entered_as,
    Update.stance,
    Update.stance_at,
    Update.stance_reason,
    Update.stance_language,
    Update.source_title,
    Update.source_url,
    Update.retracted_at,
    Update.retract_reason,
    Update.retract_language,
)
UPDATES = (
    select(
        Update.id,
        Update.progress,
        Update.html,
        Update.ahead_html,
        Update.percent,
        Update.language,
        Update.evidence_url,
        Update.evidence_id,
        Update.told_on,
        Update.created_at,
        Update.author_id,
        Update.hidden_at,
        Update.hidden_ground,
        *CLAIM_OF_UPDATE,
    )
    .where(Update.commitment_id == bindparam("commitment_id"))
    .order_by(Update.told_on, Update.id)
)
MOVES = (
    select(
        TermMove.id,
        TermMove.old_words,
        TermMove.old_language,
        TermMove.old_earliest,
        TermMove.old_latest,
        TermMove.new_words,
        TermMove.new_earliest,
        TermMove.new_latest,
        TermMove.reason,
        TermMove.language,
        TermMove.moved_at,
        TermMove.was_overdue,
        TermMove.entered_as,
        TermMove.source_title,
        TermMove.source_url,
    )
    .where(TermMove.commitment_id == bindparam("commitment_id"))
    .order_by(TermMove.id)
)


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """A document with its versions, the latest first."""

    versions: Sequence[VersionRow]

    @property
    def latest(self) -> VersionRow:
        return self.versions[0]

    @property
    def shown(self) -> VersionRow | None:
        """The latest version that is not hidden, None when all of them are."""
        return next((version for version in self.versions if version.hidden_at is None), None)

    @property
    def others(self) -> Sequence[VersionRow]:
        """Every version but the one that is shown."""
        return [version for version in self.versions if version is not self.shown]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened to a commitment on a day: an update, a moved term, a prognosis."""

    on: date
    recorded_at: datetime
    update: UpdateRow | None = None
    move: MoveRow | None = None
    prognosis: PrognosisRow | None = None
    # 1 for the first move of the term, and for the first of those that put it off.
    nth: int = 0
    nth_later: int = 0
    old_dates: str = ""
    new_dates: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands below the text of a commitment."""

    layers: Sequence[tuple[str, str]]
    principles: Sequence[tuple[str, str]]
    documents: Sequence[DocumentCard]
    moments: Sequence[Moment]
    # Document id -> the version that is shown as evidence; its latest when all are hidden.
    by_document: Mapping[int, VersionRow]
    # The newest that counts and everybody can read.
    prognosis: PrognosisRow | None


def part_rows(page: CommitmentPage) -> PartRows:
    """Return the rows below the text: at most five queries, however much there is."""
    row, number = page.row, page.row.id
    return PartRows(
        tags=read_as(TagRow, TAGS, commitment_id=number),
        versions=read_as(VersionRow, DOCUMENTS, commitment_id=number) if row.has_documents else (),
        updates=read_as(UpdateRow, UPDATES, commitment_id=number) if row.update_count else (),
        moves=read_as(MoveRow, MOVES, commitment_id=number) if row.move_count else (),
        prognoses=read_as(PrognosisRow, PROGNOSES, commitment_id=number)
        if row.has_prognoses
        else (),
    )


def parts_of(rows: PartRows) -> Parts:
    """Return what stands below the text, made ready to be shown."""
    cards, tags = _cards(rows.versions), rows.tags
    is_english = current_locale() == "en"
    names = [(tag.of, tag.slug, tag.name_en if is_english else tag.name_nl) for tag in tags]
    return Parts(
        layers=[(slug, name) for of, slug, name in names if of == "laag"],
        principles=[(slug, name) for of, slug, name in names if of == "thema"],
        documents=cards,
        moments=_moments(rows),
        by_document={card.latest.id: card.shown or card.latest for card in cards},
        prognosis=_standing(rows.prognoses),
    )


def _cards(rows: Sequence[VersionRow]) -> list[DocumentCard]:
    versions: dict[int, list[VersionRow]] = {}
    for row in rows:
        versions.setdefault(row.id, []).append(row)
    return [DocumentCard(rows) for rows in versions.values()]


def _standing(rows: Sequence[PrognosisRow]) -> PrognosisRow | None:
    shown = [row for row in rows if row.recalled_at is None and row.hidden_at is None]
    return shown[-1] if shown else None


def _moments(rows: PartRows) -> list[Moment]:
    moments = [Moment(update.told_on, update.created_at, update=update) for update in rows.updates]
    moments += [
        Moment(clock.day_of(row.created_at), row.created_at, prognosis=row)
        for row in rows.prognoses
    ]
    moments += _moves(rows.moves)
    # Of what happened on one day, what was recorded first comes first.
    return sorted(moments, key=lambda moment: (moment.on, moment.recorded_at))


def _moves(moves: Sequence[MoveRow]) -> list[Moment]:
    locale = current_locale()
    moments: list[Moment] = []
    later = 0
    for nth, move in enumerate(moves, start=1):
        later += not move.is_earlier
        moments.append(
            Moment(
                clock.day_of(move.moved_at),
                move.moved_at,
                move=move,
                nth=nth,
                nth_later=0 if move.is_earlier else later,
                old_dates=wording.dates(move.old_earliest, move.old_latest, locale),
                new_dates=wording.dates(move.new_earliest, move.new_latest, locale),
            )
        )
    return moments
