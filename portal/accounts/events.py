"""The events that accounts raise for the packages above them."""

from __future__ import annotations

from dataclasses import dataclass

from portal.policy import Person
from portal.services.events import Event


@dataclass(frozen=True)
class StaffRoleTaken(Event):
    """An account has lost its role of moderator or beheerder of the vereniging."""

    account_id: int
    by: Person
