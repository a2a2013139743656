"""What the doors of work pages load; an account never learns that another's draft exists."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for
from werkzeug.exceptions import NotFound

from portal.commitments.models import Commitment
from portal.commitments.queries.page import CommitmentPage, get_draft_page, get_page
from portal.commitments.queries.subjects import get_commitment, get_document
from portal.core import clock
from portal.core.errors import StepNotOpen
from portal.core.settings import settings
from portal.documents.licences import Licence
from portal.documents.models import Document, DocumentVersion
from portal.documents.queries import find_text, get_version, text_of
from portal.lifecycle import is_open, step_of
from portal.policy import Permission, can
from portal.web.destinations import Destination, url_to
from portal.web.forms import PortalForm
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


RAPPEL = re.compile(r"\d{4}-\d{1,3}", re.ASCII)


def way_back(commitment: Commitment, part: str = "") -> str:
    """Return where somebody goes on after an act: to the rappel that they answer, or the page.

    Of the page to this `part`, "#bericht-3".
    """
    name = request.args.get("rappel", "")
    if not RAPPEL.fullmatch(name):
        return page_address(commitment) + part
    number = commitment.organisation_id
    place = url_to(Destination.RAPPEL_ANSWER, name=name, organisation_id=number)
    return f"{place}#toezegging-{commitment.id}"


def with_way_back(commitment: Commitment, _form: PortalForm) -> dict[str, object]:
    """Return what a page shows that may have been opened from a rappel."""
    return {"place": way_back(commitment)}


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

    @property
    def is_public(self) -> bool:
        return self.commitment.is_public

    @property
    def title(self) -> str:
        return self.document.title

    @property
    def language(self) -> str:
        return self.document.language

    @property
    def dated(self) -> date | None:
        return self.document.dated

    @property
    def licence(self) -> Licence:
        return self.document.licence

    @property
    def version(self) -> int:
        """How often what is told of it was saved."""
        return self.document.version


@dataclass(frozen=True, slots=True)
class OwnVersion(OwnDocument):
    """One version of such a document, with what was drawn from it and what was written out."""

    file: DocumentVersion

    @property
    def body(self) -> str | None:
        row = find_text(self.file.id)
        return row.body if row is not None else None

    @property
    def drawn_text(self) -> str:
        """What stands in the file; "" while nobody looked, or when there is nothing."""
        return text_of(self.file.id)


def document_open_to(act: str) -> Callable[..., OwnDocument]:
    """Return a loader of a document of a commitment that is open to `act`; 404 without it."""
    load_commitment = open_to(act)

    def load(commitment_id: int, document_id: int) -> OwnDocument:
        commitment = load_commitment(commitment_id)
        return OwnDocument(commitment, get_document(commitment, document_id))

    return load


def version_open_to(act: str) -> Callable[..., OwnVersion]:
    """Return a loader of one version of a document of a commitment that is open to `act`."""
    load_document = document_open_to(act)

    def load(commitment_id: int, document_id: int, number: int) -> OwnVersion:
        own = load_document(commitment_id, document_id)
        return OwnVersion(own.commitment, own.document, get_version(document_id, number))

    return load


def reading_address(commitment: Commitment, version: DocumentVersion) -> str:
    """Return where a version is read as a page of the portal."""
    at: dict[str, Any] = {"document_id": version.document_id, "number": version.number}
    if commitment.slug is None:
        return url_for("commitments.read_draft_document", commitment_id=commitment.id, **at)
    return url_for("commitments.read_document", slug=commitment.slug, **at)
