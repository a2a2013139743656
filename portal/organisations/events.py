"""The events that organisations raise for the packages above them."""

from __future__ import annotations

from dataclasses import dataclass

from portal.organisations.models import Organisation
from portal.services.events import Event


@dataclass(frozen=True)
class OrganisationRenamed(Event):
    """An organisation has another name from now on; a listener may refuse with FieldRefused."""

    organisation: Organisation
