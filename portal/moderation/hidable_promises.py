"""The columns of promises, and of what belongs to them, that can be hidden."""

from __future__ import annotations

from typing import Any

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
from portal.core.db import Columnar
from portal.documents.models import Document, DocumentVersion
from portal.moderation.hidable_rows import Column, rows_with
from portal.organisations.models import Organisation

_PAGE = literal("/toezeggingen/") + Commitment.slug


def _rows_of(
    path: str, model: Any, on: ColumnElement[bool] | None = None, **own: Column
) -> Columnar:
    """Return the select of what belongs to a public promise by `on`; of promises without it.

    `own` holds the columns that differ from those of the promise.
    """
    of_promise: dict[str, Column] = {
        "title": Commitment.title,
        "title_language": Commitment.language,
        "address": _PAGE,
        "author_name": Organisation.name,
        "organisation_id": Commitment.organisation_id,
    }
    rows = rows_with(path, model, **(of_promise | own))
    if on is not None:
        rows = rows.join(Commitment, on)
    return rows.join(Organisation, Organisation.id == Commitment.organisation_id).where(
        Commitment.state.in_(PUBLIC_STATES)
    )


def _told(path: str, model: Any) -> Columnar:
    """Return the select of what a signatory told about a promise, at its place on the page."""
    return _rows_of(
        path,
        model,
        Commitment.id == model.commitment_id,
        address=_PAGE + f"#{path}-" + cast(model.id, String),
        author_id=model.author_id,
        html=model.html,
        language=model.language,
    )


COMMITMENTS = _rows_of(
    "toezegging",
    Commitment,
    author_id=Commitment.author_id,
    html=Commitment.what_html,
    language=Commitment.language,
)
UPDATES = _told("bericht", Update)
PROGNOSES = _told("prognose", Prognosis)
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


REVISIONS = _rows_of(
    "tekst",
    Revision,
    Commitment.id == Revision.commitment_id,
    # The last version that shows it.
    address=_PAGE + "/versies/" + cast(Revision.number + _MOVES, String),
    author_id=_WRITER,
    text=_words("title")
    + "\n\n"
    + _words("what")
    + _below("for_whom")
    + _below("why")
    + _below("result"),
    language=Revision.language,
)
# The first of the commitments that a document belongs to: nearly always the only one.
_FIRST = (
    select(func.min(CommitmentDocument.commitment_id))
    .where(CommitmentDocument.document_id == DocumentVersion.document_id)
    .correlate(DocumentVersion)
    .scalar_subquery()
)
DOCUMENTS = _rows_of(
    "document",
    DocumentVersion,
    Commitment.id == _FIRST,
    title=Document.title,
    title_language=Document.language,
    author_id=DocumentVersion.created_by,
    file_name=DocumentVersion.file_name,
).join(Document, Document.id == DocumentVersion.document_id)
