"""Proofs of a mandate, to sign or to end: read by moderators, and by the person who added one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from werkzeug.exceptions import NotFound

from portal.documents.models import Document, DocumentVersion
from portal.policy import Permission, Person, can
from portal.signatures.models import Ending, Signature
from portal.signatures.queries.endings import get_ending
from portal.signatures.queries.signatures import get_signature


class MandateProof(NamedTuple):
    """One version of a proof, and the organisation that it is about."""

    version: DocumentVersion
    organisation_id: int

    @property
    def author_id(self) -> int | None:
        """Who added it; None for a person without an account."""
        return self.version.created_by


def get_mandate(signature_id: int, number: int | None = None) -> MandateProof:
    """Return version `number` of the proof of the mandate, the last without a number, or 404."""
    signature = get_signature(signature_id)
    return _version(_proofs(signature.mandate, signature.organisation_id), number)


def get_ending_proof(ending_id: int, number: int | None = None) -> MandateProof:
    """Return version `number` of the proof of the mandate, the last without a number, or 404."""
    ending = get_ending(ending_id)
    return _version(_proofs(ending.proof, ending.signature.organisation_id), number)


def mandates_for(signature: Signature, viewer: Person) -> list[MandateProof]:
    """Return the proofs of the mandate to sign that `viewer` may read, the newest first."""
    return _readable(_proofs(signature.mandate, signature.organisation_id), viewer)


def ending_proofs_for(ending: Ending | None, viewer: Person) -> list[MandateProof]:
    """Return the proofs of the mandate to end that `viewer` may read, the newest first."""
    if ending is None:
        return []
    return _readable(_proofs(ending.proof, ending.signature.organisation_id), viewer)


def _readable(proofs: Sequence[MandateProof], viewer: Person) -> list[MandateProof]:
    return [proof for proof in reversed(proofs) if can(viewer, Permission.MANDATE_READ, proof)]


def _proofs(document: Document | None, organisation_id: int) -> list[MandateProof]:
    versions = document.versions if document is not None else []
    return [MandateProof(version, organisation_id) for version in versions]


def _version(proofs: Sequence[MandateProof], number: int | None) -> MandateProof:
    wanted = [proof for proof in proofs if number in (None, proof.version.number)]
    if not wanted:
        raise NotFound
    return wanted[-1]
