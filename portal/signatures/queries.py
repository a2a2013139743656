"""Every read of signatures and of the links mailed for them."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, exists, or_, select, true
from werkzeug.exceptions import NotFound

from portal.core import clock
from portal.core.db import db
from portal.core.errors import LinkDead
from portal.core.tokens import token_hash
from portal.organisations.models import Organisation
from portal.policy import Permission, Person, can
from portal.services.models import Job
from portal.signatures.models import Signature, SignatureLink

OPEN_STATES = (
    "draft",
    "awaiting_confirmation",
    "confirmed",
    "more_asked",
    "declined",
    "admitted",
)


class WaitingRow(NamedTuple):
    """An application that waits for a decision."""

    id: int
    organisation_id: int
    organisation_name: str
    author_id: int | None
    confirmed_at: Any


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


def visible_to(viewer: Person) -> Select[Any]:
    """Return the signatures whose work page `viewer` may read."""
    own: ColumnElement[bool] = Signature.organisation_id.in_(list(viewer.roles))
    if not viewer.is_confirmed:
        own = ~true()
    return select(Signature).where(or_(own, true() if can(viewer, Permission.QUEUE_READ) else own))


def get_signature(signature_id: int) -> Signature:
    """Return a signature, or 404."""
    signature = db.session.get(Signature, signature_id)
    if signature is None:
        raise NotFound
    return signature


def find_open(organisation_id: int) -> Signature | None:
    """Return the signature of an organisation that is under way or stands, if there is one."""
    found = select(Signature).where(
        Signature.organisation_id == organisation_id, Signature.state.in_(OPEN_STATES)
    )
    return db.session.scalars(found).first()


def admitted_signature_of(organisation_id: int) -> Signature | None:
    """Return the signature under which an organisation is a signatory now."""
    found = select(Signature).where(
        Signature.organisation_id == organisation_id, Signature.state == "admitted"
    )
    return db.session.scalars(found).first()


def last_ended(organisation_id: int) -> Signature | None:
    """Return the last signature that ended, for who comes back."""
    found = select(Signature).where(
        Signature.organisation_id == organisation_id, Signature.state == "ended"
    )
    return db.session.scalars(found.order_by(Signature.id.desc()).limit(1)).first()


PUBLIC = (
    select(*[getattr(Signature, name) for name in PublicSignature._fields])
    .where(
        Signature.organisation_id == bindparam("organisation_id"),
        Signature.state.in_(["admitted", "ended"]),
    )
    .order_by(Signature.id.desc())
)


def public_signatures(organisation_id: int) -> list[PublicSignature]:
    """Return what everybody may know: the standing signature first, then former ones."""
    rows = db.session.execute(PUBLIC, {"organisation_id": organisation_id})
    return [PublicSignature(*row) for row in rows]


def is_signatory() -> ColumnElement[bool]:
    """Return the condition that an Organisation row in the same query is a signatory now."""
    return exists().where(
        Signature.organisation_id == Organisation.id, Signature.state == "admitted"
    )


def waiting_for_decision() -> list[WaitingRow]:
    """Return the confirmed applications, the oldest first."""
    found = (
        select(
            Signature.id,
            Signature.organisation_id,
            Organisation.name,
            Signature.author_id,
            Signature.confirmed_at,
        )
        .join(Organisation, Organisation.id == Signature.organisation_id)
        .where(Signature.state == "confirmed")
        .order_by(Signature.confirmed_at, Signature.id)
    )
    return [WaitingRow(*row) for row in db.session.execute(found)]


def link_by_token(token: str, purpose: str) -> SignatureLink:
    """Return the live link behind a token; LinkDead says why it no longer works, 404 if unknown."""
    found = select(SignatureLink).where(
        SignatureLink.token_hash == token_hash(token), SignatureLink.purpose == purpose
    )
    link = db.session.scalars(found).first()
    if link is None:
        raise NotFound
    if link.used_at is not None:
        raise LinkDead("used")
    if link.revoked_at is not None:
        raise LinkDead("replaced")
    if link.expires_at < clock.now():
        raise LinkDead("expired")
    return link


def get_confirm_link(token: str) -> SignatureLink:
    """Return the link with which an authorised signatory confirms."""
    return link_by_token(token, "confirm")


def get_end_link(token: str) -> SignatureLink:
    """Return the link with which an authorised person withdraws."""
    return link_by_token(token, "end")


def newest_link(signature_id: int, purpose: str) -> SignatureLink | None:
    """Return the last link that was mailed for a signature."""
    found = select(SignatureLink).where(
        SignatureLink.signature_id == signature_id, SignatureLink.purpose == purpose
    )
    return db.session.scalars(found.order_by(SignatureLink.id.desc()).limit(1)).first()


def mail_state(link: SignatureLink) -> str | None:
    """Return whether the mail with a link waits, is done, or is parked because it bounced."""
    return db.session.scalar(select(Job.state).where(Job.key == mail_key(link.id)))


def mail_key(link_id: int) -> str:
    """Return the key of the job that mails a link."""
    return f"signature-link-{link_id}"
