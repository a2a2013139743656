"""What the vereniging entered about an organisation, for the eigenaar who answers to each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from portal.commitments.models import Commitment, Update
from portal.core.db import db
from portal.lifecycle import CommitmentState, SignatureState
from portal.lifecycle.claims import EnteredAs
from portal.organisations.models import Organisation
from portal.organisations.queries import get_organisation
from portal.signatures.models import Signature

Item: TypeAlias = Organisation | Signature | Commitment | Update
PUBLIC = (SignatureState.ADMITTED, SignatureState.ENDED)


class ClaimKind(StrEnum):
    """What a claim is about: the word for it in an address."""

    FACTS = "gegevens"
    SIGNATURE = "ondertekening"
    COMMITMENT = "toezegging"
    UPDATE = "bericht"


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that the vereniging entered about an organisation."""

    kind: ClaimKind
    item: Item

    @property
    def organisation_id(self) -> int:
        return self.item.organisation_id

    @property
    def key(self) -> str:
        """The name of this claim on the page, and in its address."""
        return f"{self.kind}-{self.item.id}"

    @property
    def seen_as(self) -> str:
        """The version that the eigenaar reads; a message has one version only."""
        return str(1 if isinstance(self.item, Update) else self.item.version)


@dataclass(frozen=True, slots=True)
class AboutUs:
    """Everything that the vereniging entered about an organisation, in the order of reading."""

    organisation: Organisation
    claims: Sequence[Claim]

    @property
    def organisation_id(self) -> int:
        return self.organisation.id

    @property
    def waiting(self) -> Sequence[Claim]:
        """Those to which the eigenaar has not answered yet."""
        return [claim for claim in self.claims if claim.item.waits_for_answer]

    @property
    def answered_count(self) -> int:
        return len(self.claims) - len(self.waiting)


def about_us(organisation_id: int) -> AboutUs:
    """Return what the vereniging entered about an organisation and everybody can read, or 404."""
    organisation = get_organisation(organisation_id)
    return AboutUs(organisation, list(_claims(organisation)))


def waiting_count(organisation: Organisation) -> int:
    """Return to how many claims of the vereniging the organisation has not answered yet."""
    return len(AboutUs(organisation, list(_claims(organisation))).waiting)


def get_claim(organisation_id: int, kind: str, number: int) -> Claim:
    """Return one of the claims about an organisation, or 404."""
    for claim in about_us(organisation_id).claims:
        if claim.kind == kind and claim.item.id == number:
            return claim
    raise NotFound


def _claims(organisation: Organisation) -> Iterator[Claim]:
    if organisation.is_public and organisation.entered_as == EnteredAs.VERENIGING:
        yield Claim(ClaimKind.FACTS, organisation)
    signatures = select(Signature).where(
        Signature.organisation_id == organisation.id,
        Signature.state.in_(PUBLIC),
        Signature.entered_as == EnteredAs.VERENIGING,
    )
    for signature in db.session.scalars(signatures.order_by(Signature.id)):
        yield Claim(ClaimKind.SIGNATURE, signature)
    updates = _updates(organisation.id)
    promised = select(Commitment).where(
        Commitment.organisation_id == organisation.id,
        Commitment.state == CommitmentState.PUBLISHED,
        Commitment.hidden_at.is_(None),
    )
    for commitment in db.session.scalars(promised.order_by(Commitment.promised_on, Commitment.id)):
        if commitment.entered_as == EnteredAs.VERENIGING:
            yield Claim(ClaimKind.COMMITMENT, commitment)
        for update in updates:
            if update.commitment_id == commitment.id:
                yield Claim(ClaimKind.UPDATE, update)


def _updates(organisation_id: int) -> Sequence[Update]:
    query = (
        select(Update)
        .join(Commitment, Commitment.id == Update.commitment_id)
        .where(
            Commitment.organisation_id == organisation_id,
            Update.entered_as == EnteredAs.VERENIGING,
            Update.retracted_at.is_(None),
            Update.hidden_at.is_(None),
        )
    )
    return list(db.session.scalars(query.order_by(Update.told_on, Update.id)))
