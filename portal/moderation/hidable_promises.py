"""The columns of promises, and of what belongs to them, that can be hidden."""

from __future__ import annotations

from sqlalchemy import ColumnElement, String, case, cast, func, literal, select
from sqlalchemy.orm import aliased

from portal.commitments.models import (
    Commitment,
    CommitmentDocument,
    Prognosis,
    Revision,
    TermMove,
    Update,
)
from portal.commitments.standing import PUBLIC_STATES
from portal.documents.models import Document, DocumentVersion
from portal.moderation.hidable_rows import rows_with
from portal.organisations.models import Organisation

_PAGE = literal("/toezeggingen/") + Commitment.slug
COMMITMENTS = (
    rows_with(
        "toezegging",
        Commitment,
        title=Commitment.title,
        title_language=Commitment.language,
        address=_PAGE,
        author_id=Commitment.author_id,
        author_name=Organisation.name,
        html=Commitment.what_html,
        language=Commitment.language,
        organisation_id=Commitment.organisation_id,
    )
    .join(Organisation, Organisation.id == Commitment.organisation_id)
    .where(Commitment.state.in_(PUBLIC_STATES))
)
UPDATES = (
    rows_with(
        "bericht",
        Update,
        title=Commitment.title,
        title_language=Commitment.language,
        address=_PAGE + "#bericht-" + cast(Update.id, String),
        author_id=Update.author_id,
        author_name=Organisation.name,
        html=Update.html,
        language=Update.language,
        organisation_id=Commitment.organisation_id,
    )
    .join(Commitment, Commitment.id == Update.commitment_id)
    .join(Organisation, Organisation.id == Commitment.organisation_id)
    .where(Commitment.state.in_(PUBLIC_STATES))
)
PROGNOSES = (
    rows_with(
        "prognose",
        Prognosis,
        title=Commitment.title,
        title_language=Commitment.language,
        address=_PAGE + "#prognose-" + cast(Prognosis.id, String),
        author_id=Prognosis.author_id,
        author_name=Organisation.name,
        html=Prognosis.html,
        language=Prognosis.language,
        organisation_id=Commitment.organisation_id,
    )
    .join(Commitment, Commitment.id == Prognosis.commitment_id)
    .join(Organisation, Organisation.id == Commitment.organisation_id)
    .where(Commitment.state.in_(PUBLIC_STATES))
)
_Before = aliased(Revision)
# Whoever replaced the text before it wrote this one.
_WRITER = func.coalesce(
    select(_Before.author_id)
    .where(_Before.commitment_id == Revision.commitment_id, _Before.number == Revision.number - 1)
    .correlate(Revision)
    .scalar_subquery(),
    Commitment.author_id,
)
_MOVES = (
    select(func.count(TermMove.id))
    .where(
        TermMove.commitment_id == Revision.commitment_id, TermMove.moved_at < Revision.replaced_at
    )
    .correlate(Revision)
    .scalar_subquery()
)


def _words(name: str) -> ColumnElement[str]:
    return func.coalesce(Revision.fields[name].as_string(), "")


def _below(name: str) -> ColumnElement[str]:
    """Return a text below the one before it; nothing where there is none."""
    return case((_words(name) != "", literal("\n\n") + _words(name)), else_="")


REVISIONS = (
    rows_with(
        "tekst",
        Revision,
        title=Commitment.title,
        title_language=Commitment.language,
        # The last version that shows it.
        address=_PAGE + "/versies/" + cast(Revision.number + _MOVES, String),
        author_id=_WRITER,
        author_name=Organisation.name,
        text=_words("title")
        + "\n\n"
        + _words("what")
        + _below("for_whom")
        + _below("why")
        + _below("result"),
        language=Revision.language,
        organisation_id=Commitment.organisation_id,
    )
    .join(Commitment, Commitment.id == Revision.commitment_id)
    .join(Organisation, Organisation.id == Commitment.organisation_id)
    .where(Commitment.state.in_(PUBLIC_STATES))
)
# The first of the commitments that a document belongs to: nearly always the only one.
_FIRST = (
    select(func.min(CommitmentDocument.commitment_id))
    .where(CommitmentDocument.document_id == DocumentVersion.document_id)
    .correlate(DocumentVersion)
    .scalar_subquery()
)
DOCUMENTS = (
    rows_with(
        "document",
        DocumentVersion,
        title=Document.title,
        title_language=Document.language,
        address=_PAGE,
        author_id=DocumentVersion.created_by,
        author_name=Organisation.name,
        file_name=DocumentVersion.file_name,
        organisation_id=Commitment.organisation_id,
    )
    .join(Document, Document.id == DocumentVersion.document_id)
    .join(Commitment, Commitment.id == _FIRST)
    .join(Organisation, Organisation.id == Commitment.organisation_id)
    .where(Commitment.state.in_(PUBLIC_STATES))
)
