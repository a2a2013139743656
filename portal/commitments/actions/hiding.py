"""Taking a public commitment out of sight, and bringing it back."""

from __future__ import annotations

from portal.commitments.models import Commitment
from portal.policy import Person
from portal.services import review


def hide(commitment: Commitment, *, ground: str, reason: str, by: Person) -> None:
    """Take a public commitment and its discussion out of sight, but not for its organisation."""
    review.hide(commitment, ground=ground, reason=reason, by=by)
    commitment.discussion.is_public = False


def restore(commitment: Commitment, *, reason: str = "", by: Person) -> None:
    """Bring a hidden commitment back, in the state that it has."""
    review.restore(commitment, reason=reason, by=by)
    commitment.discussion.is_public = commitment.is_public
