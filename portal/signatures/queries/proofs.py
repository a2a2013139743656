"""Proofs of a mandate, to sign or to end: read by moderators, and by the person who added one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from werkzeug.exceptions import NotFound

from portal.documents.models import Document, DocumentVersion
from portal.policy import Permission, Person, can
from portal.signatures.models import Signature
from portal.signatures.queries.endings import get_ending
from portal.signatures.queries.signatures import get_signature


class Proof(NamedTuple):
    """One version of a proof, and the organisation that it is about."""

    version: DocumentVersion
    organisation_id: int

    @property
    def author_id(self) -> int | None:
        """Who added it; None for a person without an account."""
        return self.version.created_by


def get_mandate(signature_id: int, number: int | None = None) -> Proof:
    """Return version `number` of the proof of the mandate, the last without a number, or 404."""
    signature = get_signature(signature_id)
    return _version(_proofs(signature.mandate, signature.organisation_id), number)


def get_ending_proof(ending_id: int, number: int | None = None) -> Proof:
    """Return version `number` of the proof of the mandate, the last without a number, or 404."""
    ending = get_ending(ending_id)
    return _version(_proofs(ending.proof, ending.signature.organisation_id), number)


def mandates_for(signature: Signature, viewer: Person) -> list[Proof]:
    """Return the proofs of the mandate that `viewer` may read, the newest first."""
    proofs = _proofs(signature.mandate, signature.organisation_id)
    return [proof for proof in reversed(proofs) if can(viewer, Permission.MANDATE_READ, proof)]


def _proofs(document: Document | None, organisation_id: int) -> list[Proof]:
    versions = document.versions if document is not None else []
    return [Proof(version, organisation_id) for version in versions]


def _version(proofs: Sequence[Proof], number: int | None) -> Proof:
    wanted = [proof for proof in proofs if number in (None, proof.version.number)]
    if not wanted:
        raise NotFound
    return wanted[-1]
