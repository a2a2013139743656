"""Whose word a claim is: who entered it, and what the signatory says of what others entered."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class EnteredAs(StrEnum):
    """The capacity in which somebody entered a claim: it never changes afterwards."""

    SIGNATORY = "signatory"
    VERENIGING = "vereniging"


class Stance(StrEnum):
    """What the signatory says of a claim that the vereniging entered about it."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    DISOWNED = "disowned"


# From then on the claim is the word of the signatory too.
TAKEN_OVER = (Stance.CONFIRMED, Stance.CORRECTED)


class Whose(NamedTuple):
    """Whose word a claim is, and since which day the signatory says something of it."""

    entered_as: EnteredAs = EnteredAs.SIGNATORY
    stance: Stance | None = None
    stance_on: date | None = None

    def stance_at(self, on: date) -> Stance | None:
        """Return what the signatory had said of it by the end of `on`."""
        return self.stance if self.stance_on is not None and self.stance_on <= on else None

    def is_own_at(self, on: date) -> bool:
        """Return whether it was the word of the signatory by the end of `on`."""
        return self.entered_as == EnteredAs.SIGNATORY or self.stance_at(on) in TAKEN_OVER

    def is_disowned_at(self, on: date) -> bool:
        """Return whether the signatory had said by the end of `on` that it is not its word."""
        return self.stance_at(on) == Stance.DISOWNED
