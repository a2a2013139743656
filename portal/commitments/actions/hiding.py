"""Taking a public commitment out of sight, and bringing it back."""

from __future__ import annotations

from portal.commitments.actions.writing import address_of
from portal.commitments.models import Commitment
from portal.organisations.queries import writers_of
from portal.policy import Person
from portal.services import hiding
from portal.services.hiding import Notice


def hide(commitment: Commitment, *, ground: str, reason: str, by: Person) -> None:
    """Take a public commitment and its discussion out of sight, but not for its organisation."""
    hiding.hide(commitment, _notice(commitment), ground=ground, reason=reason, by=by)
    commitment.discussion.is_public = False


def restore(commitment: Commitment, *, reason: str = "", by: Person) -> None:
    """Bring a hidden commitment back, in the state that it has."""
    hiding.restore(commitment, _notice(commitment), reason=reason, by=by)
    commitment.discussion.is_public = commitment.is_public


def _notice(commitment: Commitment) -> Notice:
    readers = writers_of(commitment.organisation_id)
    return Notice(readers, commitment.title, address_of(commitment), commitment.what)
