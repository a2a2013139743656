"""Signatures: one, those that somebody may see, and those that everybody may."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, false, select
from werkzeug.exceptions import NotFound

from portal.core.db import db
from portal.documents.models import DocumentVersion
from portal.lifecycle import SignatureState
from portal.policy import Permission, Person, can
from portal.signatures.models import CLOSED_STATES, Signature


class Standing(NamedTuple):
    """The signature of an organisation that is under way or stands."""

    organisation_id: int
    id: int
    state: str


class PublicSignature(NamedTuple):
    """What everybody may know of one signature of an organisation."""

    id: int
    state: str
    signed_words: str | None
    signed_earliest: date | None
    signed_latest: date | None
    signatory_name: str
    signatory_function: str
    place: str | None
    source_url: str | None
    is_historic: bool
    event_id: int | None
    pact_version_id: int | None
    ended_on: date | None
    end_reason: str | None
    discussion_id: int | None


_IS_OPEN = Signature.state.not_in(CLOSED_STATES)
_PUBLIC = (
    select(*[getattr(Signature, name) for name in PublicSignature._fields])
    .where(
        Signature.organisation_id == bindparam("organisation_id"),
        Signature.state.in_((SignatureState.ADMITTED, SignatureState.ENDED)),
    )
    .order_by(Signature.id.desc())
)


def visible_to(viewer: Person) -> Select[Any]:
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
    """Return the signature of an organisation that is under way or stands, if there is one."""
    found = select(Signature).where(Signature.organisation_id == organisation_id, _IS_OPEN)
    return db.session.scalars(found).first()


def standings_of(organisation_ids: Collection[int]) -> dict[int, Standing]:
    """Return, by organisation, the signature that is under way or stands."""
    found = select(Signature.organisation_id, Signature.id, Signature.state).where(
        Signature.organisation_id.in_(list(organisation_ids)), _IS_OPEN
    )
    return {row[0]: Standing(*row) for row in db.session.execute(found)}


def admitted_signature_of(organisation_id: int) -> Signature | None:
    """Return the signature under which an organisation is a signatory now."""
    found = select(Signature).where(
        Signature.organisation_id == organisation_id, Signature.state == SignatureState.ADMITTED
    )
    return db.session.scalars(found).first()


def last_ended(organisation_id: int) -> Signature | None:
    """Return the last signature that ended, for who comes back."""
    found = select(Signature).where(
        Signature.organisation_id == organisation_id, Signature.state == SignatureState.ENDED
    )
    return db.session.scalars(found.order_by(Signature.id.desc()).limit(1)).first()


def public_signatures(organisation_id: int) -> list[PublicSignature]:
    """Return what everybody may know: the standing signature first, then former ones."""
    rows = db.session.execute(_PUBLIC, {"organisation_id": organisation_id})
    return [PublicSignature(*row) for row in rows]


def get_mandate(signature_id: int, number: int | None = None) -> DocumentVersion:
    """Return a version of the proof of mandate, the last one without a number, or 404."""
    mandate = get_signature(signature_id).mandate
    versions = mandate.versions if mandate is not None else []
    wanted = [version for version in versions if number in (None, version.number)]
    if not wanted:
        raise NotFound
    return wanted[-1]
