"""What the doors of work pages load; an account never learns that another's draft exists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for
from werkzeug.exceptions import NotFound

from portal.commitments.models import Commitment
from portal.commitments.queries.page import CommitmentPage, get_draft_page, get_page
from portal.commitments.queries.subjects import get_commitment, get_document
from portal.core import clock
from portal.core.errors import StepNotOpen
from portal.core.settings import settings
from portal.documents.models import Document
from portal.lifecycle import is_open, step_of
from portal.policy import Permission, can
from portal.web.person import viewer


def get_work(commitment_id: int) -> Commitment:
    """Return the commitment, or 404; also for an account that may not read it."""
    commitment = get_commitment(commitment_id)
    person = viewer()
    if person.is_confirmed and not can(person, Permission.COMMITMENT_READ, commitment):
        raise NotFound
    return commitment


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


def open_to(act: str) -> Callable[..., Commitment]:
    """Return a loader that tells editors with StepNotOpen when `act` is not open."""
    step = step_of(Commitment.thing, act)

    def load(commitment_id: int) -> Commitment:
        commitment = get_work(commitment_id)
        is_editor = can(viewer(), step.permission or Permission.COMMITMENT_EDIT, commitment)
        if is_editor and not is_open(step, commitment.state):
            raise StepNotOpen(commitment, act, address=page_address(commitment))
        return commitment

    return load


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """A document and the commitment that it belongs to."""

    commitment: Commitment
    document: Document

    @property
    def organisation_id(self) -> int:
        return self.commitment.organisation_id

    @property
    def is_of_vereniging(self) -> bool:
        return self.commitment.is_of_vereniging


def document_open_to(act: str) -> Callable[..., OwnDocument]:
    """Return a loader of a document of a commitment that is open to `act`; 404 without it."""
    load_commitment = open_to(act)

    def load(commitment_id: int, document_id: int) -> OwnDocument:
        commitment = load_commitment(commitment_id)
        return OwnDocument(commitment, get_document(commitment, document_id))

    return load
