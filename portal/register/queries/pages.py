"""What the page of one signatory shows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from portal.core.db import db
from portal.lifecycle import SignatureState
from portal.organisations.models import Organisation
from portal.pact.models import SigningEvent
from portal.services.history import last_row
from portal.signatures.queries import PublicSignature

MOST_DIGITS = 10


def get_signatory(slug: str) -> Organisation:
    """Return the public organisation at this address, or 404."""
    query = select(Organisation).where(
        Organisation.slug == slug, Organisation.published_at.is_not(None)
    )
    organisation = db.session.scalars(query).first()
    if organisation is None:
        raise NotFound
    return organisation


def event_named(number: str) -> dict[str, str]:
    """Return the number of an event, as an address has it -> its name; nothing for no event."""
    if not (number.isascii() and number.isdigit() and len(number) < MOST_DIGITS):
        return {}
    name = db.session.scalar(select(SigningEvent.name).where(SigningEvent.id == int(number)))
    return {number: name} if name is not None and number == str(int(number)) else {}


def events_of(signatures: Sequence[PublicSignature]) -> list[SigningEvent]:
    """Return the events at which these signatures were set."""
    ids = {signature.event_id for signature in signatures if signature.event_id is not None}
    if not ids:
        return []
    return list(db.session.scalars(select(SigningEvent).where(SigningEvent.id.in_(ids))))


def is_ended_by_vereniging(signature: PublicSignature) -> bool:
    """Return whether the vereniging ended this signature, and not the organisation itself."""
    if signature.state != SignatureState.ENDED:
        return False
    last = last_row("signature", signature.id)
    return last is not None and last.step == "end_by_vereniging"
