"""The events that signatures raise for the packages above them."""

from __future__ import annotations

from dataclasses import dataclass

from portal.policy import Person
from portal.services.events import Event


@dataclass(frozen=True)
class SignatureEnded(Event):
    """The signature of an organisation ended; `actor` names the person when no account did it."""

    organisation_id: int
    by: Person | None
    actor: str | None


@dataclass(frozen=True)
class AdmissionUndone(Event):
    """An organisation is no signatory after all; a listener may refuse with FieldRefused."""

    organisation_id: int
