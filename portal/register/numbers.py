"""What has a short number: a promise, or a signature on the page of its organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from portal.commitments.models import Commitment
from portal.core.db import db
from portal.core.short_numbers import read_short_number
from portal.lifecycle import SignatureState
from portal.organisations.models import Organisation
from portal.signatures.models import Signature


class Citable(Protocol):
    """What has a number, as the law needs it."""

    @property
    def is_public(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class NumberedSignature:
    """A signature that readers see on the page of its organisation."""

    id: int
    organisation: Organisation

    @property
    def is_public(self) -> bool:
        return self.organisation.is_public

    @property
    def is_of_vereniging(self) -> bool:
        """Nobody sees it before everybody does."""
        return False

    @property
    def organisation_id(self) -> int:
        return self.organisation.id


def get_numbered(key: str) -> Citable:
    """Return what has the number in "42" or "gp-42"; 404 for what readers never saw."""
    number = read_short_number(key)
    if number is None:
        raise NotFound
    numbered = select(Commitment).where(Commitment.short_number == number)
    return db.session.scalars(numbered).first() or _get_signature(number)


def _get_signature(number: int) -> NumberedSignature:
    shown = Signature.state.in_((SignatureState.ADMITTED, SignatureState.ENDED))
    numbered = select(Signature).where(Signature.short_number == number, shown)
    signature = db.session.scalars(numbered).first()
    if signature is None:
        raise NotFound
    return NumberedSignature(signature.id, signature.organisation)
