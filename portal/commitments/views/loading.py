"""What the doors of work pages load: nobody learns of a draft that is not theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for
from werkzeug.exceptions import NotFound

from portal.commitments.models import Commitment
from portal.commitments.queries import (
    CommitmentPage,
    get_commitment,
    get_document,
    get_draft_page,
    get_page,
)
from portal.core import clock
from portal.core.errors import StepNotOpen
from portal.core.settings import settings
from portal.documents.models import Document
from portal.policy import Permission, can
from portal.web.person import viewer


def get_work(commitment_id: int) -> Commitment:
    """Return the commitment, or 404 for whoever is known and may not even read it."""
    found = get_commitment(commitment_id)
    person = viewer()
    if person.is_confirmed and not can(person, Permission.COMMITMENT_READ, found):
        raise NotFound
    return found


def load_page(slug: str) -> CommitmentPage:
    """Return the commitment at this address as it stands today, or 404."""
    return get_page(slug, on=clock.today(), grace_days=settings().grace_days)


def load_draft_page(commitment_id: int) -> CommitmentPage:
    """Return the commitment with this id as it stands today, or 404."""
    return get_draft_page(commitment_id, on=clock.today(), grace_days=settings().grace_days)


def page_address(commitment: Commitment) -> str:
    """Return where the commitment is to be read: its page, or the preview of a draft."""
    if commitment.slug is not None:
        return url_for("commitments.show", slug=commitment.slug)
    return url_for("commitments.preview", commitment_id=commitment.id)


def in_state(*states: str) -> Callable[..., Commitment]:
    """Return a loader that refuses its editors with StepNotOpen in any other state."""

    def load(commitment_id: int) -> Commitment:
        found = get_work(commitment_id)
        is_editor = can(viewer(), Permission.COMMITMENT_EDIT, found)
        if is_editor and found.state not in states:
            raise StepNotOpen(found, "edit", address=page_address(found))
        return found

    return load


get_draft = in_state("draft")
get_running = in_state("published")
get_writable = in_state("draft", "published")


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """A document and the commitment that it belongs to."""

    commitment: Commitment
    document: Document

    @property
    def organisation_id(self) -> int:
        return self.commitment.organisation_id


def get_writable_document(commitment_id: int, document_id: int) -> OwnDocument:
    """Return a document that can get a new version, or 404."""
    found = get_writable(commitment_id)
    return OwnDocument(found, get_document(found, document_id))


def get_draft_document(commitment_id: int, document_id: int) -> OwnDocument:
    """Return a document that can be taken out of a draft, or 404."""
    found = get_draft(commitment_id)
    return OwnDocument(found, get_document(found, document_id))
