"""Signatures: one of them, those that a viewer may read, and those that are public."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, false, func, select
from werkzeug.exceptions import NotFound

from portal.core.db import db
from portal.lifecycle import SignatureState
from portal.lifecycle.claims import EnteredAs, Stance
from portal.policy import Permission, Person, can
from portal.services.models import HistoryRow
from portal.signatures.models import CLOSED_STATES, Signature
from portal.signatures.signed import is_year_inferred


class Standing(NamedTuple):
    """The open signature of an organisation: under way, or admitted."""

    organisation_id: int
    id: int
    state: str


class PublicSignature(NamedTuple):
    """What everybody may read of one signature of an organisation."""

    id: int
    short_number: int | None
    state: str
    signed_words: str | None
    signed_earliest: date | None
    signed_latest: date | None
    signatory_name: str
    signatory_function: str
    place: str | None
    source_url: str | None
    source_title: str
    entered_as: EnteredAs
    stance: Stance | None
    stance_at: datetime | None
    stance_reason: str | None
    stance_language: str
    is_historic: bool
    event_id: int | None
    pact_version_id: int | None
    ended_on: date | None
    end_reason: str | None
    end_language: str
    discussion_id: int | None

    @property
    def is_year_inferred(self) -> bool:
        """Whether the source names no year, so that readers are told that it was inferred."""
        return is_year_inferred(self.signed_words, self.signed_latest)

    def was_set_by(self, day: date) -> bool:
        """Return whether it surely had been set at the end of a day."""
        return self.signed_latest is not None and self.signed_latest <= day

    def as_at(self, day: date) -> PublicSignature:
        """Return it as it stood at the end of a day on which it had been set."""
        if self.ended_on is None or self.ended_on <= day:
            return self
        return self._replace(state=SignatureState.ADMITTED, ended_on=None, end_reason=None)


_IS_OPEN = Signature.state.not_in(CLOSED_STATES)
_PUBLIC = (
    select(*[getattr(Signature, name) for name in PublicSignature._fields])
    .where(
        Signature.organisation_id == bindparam("organisation_id"),
        Signature.state.in_((SignatureState.ADMITTED, SignatureState.ENDED)),
    )
    .order_by(Signature.id.desc())
)


def visible_to(viewer: Person) -> Select[Signature]:
    """Return the signatures whose work page `viewer` may read."""
    if can(viewer, Permission.QUEUE_READ):
        return select(Signature)
    own: ColumnElement[bool] = Signature.organisation_id.in_(list(viewer.roles))
    return select(Signature).where(own if viewer.is_confirmed else false())


def get_signature(signature_id: int) -> Signature:
    """Return a signature, or 404."""
    signature = db.session.get(Signature, signature_id)
    if signature is None:
        raise NotFound
    return signature


def find_open(organisation_id: int) -> Signature | None:
    """Return the open signature of an organisation (under way, or admitted), None without one."""
    query = select(Signature).where(Signature.organisation_id == organisation_id, _IS_OPEN)
    return db.session.scalars(query).first()


def standings_of(organisation_ids: Collection[int]) -> dict[int, Standing]:
    """Return organisation id -> its open signature, for those that have one."""
    query = select(Signature.organisation_id, Signature.id, Signature.state).where(
        Signature.organisation_id.in_(list(organisation_ids)), _IS_OPEN
    )
    return {row[0]: Standing(*row) for row in db.session.execute(query)}


def admitted_signature_of(organisation_id: int) -> Signature | None:
    """Return the signature by which an organisation is a signatory now, None without one."""
    query = select(Signature).where(
        Signature.organisation_id == organisation_id, Signature.state == SignatureState.ADMITTED
    )
    return db.session.scalars(query).first()


def last_ended(organisation_id: int) -> Signature | None:
    """Return the last signature of an organisation that ended, None without one."""
    query = select(Signature).where(
        Signature.organisation_id == organisation_id, Signature.state == SignatureState.ENDED
    )
    return db.session.scalars(query.order_by(Signature.id.desc()).limit(1)).first()


def public_signatures(organisation_id: int) -> list[PublicSignature]:
    """Return the signatures that everybody may read: the admitted one first, then former ones."""
    rows = db.session.execute(_PUBLIC, {"organisation_id": organisation_id})
    return [PublicSignature(*row) for row in rows]


def first_signing() -> date | None:
    """Return the first day on which a signature that everybody may read can have been set."""
    public = Signature.state.in_((SignatureState.ADMITTED, SignatureState.ENDED))
    return db.session.scalar(select(func.min(Signature.signed_earliest)).where(public))


def is_filled_in_since_asked(signature_id: int) -> bool:
    """Return whether the organisation changed its application after the vereniging asked more."""
    last = select(HistoryRow.step).where(
        HistoryRow.subject == Signature.thing,
        HistoryRow.subject_id == signature_id,
        HistoryRow.step.in_(("ask_more", "filled_in")),
    )
    return db.session.scalar(last.order_by(HistoryRow.id.desc()).limit(1)) == "filled_in"
